package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// ErrUndecodable says that bytes are text in none of the encodings known here.
var ErrUndecodable = errors.New("neither UTF-8, UTF-16, GB18030 nor Big5")

// Decode turns the bytes of a document into text and names their encoding as
// IANA does. A byte order mark decides; then valid UTF-8; then strict trials
// of GB18030 and Big5, of which the one that reads more like Chinese wins.
// Text that is UTF-8 but for a few bytes stays UTF-8, the bytes as they are.
func Decode(raw []byte) (text, charset string, err error) {
	for _, mark := range []struct {
		bytes, charset string
		encoding       encoding.Encoding
	}{
		{"\xef\xbb\xbf", "UTF-8", nil},
		{"\xff\xfe", "UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"\xfe\xff", "UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
	} {
		if !bytes.HasPrefix(raw, []byte(mark.bytes)) {
			continue
		}
		if mark.encoding == nil {
			return string(raw), mark.charset, nil // the mark is debris that cleaning removes
		}
		out, err := mark.encoding.NewDecoder().Bytes(raw)
		if err != nil {
			return "", "", fmt.Errorf("decode %s: %w", mark.charset, err)
		}
		return string(out), mark.charset, nil
	}
	if utf8.Valid(raw) || mostlyUTF8(raw) {
		return string(raw), "UTF-8", nil
	}
	gb, big5 := trial(raw, simplifiedchinese.GB18030), trial(raw, traditionalchinese.Big5)
	switch {
	case gb != "" && commonness(gb) >= commonness(big5):
		return gb, "GB18030", nil
	case big5 != "":
		return big5, "Big5", nil
	}
	return "", "", ErrUndecodable
}

// mostlyUTF8 reports whether at least nine in ten of the bytes beyond ASCII
// belong to valid sequences of three or more: no text in GBK or Big5 comes
// near that.
func mostlyUTF8(raw []byte) bool {
	good, bad := 0, 0
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 2:
			good += n
		}
		raw = raw[n:]
	}
	return good > 9*bad
}

// trial decodes raw strictly: one byte that does not fit, and it is empty.
func trial(raw []byte, e encoding.Encoding) string {
	out, _, err := transform.Bytes(e.NewDecoder(), raw)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return ""
	}
	return string(out)
}

// common holds characters that make up about a fifth of running Chinese, in
// both scripts.
const common = "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經,，。、"

// commonness is the share of characters of s that are among the common ones.
func commonness(s string) float64 {
	known := make(map[rune]bool, len(common))
	for _, r := range common {
		known[r] = true
	}
	hits, total := 0, 0
	for _, r := range s {
		if r < utf8.RuneSelf {
			continue
		}
		total++
		if known[r] {
			hits++
		}
	}
	if total == 0 {
		return 0
	}
	return float64(hits) / float64(total)
}
