package ingest

import (
	"bytes"
	"fmt"
	"path"
	"strings"
)

// Format is how documents are laid out in a file.
type Format string

// The formats. Auto goes by the file's name and, where that says nothing, by
// its first bytes.
const (
	Auto  Format = "auto"
	Text  Format = "text"  // one article a file
	HTML  Format = "html"  // one page a file
	JSONL Format = "jsonl" // one JSON object a line
)

// Formats lists every format, Auto first.
func Formats() []Format { return []Format{Auto, Text, HTML, JSONL} }

// ParseFormat reads a format's name.
func ParseFormat(s string) (Format, error) {
	for _, f := range Formats() {
		if s == string(f) {
			return f, nil
		}
	}
	return "", fmt.Errorf("unknown format %q (one of %v)", s, Formats())
}

// detect chooses a format for a file by its name and its first bytes.
func detect(name string, head []byte) Format {
	switch strings.ToLower(path.Ext(name)) {
	case ".txt", ".text", ".md":
		return Text
	case ".html", ".htm", ".xhtml", ".shtml":
		return HTML
	case ".jsonl", ".ndjson":
		return JSONL
	}
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	lower := bytes.ToLower(head[:min(len(head), 256)])
	switch {
	case bytes.HasPrefix(head, []byte("{")) && bytes.Contains(head, []byte(`":`)):
		return JSONL
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<html")),
		bytes.HasPrefix(lower, []byte("<?xml")) && bytes.Contains(lower, []byte("html")):
		return HTML
	}
	return Text
}
