// Package corpus holds the shapes that flow from stage to stage: a raw
// document as it was read, the cleaned document, its edits, tokens and
// mentions. It imports the standard library only, so every other package can
// stand on it.
//
// # Offsets
//
// Inside the program every offset is a byte offset, half-open. Everything
// that is written out (Parquet, JSON) has code-point offsets instead; the
// conversion happens once, at the edge, through [CodePoints]:
//
//	at := corpus.NewCodePoints(doc.Text)
//	start, end := at.Range(mention.Span)
//
// # Identity
//
// A document is named for its bytes: [DocID] is the first 32 hex digits of
// their SHA-256. The same bytes at another address are the same document; a
// changed page is a new one.
package corpus
