package recode

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"jianbao/corpus"
)

const (
	maxStack    = 3    // times that text may have been decoded wrongly
	maxPiece    = 4096 // bytes after which a piece may end at any ASCII character
	maxLatin    = 100  // pieces of a document that may be Latin; then a lone letter is not looked at
	minGBKShare = 0.6  // of such a piece that is not ASCII
	minGBKHan   = 3    // characters of GBK in a piece, at least
	maxGBKCost  = 8.5  // mean cost of such a character
	minWestern  = 4.0  // gain in nats for each character
)

// westernByte is the byte that ISO 8859-1 or Windows-1252 read as r. Software
// mixes the two: the bytes that Windows-1252 leaves out become control codes.
func westernByte(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}

// western is a piece of text whose characters each were one byte.
type western struct {
	text  string
	start int
	bytes []byte
	ends  []int // where the character of each byte ends in text
}

// westernAt collects the piece of a line around byte offset i, where a letter
// above U+007F stands, but not before floor.
func westernAt(text string, i, floor int) western {
	w := western{text: text, start: i}
	for w.start > floor {
		r, n := utf8.DecodeLastRuneInString(text[:w.start])
		if _, ok := westernByte(r); !ok || r < 0x80 {
			break
		}
		w.start -= n
	}
	for at := w.start; at < len(text); {
		r, n := utf8.DecodeRuneInString(text[at:])
		b, ok := westernByte(r)
		if !ok || r == '\n' || r == '\r' || r == utf8.RuneError || len(w.bytes) > maxPiece && b < 0x80 {
			break
		}
		at += n
		w.bytes, w.ends = append(w.bytes, b), append(w.ends, at)
	}
	return w
}

// span is the piece up to the n-th byte.
func (w western) span(n int) corpus.Span {
	return corpus.Span{Start: w.start, End: w.ends[n-1]}
}

// utf8Prefix is how many bytes are whole characters in UTF-8, up to the last
// one that is not ASCII, and the text that they are. A space may have been
// U+00A0.
func (w western) utf8Prefix() (s string, n int) {
	b := append([]byte(nil), w.bytes...)
	end := 0
	for at := 0; at < len(b); {
		if b[at] < 0x80 {
			at++
			continue
		}
		for k := at + 1; k < at+3 && k < len(b) && at > 0 && b[at] >= 0xE0; k++ {
			if b[k] == ' ' {
				b[k] = 0xA0
			}
		}
		r, size := utf8.DecodeRune(b[at:])
		if r == utf8.RuneError {
			break
		}
		at += size
		end = at
	}
	return string(b[:end]), end
}

// repairWestern repairs UTF-8 or GBK that was read as a Western code page.
func (f *frames) repairWestern(i, floor int) (Repair, bool) {
	if i < f.latin || f.latins > maxLatin && f.text[min(len(f.text)-1, i+2)] < utf8.RuneSelf {
		return Repair{}, false
	}
	if f.western++; f.western > maxWestern {
		return Repair{}, false
	}
	w := westernAt(f.text, i, floor)
	if len(w.bytes) == 0 {
		return Repair{}, false // a byte that is no UTF-8
	}
	s, n := w.utf8Prefix()
	r, ok := f.utf8Western(w, s, n)
	if ok && r.Applied {
		return r, true
	}
	if gbk, ok := f.gbkWestern(w); ok {
		return gbk, true
	}
	if !ok {
		f.latins++
		f.latin = max(f.latin, w.runEnd(i))
	}
	return r, ok
}

// runEnd is where the characters beyond ASCII end that stand at byte offset i.
func (w western) runEnd(i int) int {
	for k, end := range w.ends {
		if end > i && w.bytes[k] < 0x80 {
			return end - 1
		}
	}
	return w.ends[len(w.ends)-1]
}

