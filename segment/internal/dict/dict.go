// Package dict is a dictionary of words with their frequencies, and the file
// in which it is kept: an alphabet of units and a trie over their numbers.
//
//	image, err := dict.Encode(entries)
//	d, err := dict.Open(string(image))
//	end, symbol := d.Alphabet.Next(text, 0)
package dict

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"jianbao/segment/internal/dat"
)

// ErrImage is a string that is not the image of a dictionary.
var ErrImage = errors.New("not a dictionary image")

// The image, little-endian: magic, the sum of all frequencies (uint64), the
// length of the alphabet (uint32), the alphabet (units in the order of their
// symbols, a line feed after each), the image of the trie.
const (
	magic      = "JBDICT2\n"
	totalSize  = 8
	headerSize = len(magic) + totalSize + 4
)

// Dict is a dictionary. It is read-only and safe for concurrent use.
type Dict struct {
	Alphabet *Alphabet
	Trie     dat.Trie // the value of a word is its frequency
	Total    float64  // the sum of all frequencies
}

// Entry is a word and the value that a trie holds of it.
type Entry struct {
	Text  string
	Value uint32
}

// Open reads the alphabet and leaves the trie where it is.
func Open(image string) (*Dict, error) {
	if len(image) < headerSize || !strings.HasPrefix(image, magic) {
		return nil, ErrImage
	}
	header := []byte(image[len(magic):headerSize])
	total := binary.LittleEndian.Uint64(header)
	size := int(binary.LittleEndian.Uint32(header[totalSize:]))
	if size > len(image)-headerSize {
		return nil, ErrImage
	}
	units := strings.Split(image[headerSize:headerSize+size], "\n")
	units = units[:len(units)-1]
	if len(units) > MaxSymbols {
		return nil, ErrImage
	}
	t, err := dat.Open(image[headerSize+size:])
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrImage, err)
	}
	return &Dict{NewAlphabet(NewSplitter(), units), t, float64(total)}, nil
}

// Frequency is how often word was seen, if the dictionary holds it.
func (d *Dict) Frequency(word string) (uint32, bool) {
	node, ok := d.Alphabet.Walk(&d.Trie, word)
	if !ok {
		return 0, false
	}
	return d.Trie.Word(node)
}

// Costs is the trie of the same words, each with the bits of its cost: of the
// float32 that Cost gives for its frequency among total.
func (d *Dict) Costs(total float64) dat.Trie {
	return d.Trie.Map(func(frequency uint32) uint32 {
		return math.Float32bits(Cost(total, float64(frequency)))
	})
}

// Cost is the length in bits of a word on a path: log2 of the inverse of its
// share. As in gse's CalcToken each logarithm is rounded before they are
// subtracted.
func Cost(total, frequency float64) float32 {
	return float32(math.Log2(total)) - float32(math.Log2(frequency))
}

// Encode is the image of a dictionary whose entries have their frequencies as
// values: the same bytes for the same entries in any order. Words that differ in the case of A to Z alone are the same word,
// which may be there once.
func Encode(entries []Entry) ([]byte, error) {
	units := countUnits(entries)
	if len(units) > MaxSymbols {
		return nil, fmt.Errorf("%d units are too many", len(units))
	}
	a := NewAlphabet(NewSplitter(), units)
	trie, err := a.Build(entries)
	if err != nil {
		return nil, err
	}
	var total uint64
	for _, e := range entries {
		total += uint64(e.Value)
	}
	alphabet := strings.Join(units, "\n") + "\n"
	out := make([]byte, 0, headerSize+len(alphabet)+len(trie))
	out = append(out, magic...)
	out = binary.LittleEndian.AppendUint64(out, total)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(alphabet)))
	out = append(out, alphabet...)
	return append(out, trie...), nil
}

// countUnits lists the units of all entries, the most frequent first, because
// small numbers for what is frequent make a dense trie.
func countUnits(entries []Entry) []string {
	s := NewSplitter()
	count := map[string]int{}
	for _, e := range entries {
		for i := 0; i < len(e.Text); {
			end := s.End(e.Text, i)
			count[Lower(e.Text[i:end])]++
			i = end
		}
	}
	return slices.SortedFunc(maps.Keys(count), func(x, y string) int {
		return cmp.Or(cmp.Compare(count[y], count[x]), strings.Compare(x, y))
	})
}

// Build is the image of the trie of entries whose units are all in a.
func (a *Alphabet) Build(entries []Entry) ([]byte, error) {
	image, err := dat.Build(a.spell(entries))
	if err != nil {
		return nil, fmt.Errorf("build the trie of %d words: %w", len(entries), err)
	}
	return image, nil
}

// Replace is t, a trie over a, with the values of the entries for theirs. t
// must hold them all.
func (a *Alphabet) Replace(t *dat.Trie, entries []Entry) (dat.Trie, error) {
	replaced, err := t.With(a.spell(entries))
	if err != nil {
		return dat.Trie{}, fmt.Errorf("replace the values of %d words: %w", len(entries), err)
	}
	return replaced, nil
}

func (a *Alphabet) spell(entries []Entry) []dat.Word {
	words := make([]dat.Word, len(entries))
	for n, e := range entries {
		words[n].Value = e.Value
		for i := 0; i < len(e.Text); {
			end, symbol := a.Next(e.Text, i)
			words[n].Symbols = append(words[n].Symbols, symbol)
			i = end
		}
	}
	return words
}
