package warc

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// Header is the named fields of a record or an HTTP message, under their names
// in lower case. Of a field that is repeated the first counts.
type Header map[string]string

// Get is a field's value, whatever the case of name.
func (h Header) Get(name string) string { return h[strings.ToLower(name)] }

// Record is one record of an archive.
type Record struct {
	Offset int64  // of its first byte
	Type   string // WARC-Type in lower case: response, resource, conversion …
	Header Header
	Block  []byte // what follows the header
}

// Damage is a stretch of an archive that is no whole record.
type Damage struct {
	Offset int64  // of its first byte
	Bytes  []byte // what could be read of it, up to Options.MaxBlock
	Err    error
}

// Error says where and why.
func (d *Damage) Error() string {
	return fmt.Sprintf("WARC record at byte %d: %v", d.Offset, d.Err)
}

// Unwrap is the cause.
func (d *Damage) Unwrap() error { return d.Err }

// Causes of damage, beside those of the stream: one that is cut off is
// io.ErrUnexpectedEOF.
var (
	ErrNoRecord = errors.New("no WARC record begins here")
	ErrHeader   = errors.New("broken header")
	ErrTooLarge = errors.New("the block is too large")
)

// ErrBoundary is wrapped by an error of a stream that came up right at the
// start of a compressed member: the bytes before it are sound.
var ErrBoundary = errors.New("at the start of a compressed member")

// Options bounds what is read. Limits that are not positive mean the default.
type Options struct {
	MaxBlock int64              // bytes of one block; default 20 MB
	Want     func(*Record) bool // reads the block of this record; default: of all
}

// maxHeader is how many bytes a record's header may have.
const maxHeader = 64 << 10

// parseFields reads lines of "Name: value". Lines that begin with white space
// go on with the one before; lines without a colon are passed over.
func parseFields(lines []byte) Header {
	h, last := make(Header), ""
	for line := range bytes.Lines(lines) {
		text := strings.TrimRight(string(line), "\r\n")
		if last != "" && (strings.HasPrefix(text, " ") || strings.HasPrefix(text, "\t")) {
			h[last] += " " + strings.TrimSpace(text)
			continue
		}
		name, value, ok := strings.Cut(text, ":")
		last = strings.ToLower(strings.TrimSpace(name))
		if _, twice := h[last]; !ok || twice || last == "" {
			last = ""
			continue
		}
		h[last] = strings.TrimSpace(value)
	}
	return h
}
