package script

import (
	"sort"

	"jianbao/corpus"
)

// Folded is a folded text that remembers where the source has other byte
// offsets.
type Folded struct {
	Text   string
	shifts []shift
}

// shift is a character that takes another number of bytes in the folded text
// than in the source. The shifts of a text are ordered.
type shift struct{ text, textEnd, source, sourceEnd int }

// Source is the byte offset in the source of byte offset off of f.Text. An
// offset inside a character that changed its width gives that character's
// start. It takes constant time when no character did.
func (f Folded) Source(off int) int {
	i := f.lastBefore(off, func(s shift) int { return s.text })
	if i < 0 {
		return off
	}
	s := f.shifts[i]
	if off < s.textEnd {
		return s.source
	}
	return s.sourceEnd + off - s.textEnd
}

// Target is the byte offset in f.Text of byte offset off of the source: the
// inverse of Source at the borders of characters.
func (f Folded) Target(off int) int {
	i := f.lastBefore(off, func(s shift) int { return s.source })
	if i < 0 {
		return off
	}
	s := f.shifts[i]
	if off < s.sourceEnd {
		return s.text
	}
	return s.textEnd + off - s.sourceEnd
}

// lastBefore is the index of the last shift that starts at or before off; -1
// when there is none.
func (f Folded) lastBefore(off int, start func(shift) int) int {
	if len(f.shifts) == 0 {
		return -1
	}
	return sort.Search(len(f.shifts), func(i int) bool { return start(f.shifts[i]) > off }) - 1
}

// SourceSpan is the span of the source for a span of f.Text whose ends are
// borders of characters.
func (f Folded) SourceSpan(s corpus.Span) corpus.Span {
	return corpus.Span{Start: f.Source(s.Start), End: f.Source(s.End)}
}
