package ingest

import (
	"jianbao/corpus"
	"jianbao/ingest/charset"
)

// ErrUndecodable says that bytes are text in none of the encodings known here.
var ErrUndecodable = charset.ErrUndecodable

// Decode turns bytes into text and names their encoding, as [charset.Decode]
// does without hints.
func Decode(raw []byte) (text, name string, err error) {
	return charset.Decode(raw, charset.Hints{})
}

// DecodeRaw is the text of a document and the name of its encoding. What the
// HTTP header and the page say of it is tried first; text from a container
// that is UTF-8 by definition is taken as it is.
func DecodeRaw(raw *corpus.Raw) (text, name string, err error) {
	if raw.UTF8 {
		return string(raw.Bytes), "UTF-8", nil
	}
	return charset.Decode(raw.Bytes, charset.Hints{Header: raw.Charset, HTML: raw.Media == corpus.HTML})
}
