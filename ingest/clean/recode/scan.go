package recode

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Repairs finds the pieces of text that were decoded wrongly: in order,
// without overlaps. Those that are applied rebuild the text; the others are
// marks. reads tells whether word (with its tone or without) is a reading in
// Pinyin of a character; nil leaves alone what only a gloss can explain.
//
// Healthy text costs one look at each character. A place that looks damaged
// costs a search of bounded length.
func Repairs(text string, m *Model, reads func(char rune, word string) bool) []Repair {
	if strange(text, m) {
		if out := wrongWhole(text, m); out != nil {
			return out
		}
	}
	s := scan{frames: frames{text: text, m: m, reads: reads}}
	s.run()
	s.weigh()
	return s.out
}

// scan is one pass over a text.
type scan struct {
	frames
	out  []Repair
	open []int // question marks that no repair explains
}

// maxOpen bounds the question marks that are looked at twice.
const maxOpen = 64

// run looks at the first byte of every character.
func (s *scan) run() {
	text := s.text
	for i := 0; i < len(text); {
		switch b := text[i]; {
		case b >= 0xE4 && b <= 0xE9 && i+2 < len(text):
			r := rune(b&0x0F)<<12 | rune(text[i+1]&0x3F)<<6 | rune(text[i+2]&0x3F)
			i += 3
			if s.m.suspicious(r) {
				i = s.try(i-3, i)
			}
		case b < 0x40 && b != '?':
			i++
		case b < 0x80:
			if b == '?' || i > 0 && text[i-1] >= utf8.RuneSelf && i+1 < len(text) && text[i+1] >= 0xE2 {
				i = s.try(i, i+1)
			} else {
				i++
			}
		case b == 0xE2 || b == 0xE3 || b == 0xEF && i+1 < len(text) && text[i+1] >= 0xBC && text[i+1] < 0xBF:
			i += 3
		default:
			_, n := utf8.DecodeRuneInString(text[i:])
			i = s.try(i, i+n)
		}
		i = min(i, len(text))
	}
}

// try looks for damage at byte offset i, and returns where to go on: next when
// there is none.
func (s *scan) try(i, next int) int {
	r, ok := s.at(i)
	if !ok {
		if s.text[i] == '?' {
			next = i + len(s.text[i:]) - len(strings.TrimLeft(s.text[i:], "?"))
		}
		return next
	}
	s.out = append(s.out, r)
	return r.Span.End
}

// floor is where the last repair ended.
func (s *scan) floor() int {
	if len(s.out) == 0 {
		return 0
	}
	return s.out[len(s.out)-1].Span.End
}

// at is the repair that is called for at byte offset i.
func (s *scan) at(i int) (Repair, bool) {
	text := s.text
	switch b := text[i]; {
	case b == '?':
		return s.questionMark(i)
	case b < 0x80, b == 0xEE:
		return s.bareAt(i, s.floor())
	case b >= 0xE4 && b <= 0xE9:
		if r, ok := beyond(text, i); ok {
			return r, true
		}
		return s.repairEastern(i)
	case b == 0xC2 || b == 0xC3:
		return s.repairWestern(i, s.floor())
	case strings.HasPrefix(text[i:], "\uFFFD"):
		if r, ok := s.frames.at(i, false); ok && r.Applied {
			return r, true
		}
		return beyond(text, i)
	}
	return Repair{}, false
}

// questionMark tries a shift behind one or two question marks. More of them
// are what a reader asks, or what is left of spaces.
func (s *scan) questionMark(i int) (Repair, bool) {
	if strings.HasPrefix(s.text[i:], "???") {
		return Repair{}, false
	}
	r, ok := s.frames.at(i, false)
	s.shifted = s.shifted || ok && r.Confidence > 0.9
	if !ok && len(s.open) < maxOpen {
		s.open = append(s.open, i)
	}
	return r, ok
}

// weigh looks again at question marks, now that frame shifts are known to be
// what this document suffers from.
func (s *scan) weigh() {
	if !s.shifted {
		return
	}
	for _, i := range s.open {
		r, ok := s.frames.at(i, false)
		if !ok || !r.Applied {
			continue
		}
		at, _ := slices.BinarySearchFunc(s.out, r, func(a, b Repair) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
		if at < len(s.out) && s.out[at].Span.Start < r.Span.End || at > 0 && s.out[at-1].Span.End > r.Span.Start {
			continue
		}
		s.out = slices.Insert(s.out, at, r)
	}
}
