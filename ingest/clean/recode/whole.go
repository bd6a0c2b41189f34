package recode

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/traditionalchinese"

	"jianbao/corpus"
)

const (
	samples      = 48  // characters that are looked at to see whether a document is Chinese
	minSamples   = 6   // fewer than that tell nothing
	strangeCost  = 9.0 // mean cost of a character where two encodings were mixed up
	minWholeGain = 1.5 // nats a character
)

// strange reports whether the characters of a text are none that Chinese is
// written with: a look at a few, spread over the text.
func strange(text string, m *Model) bool {
	total, n := 0.0, 0
	step := max(1, len(text)/samples)
	for at := 0; at < len(text); at += step {
		for at < len(text) && !utf8.RuneStart(text[at]) {
			at++
		}
		r, _ := utf8.DecodeRuneInString(text[at:])
		if c := classOf(r); c == han {
			total += m.start(m.id(r))
			n++
		} else if c == private {
			total += worstCost
			n++
		}
	}
	return n >= minSamples && total > strangeCost*float64(n)
}

// wrongWhole repairs a document that was decoded as GBK, or as Big5, though it
// is the other of the two: line by line, and only if all lines agree.
func wrongWhole(text string, m *Model) []Repair {
	s := scorer{m: m}
	for _, try := range []struct {
		kind   string
		recode func(string) (string, bool)
	}{
		{Big5AsGBK, m.fromGBKToBig5},
		{GBKAsBig5, m.fromBig5ToGBK},
	} {
		var out []Repair
		gain, chars, failed := 0.0, 0, 0
		at := 0
		for line := range strings.Lines(text) {
			body := strings.TrimRight(line, "\r\n")
			span := corpus.Span{Start: at, End: at + len(body)}
			at += len(line)
			after, ok := try.recode(body)
			r := Repair{Span: span, After: after, Kind: try.kind, Applied: true, Confidence: 0.97}
			switch {
			case !ok:
				failed++
				out = append(out, markOf(Repair{Span: span, Kind: try.kind}, "bytes were lost"))
			case after != body:
				gain += s.total('\n', body) - s.total('\n', after)
				chars += utf8.RuneCountInString(after)
				out = append(out, r)
			}
		}
		if chars > 0 && gain > minWholeGain*float64(chars) && failed*4 <= len(out) {
			return out
		}
	}
	return nil
}

// fromGBKToBig5 takes text that was read as GBK for the Big5 that it was.
func (m *Model) fromGBKToBig5(s string) (string, bool) {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r < 0x80 {
			b = append(b, byte(r))
			continue
		}
		lead, trail, ok := m.gbk(r)
		if !ok {
			return "", false
		}
		b = append(b, lead, trail)
	}
	out, err := traditionalchinese.Big5.NewDecoder().Bytes(b)
	return string(out), err == nil && !strings.ContainsRune(string(out), utf8.RuneError)
}

// fromBig5ToGBK takes text that was read as Big5 for the GBK that it was.
func (m *Model) fromBig5ToGBK(s string) (string, bool) {
	b, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte(s))
	if err != nil {
		return "", false
	}
	var out strings.Builder
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			out.WriteByte(b[i])
			continue
		}
		if i+1 == len(b) {
			return "", false
		}
		r := m.char(b[i], b[i+1])
		if r == 0 {
			return "", false
		}
		out.WriteRune(r)
		i++
	}
	return out.String(), true
}