// utf8Western repairs the first n bytes, which read s in UTF-8. It is a mark
// when the piece goes on with bytes that do not fit.
func (f *frames) utf8Western(w western, s string, n int) (Repair, bool) {
	if n == 0 {
		return Repair{}, false
	}
	r := Repair{Span: w.span(n), After: s, Kind: UTF8AsLatin1, Applied: true, Confidence: 0.98}
	if strings.ContainsFunc(r.Span.Of(f.text), func(c rune) bool { return c >= 0x100 }) {
		r.Kind = UTF8AsCP1252
	}
	for range maxStack - 1 {
		again, ok := again(r.After)
		if !ok {
			break
		}
		r.After, r.Note = again, "more than once"
	}
	if !f.soundWestern(r) {
		return Repair{}, false
	}
	cut := strings.HasPrefix(f.text[r.Span.End:], "\uFFFD") ||
		slices.ContainsFunc(w.bytes[n:], func(b byte) bool { return b >= 0x80 })
	if !cut {
		return r, true
	}
	return markOf(r, "bytes were lost"), wideIn(r.After) >= minEasternWide
}

// again decodes s once more if all of it is UTF-8 in disguise.
func again(s string) (string, bool) {
	i := strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 })
	if i < 0 {
		return "", false
	}
	w := westernAt(s, i, 0)
	out, n := w.utf8Prefix()
	if n == 0 || w.ends[n-1] != len(s) {
		return "", false
	}
	return s[:w.start] + out, true
}

// soundWestern reports whether what came of a Western piece is what an article
// has: Chinese and its punctuation, or one accented letter in a Latin word.
func (f *frames) soundWestern(r Repair) bool {
	s := scorer{m: f.m}
	wide, narrow := 0, 0
	for _, c := range r.After {
		switch k := classOf(c); {
		case c < 0x80:
		case c >= 0x2000 && k != foreign && k != private && (k != han || f.m.id(c) > 0):
			wide++
		case c < 0x250:
			narrow++
		default:
			return false
		}
	}
	before := runeBefore(f.text, r.Span.Start)
	if wide == 0 {
		return narrow > 0 && !strings.ContainsFunc(r.Span.Of(f.text), func(c rune) bool { return c >= 0x100 })
	}
	if wide == 1 && classOf(before) == latin {
		return false
	}
	gain := s.total(before, r.Span.Of(f.text)) - s.total(before, r.After)
	return gain >= minWestern*float64(wide)
}

// gbkWestern repairs GBK that was read as a Western code page.
func (f *frames) gbkWestern(w western) (Repair, bool) {
	var out strings.Builder
	hans, end, length := 0, 0, 0
	for at := 0; at < len(w.bytes); {
		if w.bytes[at] < 0x80 {
			out.WriteByte(w.bytes[at])
			at++
			continue
		}
		if at+1 == len(w.bytes) {
			break
		}
		r := f.m.char(w.bytes[at], w.bytes[at+1])
		if r == 0 {
			break
		}
		if classOf(r) == han {
			hans++
		}
		out.WriteRune(r)
		at += 2
		end, length = at, out.Len()
	}
	if hans < minGBKHan || 2*float64(hans) < minGBKShare*float64(end) || end < len(w.bytes) && w.bytes[end] >= 0x80 {
		return Repair{}, false
	}
	after := out.String()[:length]
	s := scorer{m: f.m}
	before := runeBefore(f.text, w.start)
	cost := s.total(before, after)
	bare := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf {
			return -1
		}
		return r
	}, after)
	if s.total('\n', bare) > maxGBKCost*float64(utf8.RuneCountInString(bare)) ||
		s.total(before, w.span(end).Of(f.text))-cost < minWestern*float64(hans) {
		f.latin = w.span(end).End // by accident it is GBK, but no Chinese
		return Repair{}, false
	}
	return Repair{Span: w.span(end), After: after, Kind: GBKAsLatin1, Applied: true, Confidence: 0.97}, true
}

// total is the cost of s behind the character prev.
func (s scorer) total(prev rune, text string) (cost float64) {
	for _, r := range text {
		cost += s.cost(prev, r)
		prev = r
	}
	return cost
}

// markOf turns a repair into a mark.
func markOf(r Repair, why string) Repair {
	r.Note = why
	if r.After != "" {
		r.Note += "; perhaps " + r.After
	}
	r.After, r.Applied, r.Confidence = "", false, 0.5
	return r
}
