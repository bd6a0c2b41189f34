package recode

import (
	_ "embed"
	"errors"
	"fmt"
	"sort"
)

//go:generate go run ./internal/genmodel

//go:embed model.bin
var image string

// ErrModel says that the embedded model is not of the layout that this
// package reads.
var ErrModel = errors.New("not a character model of this version")

const (
	magic     = "JBRC\x00\x00\x00\x01"
	runes     = 1 << 16   // the basic plane
	gbkPairs  = 126 * 192 // leads 81 to FE, trails 40 to FF
	costUnit  = 16        // of a stored cost, to the nat
	worstCost = 255.0 / costUnit
)

// Model knows how likely a Chinese character is to start or end a word and to
// follow another one, in either script, and the pairs of bytes of GBK. It was
// estimated from the word frequencies of gse's dictionary: P(b|a) is the share
// of a's occurrences that b follows inside a word, plus the chance that a ends
// a word times the chance that b starts one. All costs are -log P in nats.
//
// It reads the data in place; opening costs nothing. It is safe for concurrent
// use.
type Model struct {
	ids     string // uint16 a character: its number, shared by both scripts; 0 for none
	pairs   string // uint16 a character: its bytes in GBK; 0 for none
	chars   string // uint16 a pair of bytes: the character; 0 for none
	starts  string // a byte a number: cost of starting a word
	ends    string // a byte a number: cost of ending a word
	rows    string // uint32 a number: where its pairs start; one more at the end
	seconds string // uint16 a pair: the number of the second character, ascending
	costs   string // a byte a pair
	suspect string // a bit a character: text that starts so may be UTF-8 read as GBK
}

// OpenModel opens the model that is part of the program. The error is
// [ErrModel].
func OpenModel() (*Model, error) { return openModel(image) }

func openModel(data string) (*Model, error) {
	const header = len(magic) + 8
	if len(data) < header || data[:len(magic)] != magic {
		return nil, fmt.Errorf("open character model: %w", ErrModel)
	}
	numbers, seconds := uint32At(data, len(magic)), uint32At(data, len(magic)+4)
	m := &Model{}
	rest := data[header:]
	for _, s := range []struct {
		section *string
		size    int
	}{
		{&m.ids, 2 * runes}, {&m.pairs, 2 * runes}, {&m.chars, 2 * gbkPairs},
		{&m.starts, numbers}, {&m.ends, numbers}, {&m.rows, 4 * (numbers + 1)},
		{&m.seconds, 2 * seconds}, {&m.costs, seconds}, {&m.suspect, runes / 8},
	} {
		if s.size > len(rest) {
			return nil, fmt.Errorf("open character model: %w", ErrModel)
		}
		*s.section, rest = rest[:s.size], rest[s.size:]
	}
	if len(rest) != 0 {
		return nil, fmt.Errorf("open character model: %w", ErrModel)
	}
	return m, nil
}

func uint16At(s string, i int) int { return int(s[i]) | int(s[i+1])<<8 }

func uint32At(s string, i int) int { return uint16At(s, i) | uint16At(s, i+2)<<16 }

// suspicious reports whether Repairs must look twice at a character of the
// main block: in GBK it has the
// first two bytes of a character of Chinese in UTF-8.
func (m *Model) suspicious(r rune) bool {
	i := int(r) >> 3
	return i < len(m.suspect) && m.suspect[i]>>(r&7)&1 != 0
}

// id is the number of r, the same for both its scripts; 0 when the model does
// not know r.
func (m *Model) id(r rune) int {
	if r < 0 || r >= runes {
		return 0
	}
	return uint16At(m.ids, 2*int(r))
}

// gbk is the pair of bytes of r, private-use characters included.
func (m *Model) gbk(r rune) (lead, trail byte, ok bool) {
	if r < 0x80 || r >= runes {
		return 0, 0, false
	}
	p := uint16At(m.pairs, 2*int(r))
	return byte(p >> 8), byte(p), p != 0
}

// char is the character of a pair of bytes, 0 for none. It is never a
// private-use one.
func (m *Model) char(lead, trail byte) rune {
	if lead < 0x81 || lead == 0xFF || trail < 0x40 {
		return 0
	}
	return rune(uint16At(m.chars, 2*(int(lead-0x81)*192+int(trail-0x40))))
}

// start is the cost of a word that starts with the character numbered id.
func (m *Model) start(id int) float64 { return float64(m.starts[id]) / costUnit }

// end is the cost of a word ending at the character numbered id.
func (m *Model) end(id int) float64 { return float64(m.ends[id]) / costUnit }

// follow is the cost of the character numbered b after the one numbered a.
func (m *Model) follow(a, b int) float64 {
	if a == 0 || b == 0 {
		return worstCost
	}
	lo, hi := uint32At(m.rows, 4*a), uint32At(m.rows, 4*a+4)
	i := lo + sort.Search(hi-lo, func(i int) bool { return uint16At(m.seconds, 2*(lo+i)) >= b })
	if i < hi && uint16At(m.seconds, 2*i) == b {
		return float64(m.costs[i]) / costUnit
	}
	return min(m.end(a)+m.start(b), worstCost)
}
