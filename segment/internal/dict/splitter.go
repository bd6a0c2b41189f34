package dict

import (
	"unicode"
	"unicode/utf8"
)

// Splitter cuts text into units, the atoms of words, as gse does: a run of
// letters and digits that take one or two bytes in UTF-8 (Latin, Greek,
// Cyrillic, ½) is one unit, any other rune is a unit, and so is a byte that
// is not valid UTF-8.
type Splitter struct {
	joins [0x800]bool // runes of one or two bytes that belong to a run
}

// NewSplitter asks package unicode for the letters and numbers, as gse does.
func NewSplitter() *Splitter {
	var s Splitter
	for r := range s.joins {
		s.joins[r] = unicode.IsLetter(rune(r)) || unicode.IsNumber(rune(r))
	}
	return &s
}

// End is where the unit ends that begins at byte i of text.
func (s *Splitter) End(text string, i int) int {
	joins, size := s.decode(text[i:])
	end := i + size
	for joins && end < len(text) {
		if joins, size = s.decode(text[end:]); joins {
			end += size
		}
	}
	return end
}

// decode reports whether the first rune belongs to a run, and its size.
func (s *Splitter) decode(text string) (bool, int) {
	r, size := utf8.DecodeRuneInString(text)
	return size <= 2 && r < rune(len(s.joins)) && s.joins[r], size
}
