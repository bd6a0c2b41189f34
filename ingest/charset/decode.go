package charset

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/saintfish/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// ErrUndecodable says that bytes are text in none of the encodings known here.
var ErrUndecodable = errors.New("neither UTF-8, UTF-16, GB18030 nor Big5")

var (
	gb18030 = candidate{"GB18030", simplifiedchinese.GB18030}
	big5    = candidate{"Big5", traditionalchinese.Big5}
	utf16le = candidate{"UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)}
	utf16be = candidate{"UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}
)

// Decode turns the bytes of a document into text and names their encoding as
// IANA does. The text of a document with a UTF-8 mark keeps it, as debris for
// cleaning; a UTF-16 mark is no part of the text. The error is
// [ErrUndecodable], wrapped.
func Decode(raw []byte, hints Hints) (text, name string, err error) {
	switch rest, mark := bytes.CutPrefix(raw, []byte("\xef\xbb\xbf")); {
	case mark && mostlyUTF8(rest):
		return string(raw), "UTF-8", nil
	case mark: // put before text of another encoding by an editor
		raw = rest
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return marked(raw, utf16le)
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return marked(raw, utf16be)
	}
	if bytes.IndexByte(raw, 0) < 0 && certainlyUTF8(raw) {
		return string(raw), "UTF-8", nil
	}
	if best, ok := choose(raw, trials(raw, hints.named(raw))); ok {
		return best.text, best.name, nil
	}
	if bytes.IndexByte(raw, 0) < 0 && mostlyUTF8(raw) {
		return string(raw), "UTF-8", nil
	}
	if text, name, ok := nearly(raw); ok {
		return text, name, nil
	}
	return "", "", fmt.Errorf("decode: %w", ErrUndecodable)
}

// marked decodes text whose byte order mark says what it is. A half character
// at its end, where a file was cut, becomes U+FFFD.
func marked(raw []byte, c candidate) (text, name string, err error) {
	out, err := c.encoding.NewDecoder().Bytes(raw[2:])
	if err != nil {
		return "", "", fmt.Errorf("decode %s: %w: %w", c.name, ErrUndecodable, err)
	}
	return string(out), c.name, nil
}

// certainlyUTF8 reports whether raw is valid UTF-8 and either ASCII or with a
// sequence of three bytes or more: two-byte ones alone may be GBK.
func certainlyUTF8(raw []byte) bool {
	if !utf8.Valid(raw) {
		return false
	}
	ascii := true
	for _, b := range raw {
		if b >= 0xE0 {
			return true
		}
		ascii = ascii && b < utf8.RuneSelf
	}
	return ascii
}

// trial is a text that the bytes may be.
type trial struct {
	candidate
	text  string
	cost  int
	named bool // by a hint
}

// trials decodes raw strictly in all ways that are thinkable, the named ones
// first.
func trials(raw []byte, named []candidate) (out []trial) {
	all := append(named, utf8Candidate, gb18030, big5)
	if len(raw)%2 == 0 {
		all = append(all, utf16le, utf16be)
	}
	done := make(map[string]bool)
	for i, c := range all {
		if done[c.name] {
			continue
		}
		done[c.name] = true
		if text, ok := strict(raw, c.encoding); ok {
			out = append(out, trial{c, text, cost(text) - form(c, text), i < len(named)})
		}
	}
	return out
}

// form is what the form of UTF-8 is worth in bits: half of the second bytes
// and most of the first ones of Chinese in GBK would break it. Only two-byte
// sequences get here.
func form(c candidate, text string) int {
	if c.name != utf8Candidate.name {
		return 0
	}
	return (len(text) - utf8.RuneCountInString(text)) * 6
}

// strict decodes raw if every byte of it fits.
func strict(raw []byte, e encoding.Encoding) (string, bool) {
	if e == unicode.UTF8 {
		return string(raw), utf8.Valid(raw)
	}
	out, _, err := transform.Bytes(e.NewDecoder(), raw)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", false
	}
	return string(out), true
}

// choose takes the trial that costs least, but a named one unless it costs an
// eighth more, and a byte-order without a mark only if it reads like text.
func choose(raw []byte, ts []trial) (trial, bool) {
	var best, second *trial
	for i := range ts {
		t := &ts[i]
		if (t.name == utf16le.name || t.name == utf16be.name) && !t.named && !readable(t.text) {
			continue
		}
		switch {
		case best == nil || t.cost < best.cost:
			best, second = t, best
		case second == nil || t.cost < second.cost:
			second = t
		}
	}
	if best == nil {
		return trial{}, false
	}
	for i := range ts {
		if ts[i].named && ts[i].cost <= best.cost+best.cost/8+rareBits {
			return ts[i], true
		}
	}
	if second != nil && second.cost-best.cost <= levelBits {
		return settle(raw, *best, *second), true
	}
	return *best, true
}

// levelBits is how far two trials may be apart to be called level: 1 in 4
// odds.
const levelBits = 2

// settle has a detector decide between two trials. It knows GB18030 and Big5
// only, so its word counts only if it names the second of these.
func settle(raw []byte, best, second trial) trial {
	result, err := chardet.NewTextDetector().DetectBest(raw)
	if err != nil {
		return best
	}
	switch name := result.Charset; {
	case name == "GB-18030" && second.name == gb18030.name, name == second.name:
		return second
	}
	return best
}

// readable reports whether text has fewer bits a character than bytes that
// were paired at random would have.
func readable(text string) bool {
	return cost(text) < utf8.RuneCountInString(text)*(foreignBits-2)
}

// mostlyUTF8 reports whether at least nine in ten of the bytes beyond ASCII
// belong to valid sequences of three or more: no text in GBK or Big5 comes
// near that.
func mostlyUTF8(raw []byte) bool {
	good, bad := 0, 0
	if utf8.Valid(raw) {
		return true
	}
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

// nearly takes the best of GB18030 and Big5 when at most one character in a
// hundred does not fit: a byte lost on the way, a page cut inside a character.
func nearly(raw []byte) (text, name string, ok bool) {
	if bytes.IndexByte(raw, 0) >= 0 {
		return "", "", false
	}
	least := 0
	for _, c := range []candidate{gb18030, big5} {
		out, _, err := transform.Bytes(c.encoding.NewDecoder(), raw)
		if err != nil {
			continue
		}
		broken := bytes.Count(out, []byte(string(utf8.RuneError)))
		if broken*100 > utf8.RuneCount(out) || !readable(string(out)) {
			continue
		}
		if bits := cost(string(out)); !ok || bits < least {
			text, name, least, ok = string(out), c.name, bits, true
		}
	}
	return text, name, ok
}
