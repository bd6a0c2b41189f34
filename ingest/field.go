package ingest

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// field is a named value of a record: JSON, or text that needs no decoding.
type field struct {
	name  string
	json  json.RawMessage // nil for text and for bytes
	text  []byte          // the decoded string
	lone  []int           // where in text a lone surrogate was
	plain bool            // text is decoded
	bytes bool            // text may be in any encoding
	used  bool            // does not stay in the record
}

// fields are the values of a record in their order.
type fields []*field

// str is the value of a field that holds a string.
func (f *field) str() ([]byte, bool) {
	if !f.plain {
		if len(f.json) == 0 || f.json[0] != '"' {
			return nil, false
		}
		f.text, f.lone = unquote(f.json)
		f.plain = true
	}
	return f.text, true
}

// value is the field as JSON, which is UTF-8 always.
func (f *field) value() json.RawMessage {
	if f.json != nil {
		return bytes.ToValidUTF8(f.json, []byte("\ufffd"))
	}
	return encode(string(f.text))
}

// encode is a value as JSON, with < and > as they are; null for what JSON
// cannot hold.
func encode(v any) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(v) != nil {
		return json.RawMessage("null")
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// key is a name without what crawls do not agree upon: raw_content,
// raw-content, rawContent and Raw Content are one.
func key(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' || r == '.' {
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(name)))
}

// find is the first field with the first of the names for which ok holds.
func (fs fields) find(names []string, ok func(*field) bool) *field {
	for _, name := range names {
		for _, f := range fs {
			if !f.used && key(f.name) == name && ok(f) {
				return f
			}
		}
	}
	return nil
}

func isString(f *field) bool {
	_, ok := f.str()
	return ok
}

// filled reports whether a field holds a string with more than white space.
func filled(f *field) bool {
	s, ok := f.str()
	return ok && len(bytes.TrimSpace(s)) > 0
}

// take is the text of the first filled field with one of the names, and takes
// it out of the record. What holds something else stays.
func (fs fields) take(names []string) string {
	f := fs.find(names, filled)
	if f == nil {
		return ""
	}
	f.used = true
	return string(bytes.ToValidUTF8(f.text, []byte("\ufffd")))
}

// record is what is left, as one object; nil for nothing.
func (fs fields) record() json.RawMessage {
	var b bytes.Buffer
	for _, f := range fs {
		if f.used {
			continue
		}
		if b.Len() == 0 {
			b.WriteByte('{')
		} else {
			b.WriteByte(',')
		}
		b.Write(encode(f.name))
		b.WriteByte(':')
		if json.Compact(&b, f.value()) != nil {
			b.WriteString("null")
		}
	}
	if b.Len() == 0 {
		return nil
	}
	b.WriteByte('}')
	return b.Bytes()
}

// isUTF8 reports whether the text of a field is UTF-8 for certain.
func (f *field) isUTF8() bool { return utf8.Valid(f.text) }
