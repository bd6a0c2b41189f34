package web

import (
	"cmp"
	"slices"
	"strings"

	"jianbao/corpus"
)

// kind is what a mark says of a piece of text.
type kind int

const (
	isHit kind = iota
	isMention
	isRepair
	isDoubt
	isPlace // that a link leads to
	kinds
)

// mark is a span of a text with what is said of it. An empty one is a place
// where something was taken out.
type mark struct {
	kind    kind
	span    corpus.Span
	note    string // shown when pointed at
	mention int    // number of the mention, from 1
}

// segment is a piece of text over which the same marks lie.
type segment struct {
	Text   string
	Class  string // of CSS; empty for plain text
	Note   string
	Begins []int // numbers of the mentions that begin here
	Cut    bool  // something was taken out here; Text is empty
	Place  bool  // a link leads here
}

var classes = [kinds]string{"hit", "mention", "repair", "doubt", "place"}

// segments parts text within a span at the borders of its marks.
func segments(text string, within corpus.Span, marks []mark) []segment {
	marks = slices.DeleteFunc(slices.Clone(marks), func(m mark) bool {
		return m.span.End < within.Start || m.span.Start > within.End || m.span.Start == within.End && within.End < len(text) || !m.span.Empty() && m.span.End == within.Start
	})
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(a.span.End, b.span.End))
	})
	var out []segment
	var open []mark
	at := within.Start
	for next := 0; at < within.End || next < len(marks); {
		var begins []int
		place := false
		for ; next < len(marks) && marks[next].span.Start <= at; next++ {
			m := marks[next]
			if m.span.Empty() {
				out = append(out, segment{Cut: true, Class: "cut " + classes[m.kind], Note: m.note})
				continue
			}
			if m.kind == isMention && m.span.Start >= within.Start {
				begins = append(begins, m.mention)
			}
			place = place || m.kind == isPlace
			open = append(open, m)
		}
		end := within.End
		if next < len(marks) {
			end = min(end, marks[next].span.Start)
		}
		for _, m := range open {
			end = min(end, m.span.End)
		}
		if end <= at {
			break // nothing is left within the span
		}
		s := describe(open)
		s.Text, s.Begins, s.Place = visible(text[at:end]), begins, place
		out = append(out, s)
		at = end
		open = slices.DeleteFunc(open, func(m mark) bool { return m.span.End <= at })
	}
	return out
}

// describe joins what several marks say.
func describe(open []mark) segment {
	var has [kinds]bool
	var notes []string
	for _, m := range open {
		has[m.kind] = true
		if m.note != "" && !slices.Contains(notes, m.note) {
			notes = append(notes, m.note)
		}
	}
	var names []string
	for k, yes := range has {
		if yes {
			names = append(names, classes[k])
		}
	}
	return segment{Class: strings.Join(names, " "), Note: strings.Join(notes, "\n")}
}

// parts cuts a long text into spans of about size bytes, at line ends where
// there are any, and never within a character.
func parts(text string, size int) []corpus.Span {
	var out []corpus.Span
	at := 0
	for len(text)-at > size+size/4 {
		end := at + size
		if line := strings.LastIndexByte(text[at+size*3/4:end], '\n'); line >= 0 {
			end = at + size*3/4 + line + 1
		}
		for end > at && end < len(text) && text[end]&0xC0 == 0x80 {
			end--
		}
		if end == at { // no character begins anywhere: not UTF-8
			end = at + size
		}
		out = append(out, corpus.Span{Start: at, End: end})
		at = end
	}
	return append(out, corpus.Span{Start: at, End: len(text)})
}
