package ingest

import (
	"errors"
	"fmt"
	"io"

	"jianbao/ingest/warc"
)

// Reason says in one word why a document was not taken.
type Reason string

// The reasons.
const (
	Empty       Reason = "empty"         // no bytes, or white space alone
	Binary      Reason = "binary"        // not text in any encoding
	TooLarge    Reason = "too_large"     // over Options.MaxDocument
	LineTooLong Reason = "line_too_long" // over Options.MaxLine
	NotJSON     Reason = "not_json"      // a line that is no JSON object, or one that names a field twice
	NotWARC     Reason = "not_warc"      // bytes where a WARC record should be, or no HTTP response in one
	NotParquet  Reason = "not_parquet"   // no Parquet file, or one of a kind that is not read here
	NoText      Reason = "no_text"       // a record without a text field
	Unreadable  Reason = "unreadable"    // the operating system refused
	Undecodable Reason = "undecodable"   // in no encoding that is known here
	NothingLeft Reason = "nothing_left"  // cleaning found no body

	Truncated       Reason = "truncated"         // a container, or its compression, is cut off
	Damaged         Reason = "damaged"           // a container, or its compression, does not decode or fails its checksum
	Encrypted       Reason = "encrypted"         // a member of an archive that needs a password
	Bomb            Reason = "bomb"              // expands over Options.MaxExpansion, or needs more memory than Options.MaxWindow
	ArchiveTooLarge Reason = "archive_too_large" // expands over Options.MaxArchive
	TooManyEntries  Reason = "too_many_entries"  // over Options.MaxEntries
	Nested          Reason = "nested"            // an archive in an archive, or compressed twice
	UnsafeName      Reason = "unsafe_name"       // a member whose name points out of its archive
	SpecialFile     Reason = "special_file"      // a member that is a link or a device
)

// Bad is a document that was not taken.
type Bad struct {
	URI    string
	Stage  string // "read", "decode" or "clean"
	Reason Reason
	Line   int    // of the container, from 1; 0 when it has none
	Offset int64  // of the trouble, in bytes from the start of the document or container, decompressed; in Parquet a row
	Bytes  []byte // what there is of the document; may be nil
	Err    error
}

// Error is one line: where, at which stage, why.
func (b *Bad) Error() string {
	at := b.URI
	if b.Line > 0 {
		at = fmt.Sprintf("%s:%d", at, b.Line)
	}
	msg := fmt.Sprintf("%s: %s: %s", at, b.Stage, b.Reason)
	if b.Err != nil {
		msg += ": " + b.Err.Error()
	}
	return msg
}

// Unwrap is the cause.
func (b *Bad) Unwrap() error { return b.Err }

// A fault is an error that knows its reason.
type fault struct {
	reason Reason
	err    error
}

func (f *fault) Error() string { return f.err.Error() }
func (f *fault) Unwrap() error { return f.err }

// reasonOf finds why bytes could not be read. What is neither a fault nor the
// sudden end of a stream came from the operating system.
func reasonOf(err error) Reason {
	var f *fault
	switch {
	case errors.As(err, &f):
		return f.reason
	case errors.Is(err, io.ErrUnexpectedEOF):
		return Truncated
	case errors.Is(err, warc.ErrTooLarge):
		return TooLarge
	case errors.Is(err, warc.ErrNoRecord), errors.Is(err, warc.ErrHeader), errors.Is(err, warc.ErrHTTP):
		return NotWARC
	case errors.Is(err, warc.ErrCoding):
		return Damaged
	}
	return Unreadable
}
