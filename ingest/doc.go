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
// reason, never the end of the stream. Any other error ends it. Nothing is
// held in memory but the document at hand, however long a stream is.
//
// # Formats
//
//   - Text and HTML: the file is the document.
//   - JSON lines: one object a line, under the field names of public crawls
//     (text, content, raw_content, 内容, 段落 …; url, title, date, source …, also
//     in an object meta). What is not understood goes into Raw.Record. Lines in
//     GB18030 or Big5 are decoded first.
//   - WARC and WET: the pages and texts among the responses with a status of
//     2xx, the resources and the conversions. Raw.Bytes is the HTTP entity,
//     de-chunked and decompressed; Raw.Charset what its header says.
//   - Parquet: one row a document, under the same names as in JSON lines.
//
// A date beside a field dump, or as a timestamp in an object meta, is that of
// the crawl and becomes Raw.FetchedAt.
//
// # Wrappers
//
// Each format may be compressed with gzip (of any number of members) or zstd,
// and be a member of a tar or ZIP archive. Wrappers are known by their first
// bytes. An archive in an archive, and what is compressed twice, is bad; a
// compressed member of an archive is read. A Parquet file or ZIP archive that
// comes as a stream is copied into a temporary file first. Links and hidden
// files are passed over in folders; in archives hidden files are passed over,
// and links, devices and names that lead out are bad. Nothing is ever
// extracted.
//
// # Places
//
// The URI of a document is what its record says or else its path below the
// folder that was given. The path of a member is archive.zip!/a/b.txt; a record
// without an address is crawl.jsonl#3, by its line or row from 1. Raw.Container
// is the file (or member) that held the record, or the archive that held the
// member. Raw.ContainerOffset is in bytes from its start after decompression,
// of a member of a ZIP archive that of its (compressed) data, and in Parquet
// the number of the row from 0.
//
// Documents come in the order of the paths, of names in folders, of entries in
// archives and of records in files.
package ingest
