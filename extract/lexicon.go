package extract

import (
	"slices"
	"unicode/utf8"

	"jianbao/corpus"
)

// entry is a noun that can take a number.
type entry struct {
	term     string
	subtype  string
	pack     *Pack // nil for a decoy
	patterns []Pattern
	units    []bool
	anyUnit  bool // a pack's not_heads: takes its number whatever the classifier
}

// in reports whether the noun is counted in a pattern; a decoy is in all.
func (e *entry) in(pattern Pattern) bool {
	return e.pack == nil || e.pack.has(pattern) && (len(e.patterns) == 0 || slices.Contains(e.patterns, pattern))
}

// counts reports whether the noun can be counted with a classifier.
func (e *entry) counts(u unitID) bool {
	return e.anyUnit || u > 0 && e.units[u]
}

// lexicon finds the longest of many words at a place in a text. It is a trie: most
// characters begin no word, which one look at roots tells.
type lexicon struct {
	roots   [hanSize]int32 // by first character: the node behind it, 0 for none
	others  map[rune]int32 // roots that are no such character
	nodes   []node
	entries []entry
}

// The unified ideographs of the first block, which nearly all words begin with.
const (
	firstHan = 0x4E00
	hanSize  = 0xA000 - firstHan
)

// node is what follows from a prefix of words.
type node struct {
	edges []edge
	entry int32 // index into entries plus one; 0 when no word ends here
}

type edge struct {
	char rune
	to   int32
}

func newLexicon() *lexicon { return &lexicon{others: map[rune]int32{}, nodes: []node{{}}} }

func (l *lexicon) root(r rune) int32 {
	if i := uint32(r) - firstHan; i < hanSize {
		return l.roots[i]
	}
	return l.others[r]
}

func (l *lexicon) setRoot(r rune, to int32) {
	if i := uint32(r) - firstHan; i < hanSize {
		l.roots[i] = to
		return
	}
	l.others[r] = to
}

// child is the node behind char, 0 for none.
func (n *node) child(char rune) int32 {
	for _, e := range n.edges {
		if e.char == char {
			return e.to
		}
	}
	return 0
}

// node makes the path of a word and returns its end.
func (l *lexicon) node(word string) *node {
	at := int32(0)
	for i, r := range word {
		next := l.root(r)
		if i > 0 {
			next = l.nodes[at].child(r)
		}
		if next == 0 {
			next = int32(len(l.nodes))
			l.nodes = append(l.nodes, node{})
			if i == 0 {
				l.setRoot(r, next)
			} else {
				l.nodes[at].edges = append(l.nodes[at].edges, edge{r, next})
			}
		}
		at = next
	}
	return &l.nodes[at]
}

// add enters a word for an entry, which may be named by a synonym. A word that two packs name goes to the one of higher
// priority, then to the one whose category sorts first.
func (l *lexicon) add(word string, e entry) {
	if word == "" {
		return
	}
	n := l.node(word)
	if n.entry == 0 {
		l.entries = append(l.entries, e)
		n.entry = int32(len(l.entries))
	} else if outranks(&e, &l.entries[n.entry-1]) {
		l.entries[n.entry-1] = e
	}
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

// longest is the longest word at the start of s; nil when there is none. At is the node behind the first character,
// which is width bytes long.
func (l *lexicon) longest(s string, at int32, width int) (*entry, int) {
	found, end := l.nodes[at].entry, width
	for i := width; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if at = l.nodes[at].child(r); at == 0 {
			break
		}
		i += n
		if e := l.nodes[at].entry; e > 0 {
			found, end = e, i
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
