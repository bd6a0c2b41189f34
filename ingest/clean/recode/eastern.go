package recode

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

const (
	minEasternPart = 4   // the same, for a piece inside a line
	minEasternWide = 2   // characters that must come out of UTF-8
	minEasternGain = 3.0 // nats for each of them
	maxEasternMean = 9.0 // mean cost of what comes out
	maxStrayBytes  = 4   // that may be skipped behind a loss
)

// eastern reads a line of GBK characters as the bytes of UTF-8.
type eastern struct {
	m       *Model
	text    string
	at      int // in text: behind the last character that was taken
	pending []byte
	stray   int // bytes skipped since the last loss
	lossy   bool

	out  strings.Builder
	end  int // in text: the last place where both agree
	size int // of out there
}

// nearby is how many characters may stand between two pieces of one loss.
const nearby = 8

// repairEastern repairs UTF-8 that was read as GBK, from byte offset i on. When
// the line goes on with more of it, what stands between was lost.
func (f *frames) repairEastern(i int) (Repair, bool) {
	r, ok := f.easternAt(i)
	if !ok {
		return r, false
	}
	for at, n := r.Span.End, 0; at < len(f.text) && f.text[at] != '\n' && n < nearby; n++ {
		c, width := utf8.DecodeRuneInString(f.text[at:])
		at += width
		if !f.m.suspicious(c) {
			continue
		}
		if more, ok := f.easternAt(at - width); ok {
			if r.Applied {
				r = markOf(r, "bytes were lost")
			}
			at, n, r.Span.End = more.Span.End, 0, more.Span.End
		}
	}
	return r, true
}

// easternAt repairs or marks the piece at byte offset i up to the first
// character that does not belong.
func (f *frames) easternAt(i int) (Repair, bool) {
	if i < f.foreign {
		return Repair{}, false
	}
	e := eastern{m: f.m, text: f.text, at: i, end: i}
	for e.at < len(f.text) && f.text[e.at] != '\n' && e.take() {
		if len(e.pending) == 0 {
			e.end, e.size = e.at, e.out.Len()
		}
	}
	if e.at > e.end {
		e.lossy, e.end = true, e.at // half a character
	}
	after := strings.TrimRight(e.out.String()[:e.size], " ")
	if !e.lossy {
		e.end -= e.size - len(after) // the same spaces
	}
	least := minEasternPart
	if runeBefore(f.text, i) == '\n' && (e.end == len(f.text) || f.text[e.end] == '\n') {
		least = minEasternWide
	}
	if wideIn(after) < least {
		return Repair{}, false
	}
	r := Repair{Span: corpus.Span{Start: i, End: e.end}, After: after, Kind: UTF8AsGBK, Applied: true, Confidence: 0.98}
	s := scorer{m: f.m}
	before := runeBefore(f.text, i)
	cost := s.total(before, after)
	if cost > maxEasternMean*float64(utf8.RuneCountInString(after)) || strings.ContainsFunc(after, f.m.outlandish) ||
		s.total(before, r.Span.Of(f.text))-cost < minEasternGain*float64(wideIn(after)) {
		f.foreign = e.end
		return Repair{}, false
	}
	if e.lossy {
		return markOf(r, "bytes were lost"), true
	}
	return r, true
}

// take reads one character of the text; false when it does not belong.
func (e *eastern) take() bool {
	r, n := utf8.DecodeRuneInString(e.text[e.at:])
	lead, trail, ok := e.m.gbk(r)
	switch {
	case r == utf8.RuneError || r == '?' && len(e.pending) > 0:
		e.lossy, e.stray, e.pending = true, maxStrayBytes, nil
	case r == '€' && !e.fits(lead, trail):
		if !e.feed(0x80) { // as browsers read it
			return false
		}
	case r < 0x80:
		if len(e.pending) > 0 {
			if !e.feed(byte(r)) {
				return false
			}
			break
		}
		e.out.WriteRune(r)
	case !ok || !e.feed(lead) || !e.feed(trail):
		return false
	}
	e.at += n
	return true
}

// fits reports whether two bytes may follow.
func (e *eastern) fits(a, b byte) bool {
	next := append(slices.Clone(e.pending), a, b)
	for utf8.FullRune(next) {
		r, n := utf8.DecodeRune(next)
		if r == utf8.RuneError {
			return false
		}
		next = next[n:]
	}
	return true
}

// feed takes one byte of UTF-8.
func (e *eastern) feed(b byte) bool {
	if len(e.pending) == 0 && b >= 0x80 && b <= 0xBF {
		e.stray--
		return e.stray >= 0
	}
	e.pending = append(e.pending, b)
	if !utf8.FullRune(e.pending) {
		return true
	}
	r, n := utf8.DecodeRune(e.pending)
	if r == utf8.RuneError || n < len(e.pending) || r < 0x2000 && r >= 0x80 && !strings.ContainsRune("·×÷°±§", r) {
		return false
	}
	e.pending = e.pending[:0]
	e.out.WriteRune(r)
	if r >= 0x80 {
		e.stray = 0
	}
	return true
}

// wideIn is the number of characters beyond ASCII.
func wideIn(s string) (n int) {
	for _, r := range s {
		if r >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// outlandish reports whether r is nothing that an article is full of.
func (m *Model) outlandish(r rune) bool {
	c := classOf(r)
	return c == foreign || c == private || c == han && m.id(r) == 0
}
