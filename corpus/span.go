package corpus

import (
	"math/bits"
	"sort"
	"unicode/utf8"
)

// Span is a half-open range of byte offsets.
type Span struct{ Start, End int }

// Len is the length of s in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether s covers nothing.
func (s Span) Empty() bool { return s.End <= s.Start }

// Of returns the part of text that s covers.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Join is the smallest span that covers s and t.
func (s Span) Join(t Span) Span { return Span{min(s.Start, t.Start), max(s.End, t.End)} }

// Token is a word: its half-open byte range in the folded text that was
// segmented. The tokens of a text tile it: each begins where the one before
// it ends.
type Token struct{ Start, End int }

// Sentence is one sentence of a document's text.
type Sentence struct {
	Span   Span
	Tokens []Token // in bytes of the document's folded text
}

// codePointStep is the distance in bytes between two checkpoints of
// CodePoints: a look-up scans at most this many bytes.
const codePointStep = 64

// CodePoints turns byte offsets of one string into code-point offsets.
// Invalid bytes count as one code point each, as in a for-range loop.
type CodePoints struct {
	text  string
	marks []int32 // code points before the first rune that starts at or after i*codePointStep
	ascii bool
	valid bool // UTF-8: a byte that begins no rune continues one
}

// NewCodePoints indexes text in one pass.
func NewCodePoints(text string) *CodePoints {
	c := &CodePoints{text: text, valid: utf8.ValidString(text)}
	n := 0
	if c.valid {
		c.marks = make([]int32, 0, len(text)/codePointStep+1)
		for i := 0; i < len(text); i += codePointStep {
			c.marks = append(c.marks, int32(n))
			n += runeStarts(text[i:min(i+codePointStep, len(text))])
		}
		c.ascii = n == len(text)
		return c
	}
	for i := range text {
		for len(c.marks)*codePointStep <= i {
			c.marks = append(c.marks, int32(n))
		}
		n++
	}
	c.ascii = n == len(text)
	return c
}

// At is the number of code points before byte offset off. An offset inside a
// rune counts that rune as before it; one beyond the end is the whole count.
func (c *CodePoints) At(off int) int {
	if c.ascii {
		return max(0, min(off, len(c.text)))
	}
	if off <= 0 {
		return 0
	}
	off = min(off, len(c.text))
	mark := min(off/codePointStep, len(c.marks)-1)
	n := int(c.marks[mark])
	i := mark * codePointStep
	if c.valid {
		return n + runeStarts(c.text[i:off])
	}
	for i < len(c.text) && !utf8.RuneStart(c.text[i]) && mark > 0 && insideRune(c.text, i) {
		i++
	}
	for i < off {
		_, size := utf8.DecodeRuneInString(c.text[i:])
		i += size
		n++
	}
	return n
}

// runeStarts is how many bytes of s begin a rune, s being a piece of valid UTF-8.
func runeStarts(s string) int {
	const lowest = 0x0101010101010101 // bit of each byte
	n := len(s)
	for ; len(s) >= 8; s = s[8:] {
		x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		n -= bits.OnesCount64(x >> 7 &^ (x >> 6) & lowest) // bytes 10xxxxxx go on with a rune
	}
	for i := range len(s) {
		if !utf8.RuneStart(s[i]) {
			n--
		}
	}
	return n
}

// insideRune reports whether byte i of s belongs to a valid rune that starts
// before i.
func insideRune(s string, i int) bool {
	for back := 1; back < utf8.UTFMax && back <= i; back++ {
		if utf8.RuneStart(s[i-back]) {
			_, size := utf8.DecodeRuneInString(s[i-back:])
			return size > back
		}
	}
	return false
}

// Range is s in code points.
func (c *CodePoints) Range(s Span) (start, end int) { return c.At(s.Start), c.At(s.End) }

// Byte is the byte offset of code point n: the inverse of At at rune starts.
// Beyond the end it is the length of the text.
func (c *CodePoints) Byte(n int) int {
	if c.ascii {
		return max(0, min(n, len(c.text)))
	}
	if n <= 0 {
		return 0
	}
	mark := sort.Search(len(c.marks), func(i int) bool { return int(c.marks[i]) > n }) - 1
	i := mark * codePointStep
	for i < len(c.text) && mark > 0 && insideRune(c.text, i) {
		i++
	}
	for at := int(c.marks[mark]); at < n && i < len(c.text); at++ {
		_, size := utf8.DecodeRuneInString(c.text[i:])
		i += size
	}
	return i
}

// Bytes is a code-point range as a span of bytes.
func (c *CodePoints) Bytes(start, end int) Span { return Span{c.Byte(start), c.Byte(end)} }
