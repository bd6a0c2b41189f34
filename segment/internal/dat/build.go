package dat

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// Word is a key and its value.
type Word struct {
	Symbols []uint16
	Value   uint32
}

// Build is the image of the trie of the words, the same for the same words in
// any order. It fails on an empty word, a symbol 0, a word that is there
// twice, and beyond the limits of the format: 65,535 values that differ, 2^24
// nodes.
func Build(words []Word) ([]byte, error) {
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b Word) int { return slices.Compare(a.Symbols, b.Symbols) })
	if err := check(words); err != nil {
		return nil, err
	}
	values := collectValues(words)
	if len(values) > wordMask {
		return nil, fmt.Errorf("%d values are too many", len(values))
	}
	root := grow(words, 0, values)
	var p packer
	if err := p.packAll(root); err != nil {
		return nil, err
	}
	return p.image(values), nil
}

func check(words []Word) error {
	for i, w := range words {
		if len(w.Symbols) == 0 || slices.Contains(w.Symbols, 0) {
			return errors.New("a word is empty or holds the symbol 0")
		}
		if i > 0 && slices.Equal(words[i-1].Symbols, w.Symbols) {
			return fmt.Errorf("the word %v is there twice", w.Symbols)
		}
	}
	return nil
}

func collectValues(words []Word) []uint32 {
	all := make([]uint32, len(words))
	for i, w := range words {
		all[i] = w.Value
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// branch is a node while the trie is built.
type branch struct {
	symbol   uint16
	word     int // number of its value, from 1 on
	children []*branch
	base     int
}

// grow makes the node that the sorted words share up to depth.
func grow(words []Word, depth int, values []uint32) *branch {
	b := &branch{}
	if len(words) > 0 && len(words[0].Symbols) == depth {
		at, _ := slices.BinarySearch(values, words[0].Value)
		b.word = at + 1
		words = words[1:]
	}
	for len(words) > 0 {
		symbol := words[0].Symbols[depth]
		n := 1
		for n < len(words) && words[n].Symbols[depth] == symbol {
			n++
		}
		child := grow(words[:n], depth+1, values)
		child.symbol = symbol
		b.children = append(b.children, child)
		words = words[n:]
	}
	return b
}

// packer lays the nodes into the array, the widest first, each at the first
// base where all its children find a free slot.
type packer struct {
	slots []uint64
	based []bool  // the bases that a node has
	next  []int32 // next[i] is i for a free slot, else a slot on the way to the next free one
}

func (p *packer) packAll(root *branch) error {
	inner := collectInner(root, nil)
	slices.SortStableFunc(inner, func(a, b *branch) int {
		return cmp.Compare(len(b.children), len(a.children))
	})
	p.reserve(1)
	p.take(0)
	from, width := 0, 0
	for _, b := range inner {
		if len(b.children) != width || width == 1 {
			from, width = 0, len(b.children)
		}
		from = p.place(b, from)
	}
	if len(p.slots) > baseMask {
		return fmt.Errorf("%d nodes are too many", len(p.slots))
	}
	p.write(root, 0)
	return nil
}

// collectInner lists the nodes with children in the order of their words.
func collectInner(b *branch, into []*branch) []*branch {
	if len(b.children) == 0 {
		return into
	}
	into = append(into, b)
	for _, c := range b.children {
		into = collectInner(c, into)
	}
	return into
}

// place finds the base of b. The first child goes to a slot from the given
// one on: where the node before it, as wide as b, went. To search all the
// slots again takes ten times as long, and narrow nodes fill the gaps.
func (p *packer) place(b *branch, from int) int {
	first := int(b.children[0].symbol)
	slot := p.free(max(from, first+1))
	for !p.fits(b, slot-first) {
		slot = p.free(slot + 1)
	}
	b.base = slot - first
	p.based[b.base] = true
	for _, c := range b.children {
		p.take(b.base + int(c.symbol))
	}
	return slot
}

func (p *packer) fits(b *branch, base int) bool {
	if p.based[base] {
		return false
	}
	p.reserve(base + int(b.children[len(b.children)-1].symbol) + 1)
	for _, c := range b.children {
		if at := base + int(c.symbol); p.next[at] != int32(at) {
			return false
		}
	}
	return true
}

// free is the first free slot from at on. It shortens the way for later calls.
func (p *packer) free(at int) int {
	p.reserve(at + 1)
	for p.next[at] != int32(at) {
		p.reserve(int(p.next[at]) + 1)
		p.next[at] = p.next[p.next[at]]
		at = int(p.next[at])
	}
	return at
}

func (p *packer) take(at int) {
	p.reserve(at + 2)
	p.next[at] = int32(at + 1)
}

func (p *packer) reserve(n int) {
	for len(p.slots) < n {
		p.next = append(p.next, int32(len(p.slots)))
		p.slots = append(p.slots, 0)
		p.based = append(p.based, false)
	}
}

func (p *packer) write(b *branch, slot int) {
	p.slots[slot] = uint64(b.symbol) | uint64(b.base)<<baseShift | uint64(b.word)<<wordShift
	for _, c := range b.children {
		p.write(c, b.base+int(c.symbol))
	}
}

func (p *packer) image(values []uint32) []byte {
	used := len(p.slots)
	for used > 1 && p.slots[used-1] == 0 {
		used--
	}
	out := make([]byte, 0, headerSize+len(values)*valueSize+used*nodeSize)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(values)))
	out = binary.LittleEndian.AppendUint32(out, uint32(used))
	for _, v := range values {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	for _, s := range p.slots[:used] {
		out = binary.LittleEndian.AppendUint64(out, s)
	}
	return out
}
