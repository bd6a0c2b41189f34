package ingest

import (
	"bytes"
	"fmt"
	"net/http"
	"path"
	"strings"
)

// Format is how documents are laid out in a file.
type Format string

// The formats. Auto goes by the file's first bytes and its name.
const (
	Auto    Format = "auto"
	Text    Format = "text"    // one article a file
	HTML    Format = "html"    // one page a file
	JSONL   Format = "jsonl"   // one JSON object a line
	WARC    Format = "warc"    // the responses and resources of a web archive
	WET     Format = "wet"     // the conversions of one; read as WARC is
	Parquet Format = "parquet" // one article a row
)

// Formats lists every format, Auto first.
func Formats() []Format { return []Format{Auto, Text, HTML, JSONL, WARC, WET, Parquet} }

// ParseFormat reads a format's name.
func ParseFormat(s string) (Format, error) {
	for _, f := range Formats() {
		if s == string(f) {
			return f, nil
		}
	}
	return "", fmt.Errorf("unknown format %q (one of %v)", s, Formats())
}

// headSize is how many first bytes of a stream decide what it is: a tar
// archive is known by its byte 257.
const headSize = 1024

// detect chooses a format for a stream by its name and its first bytes. Signs
// that cannot be mistaken win over the name.
func detect(name string, head []byte) Format {
	switch {
	case bytes.HasPrefix(head, []byte("WARC/")):
		return WARC
	case bytes.HasPrefix(head, []byte("PAR1")):
		return Parquet
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".txt", ".text", ".md":
		return Text
	case ".html", ".htm", ".xhtml", ".shtml":
		return HTML
	case ".jsonl", ".ndjson":
		return JSONL
	case ".warc", ".wet":
		return WARC
	case ".parquet":
		return Parquet
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, byteOrderMark), " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("{")) && bytes.Contains(head, []byte(`":`)):
		return JSONL
	case looksLikeHTML(head):
		return HTML
	}
	return Text
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// looksLikeHTML reports whether bytes begin as a whole page does.
func looksLikeHTML(head []byte) bool {
	lower := bytes.ToLower(bytes.TrimLeft(head[:min(len(head), 256)], " \t\r\n"))
	return bytes.HasPrefix(lower, []byte("<!doctype html")) || bytes.HasPrefix(lower, []byte("<html")) ||
		bytes.HasPrefix(lower, []byte("<?xml")) && bytes.Contains(lower, []byte("html"))
}

// foreignKind names a kind of file that no article is in; "" when head does not
// tell.
func foreignKind(head []byte) string {
	switch kind := http.DetectContentType(head); {
	case strings.HasPrefix(kind, "image/"), strings.HasPrefix(kind, "audio/"), strings.HasPrefix(kind, "video/"),
		strings.HasPrefix(kind, "font/"), kind == "application/pdf", kind == "application/x-rar-compressed":
		if !strings.Contains(kind, "svg") && !bytes.HasPrefix(head, []byte("BM")) {
			return kind
		}
	}
	for _, k := range []struct{ magic, name string }{
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"},
		{"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"},
		{"\xfd7zXZ\x00", "application/x-xz"},
		{"BZh91AY&SY", "application/x-bzip2"},
		{"{\\rtf", "application/rtf"},
	} {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return k.name
		}
	}
	return ""
}
