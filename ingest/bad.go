package ingest

import (
	"fmt"
)

// Reason says in one word why a document was not taken.
type Reason string

// The reasons.
const (
	Empty       Reason = "empty"         // no bytes, or white space alone
	Binary      Reason = "binary"        // not text in any encoding
	TooLarge    Reason = "too_large"     // over Options.MaxDocument
	LineTooLong Reason = "line_too_long" // over Options.MaxLine
	NotJSON     Reason = "not_json"      // a line that is no JSON object
	NoText      Reason = "no_text"       // a JSON object without a text field
	Unreadable  Reason = "unreadable"    // the operating system refused
	Undecodable Reason = "undecodable"   // in no encoding that is known here
	NothingLeft Reason = "nothing_left"  // cleaning found no body
)

// Bad is a document that was not taken.
type Bad struct {
	URI    string
	Stage  string // "read", "decode" or "clean"
	Reason Reason
	Line   int   // of the container, from 1; 0 when it has none
	Offset int64 // of the trouble, in bytes from the start of the document or container
	Bytes  []byte
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
