// Package dict is a dictionary of words with their distances, and the file in
// which it is kept: an alphabet of units and a trie over their numbers.
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
	"slices"
	"strings"

	"jianbao/segment/internal/dat"
)

// ErrImage is a string that is not the image of a dictionary.
var ErrImage = errors.New("not a dictionary image")

// The image: magic, the length of the alphabet (uint32, little-endian), the
// alphabet (units in the order of their symbols, a line feed after each), the
// image of the trie.
const (
	magic      = "JBDICT1\n"
	headerSize = len(magic) + 4
)

// Dict is a dictionary. It is read-only and safe for concurrent use.
type Dict struct {
	Alphabet *Alphabet
	Trie     dat.Trie
}

// Entry is a word and its distance: the bits that the word costs on a path
// through a text.
type Entry struct {
	Text     string
	Distance float32
}

// Open reads the alphabet and leaves the trie where it is.
func Open(image string) (*Dict, error) {
	if len(image) < headerSize || !strings.HasPrefix(image, magic) {
		return nil, ErrImage
	}
	size := int(binary.LittleEndian.Uint32([]byte(image[len(magic):headerSize])))
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
	return &Dict{NewAlphabet(NewSplitter(), units), t}, nil
}

// Encode is the image of a dictionary: the same bytes for the same entries in
// any order. Words that differ in the case of A to Z alone are the same word,
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
	alphabet := strings.Join(units, "\n") + "\n"
	out := make([]byte, 0, headerSize+len(alphabet)+len(trie))
	out = append(out, magic...)
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
	words := make([]dat.Word, len(entries))
	for n, e := range entries {
		words[n].Distance = e.Distance
		for i := 0; i < len(e.Text); {
			end, symbol := a.Next(e.Text, i)
			words[n].Symbols = append(words[n].Symbols, symbol)
			i = end
		}
	}
	image, err := dat.Build(words)
	if err != nil {
		return nil, fmt.Errorf("build the trie of %d words: %w", len(words), err)
	}
	return image, nil
}
