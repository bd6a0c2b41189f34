// Package dat is a double-array trie that is read in place, from a string.
//
//	image, err := dat.Build(words)
//	t, err := dat.Open(image)
//	node := t.Root()
//	node, ok := t.Step(node, symbol)
//	value, ok := t.Word(node)
//
// Keys are sequences of 16-bit symbols from 1 on; a word carries a uint32.
// The idea is Aoe's (1989, "An efficient digital search algorithm by using a
// double-array structure"). Where he checks the parent of a slot, we check
// the symbol, which is enough because no two nodes share a base, and which
// packs a node into eight bytes.
package dat

import "errors"

// ErrImage is a string that is not the image of a trie.
var ErrImage = errors.New("not a trie image")

// The image, little-endian: the number of values and of nodes (uint32 each),
// the values (uint32), the nodes (uint64).
//
// A node: bits 0-15 the symbol that leads to it, 16-39 its base (0 without
// children), 40-55 the number of its value, from 1 on (0 if no word ends).
const (
	headerSize = 8
	nodeSize   = 8
	valueSize  = 4
	baseShift  = 16
	baseMask   = 1<<24 - 1
	wordShift  = 40
	wordMask   = 1<<16 - 1
)

// Node is a place in a trie: the state of a walk.
type Node uint64

// Trie is read-only and safe for concurrent use. The zero Trie is empty.
type Trie struct {
	nodes  string
	values string
	root   Node
}

// Open checks the sizes in the image, which it neither copies nor parses.
func Open(image string) (Trie, error) {
	if len(image) < headerSize+nodeSize {
		return Trie{}, ErrImage
	}
	values := int(le32(image)) * valueSize
	nodes := int(le32(image[4:])) * nodeSize
	if nodes < nodeSize || len(image) != headerSize+values+nodes {
		return Trie{}, ErrImage
	}
	t := Trie{
		values: image[headerSize : headerSize+values],
		nodes:  image[headerSize+values:],
	}
	t.root = Node(le64(t.nodes))
	return t, nil
}

// Root is where a walk begins.
func (t *Trie) Root() Node { return t.root }

// Step follows a symbol from n; false when no word goes on with it.
func (t *Trie) Step(n Node, symbol uint16) (Node, bool) {
	base := int(n>>baseShift) & baseMask
	at := (base + int(symbol)) * nodeSize
	if base == 0 || at+nodeSize > len(t.nodes) {
		return 0, false
	}
	next := Node(le64(t.nodes[at : at+nodeSize]))
	return next, uint16(next) == symbol && symbol != 0
}

// Word is the value of the word that ends at n, if one does.
func (t *Trie) Word(n Node) (uint32, bool) {
	number := int(n>>wordShift) & wordMask
	at := (number - 1) * valueSize
	if number == 0 || at+valueSize > len(t.values) {
		return 0, false
	}
	return le32(t.values[at:]), true
}

// encoding/binary reads slices only; the compiler turns these into one load.
func le32(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func le64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
