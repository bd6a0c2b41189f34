// Package ingest turns files, folders and streams into raw documents, one at
// a time, and decodes their bytes:
//
//	for raw, err := range ingest.Read(ctx, ingest.Options{}, os.Stdin, "articles/") {
//		var bad *ingest.Bad
//		if errors.As(err, &bad) {
//			continue // one document that cannot be taken, with its reason
//		}
//	}
//
// A document that cannot be taken is a value of type [*Bad] with a place and a
// reason, never the end of the stream. Any other error ends it.
package ingest
