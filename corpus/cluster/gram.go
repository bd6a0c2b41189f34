package cluster

import (
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"
)

// gramLen is the length of a gram in characters.
const gramLen = 5

// Constants of the gram hash. They are part of the format of signatures: change
// [SignatureVersion] with them.
const (
	gramKey1 = 0x9E3779B97F4A7C15
	gramKey2 = 0xD6E8FEB86659FD93
	gramKey3 = 0xA0761D6478BD642F
)

// window holds the last five characters, 21 bits each: high has the upper 41
// bits of the 105.
type window struct {
	high, low uint64
	n         int // characters so far
}

// push takes the next character. From the fifth on it reports true and a 64-bit
// hash of the last five.
func (w *window) push(r rune) (gram uint64, ok bool) {
	w.high = (w.high<<21 | w.low>>43) & (1<<41 - 1)
	w.low = w.low<<21 | uint64(r)
	w.n++
	return fold(fold(w.low^gramKey1, w.high^gramKey2), gramKey3), w.n >= gramLen
}

// fold multiplies to 128 bits and xors the halves, as wyhash does.
func fold(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}

// counts reports whether r is part of a gram: letters, Han characters, digits and
// combining marks are. White space, punctuation, symbols and what is no valid
// UTF-8 are left out: mirrors rewrap lines, double commas and turn quotation
// marks.
func counts(r rune) bool {
	switch {
	case 0x4E00 <= r && r <= 0x9FFF:
		return true
	case r < utf8.RuneSelf:
		return '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z'
	case 0x3008 <= r && r <= 0x3020, r == '，', r == '。', r == '、', r == '　':
		return false
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.M)
}

// gramSet is the set of a text's grams: their hashes in ascending order.
type gramSet []uint64

func gramsOf(hans string) gramSet {
	set := make(gramSet, 0, utf8.RuneCountInString(hans))
	var w window
	for _, r := range hans {
		if !counts(r) {
			continue
		}
		if gram, ok := w.push(r); ok {
			set = append(set, gram)
		}
	}
	slices.Sort(set)
	return slices.Clip(slices.Compact(set))
}

// jaccard is the size of the intersection over that of the union; 0 when both
// are empty.
func (g gramSet) jaccard(o gramSet) float64 {
	both := 0
	for i, j := 0, 0; i < len(g) && j < len(o); {
		switch a, b := g[i], o[j]; {
		case a == b:
			both++
			i++
			j++
		case a < b:
			i++
		default:
			j++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(g)+len(o)-both)
}

// Jaccard is the exact Jaccard similarity of two folded bodies, 0 to 1: the
// number of character 5-grams that they share, over the number that either has.
// Grams are those of [Sign]. A text without any is similar to none, itself
// included: only text_sha256 groups such texts.
//
// Grams are told apart by 64-bit hashes: one in 10^13 pairs of articles has a
// collision, which would shift the result by one gram.
func Jaccard(a, b string) float64 { return gramsOf(a).jaccard(gramsOf(b)) }
