package extract

import (
	"slices"
	"unicode/utf8"

	"jianbao/corpus"
)

// entry is a noun that can take a number.
type entry struct {
	term        string
	subtype     string
	pack        *Pack // nil for a decoy
	classifiers []string
	anyUnit     bool // a pack's not_heads: takes its number whatever the classifier
}

// counts reports whether the noun can be counted with a classifier.
func (e *entry) counts(unit string) bool {
	return e.anyUnit || slices.Contains(e.classifiers, unit)
}

// lexicon finds the longest of many words at a place in a text.
type lexicon struct {
	nodes   []node
	entries []entry
	first   [lastHan - firstHan + 1]bool // the characters with which words begin
}

// The unified ideographs of the first block, which nearly all words begin with.
const (
	firstHan = 0x4E00
	lastHan  = 0x9FFF
)

type node struct {
	next  map[rune]int32
	entry int32 // index into entries plus one; 0 when no word ends here
}

func newLexicon() *lexicon { return &lexicon{nodes: []node{{}}} }

// add enters a word for an entry, which may be named by a synonym. A word that two packs name goes to the one of higher
// priority, then to the one whose category sorts first.
func (l *lexicon) add(word string, e entry) {
	at := int32(0)
	if r, _ := utf8.DecodeRuneInString(word); r >= firstHan && r <= lastHan {
		l.first[r-firstHan] = true
	}
	for _, r := range word {
		child, ok := l.nodes[at].next[r]
		if !ok {
			child = int32(len(l.nodes))
			l.nodes = append(l.nodes, node{})
			if l.nodes[at].next == nil {
				l.nodes[at].next = map[rune]int32{}
			}
			l.nodes[at].next[r] = child
		}
		at = child
	}
	if known := l.nodes[at].entry; known > 0 {
		if outranks(&e, &l.entries[known-1]) {
			l.entries[known-1] = e
		}
		return
	}
	l.entries = append(l.entries, e)
	l.nodes[at].entry = int32(len(l.entries))
}

func outranks(a, b *entry) bool {
	if a.anyUnit != b.anyUnit {
		return a.anyUnit
	}
	if a.pack == nil || b.pack == nil {
		return b.pack == nil && a.pack != nil
	}
	if a.pack.Priority != b.pack.Priority {
		return a.pack.Priority > b.pack.Priority
	}
	return a.pack.Category < b.pack.Category
}

// longest is the longest word at the start of s; nil when there is none.
func (l *lexicon) longest(s string) (*entry, int) {
	at, found, end := int32(0), int32(0), 0
	for i, r := range s {
		child, ok := l.nodes[at].next[r]
		if !ok {
			break
		}
		at = child
		if e := l.nodes[at].entry; e > 0 {
			found, end = e, i+utf8.RuneLen(r)
		}
	}
	if found == 0 {
		return nil, 0
	}
	return &l.entries[found-1], end
}

// noun is a word of the lexicon in a text.
type noun struct {
	*entry
	span corpus.Span
	used bool // it has its number
}

// nouns appends the words of text[span], leftmost first, longest first.
func (l *lexicon) nouns(dst []noun, text string, span corpus.Span) []noun {
	for at := span.Start; at < span.End; {
		r, width := utf8.DecodeRuneInString(text[at:span.End])
		if r >= firstHan && r <= lastHan && !l.first[r-firstHan] {
			at += width
			continue
		}
		e, n := l.longest(text[at:span.End])
		if n == 0 {
			n = width
		} else {
			dst = append(dst, noun{entry: e, span: corpus.Span{Start: at, End: at + n}})
		}
		at += n
	}
	return dst
}
