package place

import (
	"slices"
	"sort"
	"unicode/utf8"
)

// trie finds the longest of many names at a place in a text. It is three
// arrays, so that making it costs little.
type trie struct {
	nodes []trieNode
	edges []trieEdge
	roots []int32 // child of the root for each rune from firstHan on; 0 without one
}

type trieNode struct {
	first, last int32 // its edges, ordered by rune
	value       int32 // index of the name plus one; 0 when no name ends here
}

type trieEdge struct {
	r     rune
	child int32
}

// The range of the Han characters that names begin with.
const firstHan, lastHan = 0x4E00, 0x9FFF

// newTrie takes names that are sorted and differ. A name's value is its index
// plus one.
func newTrie(names []string) *trie {
	t := &trie{nodes: make([]trieNode, 0, 3*len(names)), edges: make([]trieEdge, 0, 3*len(names)), roots: make([]int32, lastHan-firstHan+1)}
	t.add(names, 0, 0)
	for _, e := range t.edges[t.nodes[0].first:t.nodes[0].last] {
		if e.r >= firstHan && e.r <= lastHan {
			t.roots[e.r-firstHan] = e.child
		}
	}
	return t
}

// add makes the node of the names that share their first depth bytes; base is
// the index of the first of them.
func (t *trie) add(names []string, base, depth int) int32 {
	at := int32(len(t.nodes))
	t.nodes = append(t.nodes, trieNode{})
	if len(names) > 0 && len(names[0]) == depth {
		t.nodes[at].value = int32(base) + 1
		names, base = names[1:], base+1
	}
	first := len(t.edges)
	for i := 0; i < len(names); {
		r, _ := utf8.DecodeRuneInString(names[i][depth:])
		t.edges = append(t.edges, trieEdge{r: r})
		i += sharing(names[i:], depth, r)
	}
	last := len(t.edges)
	t.nodes[at].first, t.nodes[at].last = int32(first), int32(last)
	for e, i := first, 0; e < last; e++ {
		r := t.edges[e].r
		n := sharing(names[i:], depth, r)
		child := t.add(names[i:i+n], base+i, depth+utf8.RuneLen(r))
		t.edges[e].child = child
		i += n
	}
	return at
}

// sharing is how many of the sorted names have r behind depth bytes.
func sharing(names []string, depth int, r rune) int {
	return sort.Search(len(names), func(i int) bool {
		got, _ := utf8.DecodeRuneInString(names[i][depth:])
		return got > r
	})
}

// longest is the longest name at the start of s: its index and
// its length in bytes; a length of 0 when there is none.
func (t *trie) longest(s string) (name, length int) {
	at := int32(0)
	for i, r := range s {
		child := t.child(at, r)
		if child == 0 {
			break
		}
		at = child
		if v := t.nodes[at].value; v > 0 {
			name, length = int(v)-1, i+utf8.RuneLen(r)
		}
	}
	return name, length
}

func (t *trie) child(at int32, r rune) int32 {
	if at == 0 {
		if r < firstHan || r > lastHan {
			return 0
		}
		return t.roots[r-firstHan]
	}
	edges := t.edges[t.nodes[at].first:t.nodes[at].last]
	i, ok := slices.BinarySearchFunc(edges, r, func(e trieEdge, r rune) int { return int(e.r - r) })
	if !ok {
		return 0
	}
	return edges[i].child
}
