package dict

import (
	"maps"
	"slices"
	"unicode/utf8"

	"jianbao/segment/internal/dat"
)

// MaxSymbols is the limit of an alphabet.
const MaxSymbols = 1<<16 - 1

// page holds the symbols of 64 code points.
type page [64]uint16

// Alphabet numbers the units that occur in words, from 1 on. It is read-only
// and safe for concurrent use.
type Alphabet struct {
	splitter *Splitter
	pageOf   []uint16
	pages    []page
	runs     map[string]uint16 // units of several runes, in lower case
	longest  int               // of runs, in bytes
	size     int
}

// NewAlphabet numbers the units in their order. They must be in lower case
// and differ.
func NewAlphabet(s *Splitter, units []string) *Alphabet {
	a := &Alphabet{
		splitter: s,
		pageOf:   make([]uint16, (utf8.MaxRune+1)/len(page{})),
		pages:    make([]page, 1, 1024),
		runs:     map[string]uint16{},
	}
	for _, u := range units {
		a.add(u)
	}
	return a
}

// With is an alphabet that also numbers the units of the words, after its
// own. It stops at MaxSymbols: what comes later has no number.
func (a *Alphabet) With(words []string) *Alphabet {
	b := *a
	b.pageOf = slices.Clone(a.pageOf)
	b.pages = slices.Clone(a.pages)
	b.runs = maps.Clone(a.runs)
	for _, w := range words {
		for i := 0; i < len(w); {
			end, symbol := b.Next(w, i)
			if symbol == 0 && b.size < MaxSymbols {
				b.add(Lower(w[i:end]))
			}
			i = end
		}
	}
	return &b
}

func (a *Alphabet) add(unit string) {
	a.size++
	r, size := utf8.DecodeRuneInString(unit)
	if size < len(unit) {
		a.runs[unit] = uint16(a.size)
		a.longest = max(a.longest, len(unit))
		return
	}
	at := int(r) / len(page{})
	if a.pageOf[at] == 0 {
		a.pageOf[at] = uint16(len(a.pages))
		a.pages = append(a.pages, page{})
	}
	a.pages[a.pageOf[at]][int(r)%len(page{})] = uint16(a.size)
}

// Next is where the unit ends that begins at byte i of text, and its symbol:
// 0 when no word holds it.
func (a *Alphabet) Next(text string, i int) (end int, symbol uint16) {
	if i+2 < len(text) {
		x, y, z := text[i], text[i+1], text[i+2]
		if x > 0xE0 && x < 0xED && y&0xC0 == 0x80 && z&0xC0 == 0x80 {
			return i + 3, a.symbol(rune(x&0x0F)<<12 | rune(y&0x3F)<<6 | rune(z&0x3F))
		}
	}
	end = a.splitter.End(text, i)
	r, size := utf8.DecodeRuneInString(text[i:])
	switch {
	case i+size < end:
		return end, a.run(text[i:end])
	case r == utf8.RuneError && size == 1:
		return end, 0
	case 'A' <= r && r <= 'Z':
		r += 'a' - 'A'
	}
	return end, a.symbol(r)
}

func (a *Alphabet) symbol(r rune) uint16 {
	at := uint32(r) / uint32(len(page{}))
	if at >= uint32(len(a.pageOf)) {
		return 0
	}
	return a.pages[a.pageOf[at]][uint32(r)%uint32(len(page{}))]
}

// run looks a run up without regard to the case of A to Z.
func (a *Alphabet) run(unit string) uint16 {
	var room [64]byte
	if len(unit) > a.longest || len(unit) > len(room) {
		return 0
	}
	return a.runs[string(appendLower(room[:0], unit))]
}

// Walk is the node of t that the units of word lead to, if there is one.
func (a *Alphabet) Walk(t *dat.Trie, word string) (dat.Node, bool) {
	node := t.Root()
	for i := 0; i < len(word); {
		end, symbol := a.Next(word, i)
		next, ok := t.Step(node, symbol)
		if !ok {
			return 0, false
		}
		node, i = next, end
	}
	return node, true
}

// Lower is what gse makes of text: it lowers A to Z, and no other letter. Words
// that are equal in this form are the same word.
func Lower(text string) string { return string(appendLower(nil, text)) }

func appendLower(into []byte, unit string) []byte {
	for i := range len(unit) {
		c := unit[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		into = append(into, c)
	}
	return into
}
