package dat

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// ErrKey is a word that a trie does not hold.
var ErrKey = errors.New("no such word in the trie")

// Map is a trie of the same words with f of their values. The two share their
// nodes; f is called once for each value that differs.
func (t *Trie) Map(f func(uint32) uint32) Trie {
	mapped := make([]byte, 0, len(t.values))
	for at := 0; at < len(t.values); at += valueSize {
		mapped = binary.LittleEndian.AppendUint32(mapped, f(le32(t.values[at:])))
	}
	return Trie{nodes: t.nodes, values: string(mapped), root: t.root}
}

// With is a trie of the same words of which the given ones have other values.
// It copies the nodes. The error is ErrKey for a word that t does not hold,
// and there is one when the values that differ become more than 65,535.
func (t *Trie) With(words []Word) (Trie, error) {
	nodes, values := []byte(t.nodes), []byte(t.values)
	numbers := map[uint32]int{}
	for _, w := range words {
		slot, node, err := t.find(w.Symbols)
		if err != nil {
			return Trie{}, err
		}
		number, ok := numbers[w.Value]
		if !ok {
			values = binary.LittleEndian.AppendUint32(values, w.Value)
			number = len(values) / valueSize
			numbers[w.Value] = number
		}
		if number > wordMask {
			return Trie{}, fmt.Errorf("%d values are too many", number)
		}
		node = node&^(wordMask<<wordShift) | Node(number)<<wordShift
		binary.LittleEndian.PutUint64(nodes[slot*nodeSize:], uint64(node))
	}
	return Trie{nodes: string(nodes), values: string(values), root: t.root}, nil
}

// find is the node of a word and its slot.
func (t *Trie) find(symbols []uint16) (slot int, node Node, err error) {
	node = t.root
	for _, symbol := range symbols {
		next, ok := t.Step(node, symbol)
		if !ok {
			return 0, 0, fmt.Errorf("%v: %w", symbols, ErrKey)
		}
		slot, node = int(node>>baseShift)&baseMask+int(symbol), next
	}
	if _, ok := t.Word(node); !ok {
		return 0, 0, fmt.Errorf("%v: %w", symbols, ErrKey)
	}
	return slot, node, nil
}
