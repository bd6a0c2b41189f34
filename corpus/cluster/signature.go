package cluster

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// The shape of a signature: bands of rows. A pair of similarity J has a band in
// common with the chance 1-(1-J^Rows)^Bands, which rises most steeply at about
// (1/Bands)^(1/Rows) = 0.72.
const (
	Bands = 14
	Rows  = 8

	// SignatureBytes is the length of a stored signature.
	SignatureBytes = 4 * Bands * Rows

	// SignatureVersion changes whenever [Sign] gives other values for a text.
	// Signatures of different versions must not be compared.
	SignatureVersion = 1
)

// empty is a value that no gram has set.
const empty = math.MaxUint32

// ErrSignature is bytes that are no signature.
var ErrSignature = errors.New("not a MinHash signature")

// Signature is the MinHash of a folded body: [Bands] bands of [Rows] values. Each
// value of two signatures is equal with the chance of their texts' Jaccard
// similarity.
type Signature [Bands * Rows]uint32

// factors are the multipliers of the hash functions that fill empty values.
var factors = makeFactors()

// Sign computes the signature of a folded body: the MinHash of the set of its
// character 5-grams. A character is a code point; only letters, Han characters,
// digits and combining marks count, white space, punctuation and symbols are left
// out as if they were not there. A text of fewer than five such characters has no
// gram; its signature is [Signature.Empty] and it is nobody's candidate.
//
// The method is fast similarity sketching (Dahlgaard, Knudsen and Thorup, FOCS
// 2017, arXiv:1704.04370) cut to two rounds: one 64-bit hash of a gram chooses one of
// the 112 values and a 32-bit number, and the least number stays (one-permutation
// hashing). A value that no gram chose is then filled by an ordinary MinHash with
// a multiply-shift function of its own. Both steps give equal values with the
// chance J exactly, and values are filled independently; borrowing from a
// neighbour (densification) would make the bands of short texts agree or differ
// together. A text of 1,000 characters or more rarely needs the second round; 112
// full permutations would cost twenty times as much. Sign allocates nothing.
func Sign(hans string) Signature {
	var s Signature
	for i := range s {
		s[i] = empty
	}
	var w window
	for _, r := range hans {
		if !counts(r) {
			continue
		}
		if gram, ok := w.push(r); ok {
			s.choose(gram)
		}
	}
	if w.n >= gramLen {
		s.fill(hans)
	}
	return s
}

// choose lets the upper half of gram's hash choose a value and the lower half be
// it.
func (s *Signature) choose(gram uint64) {
	i := gram >> 32 * uint64(len(s)) >> 32
	s[i] = min(s[i], uint32(gram))
}

// fill gives each empty value the least hash of all grams. Grams met a short while
// ago are passed over: a long text with empty values says the same again and
// again.
func (s *Signature) fill(hans string) {
	var holes [len(s)]uint8
	n := 0
	for i, v := range s {
		if v == empty {
			holes[n] = uint8(i)
			n++
		}
	}
	if n == 0 {
		return
	}
	var met [256]uint64
	var w window
	for _, r := range hans {
		if !counts(r) {
			continue
		}
		gram, ok := w.push(r)
		if slot := &met[gram>>56]; ok && *slot != gram {
			*slot = gram
			s.fillWith(gram, holes[:n])
		}
	}
}

func (s *Signature) fillWith(gram uint64, holes []uint8) {
	for _, i := range holes {
		s[i] = min(s[i], uint32(gram*factors[i]>>32))
	}
}

// Empty reports whether s is the signature of a text without grams.
func (s Signature) Empty() bool {
	for _, v := range s {
		if v != empty {
			return false
		}
	}
	return true
}

// Similarity estimates the Jaccard similarity of two texts: the share of equal
// values. Its standard error is at most sqrt(J(1-J)/112): 0.047 at J = 0.5, 0.038 at
// J = 0.8. It is 0 when either text has no gram.
func (s Signature) Similarity(o Signature) float64 {
	if s.Empty() || o.Empty() {
		return 0
	}
	equal := 0
	for i, v := range s {
		if v == o[i] {
			equal++
		}
	}
	return float64(equal) / float64(len(s))
}

// Bytes are the values of s in little-endian order, as the column minhash holds
// them.
func (s Signature) Bytes() []byte {
	b := make([]byte, 0, SignatureBytes)
	for _, v := range s {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}

// FromBytes reads what [Signature.Bytes] wrote. It fails with [ErrSignature] when b
// has another length than [SignatureBytes].
func FromBytes(b []byte) (Signature, error) {
	var s Signature
	if len(b) != SignatureBytes {
		return s, fmt.Errorf("%w: %d bytes, not %d", ErrSignature, len(b), SignatureBytes)
	}
	for i := range s {
		s[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return s, nil
}

// band is a 64-bit hash of one band, its place included: bands of different places
// never meet.
func (s *Signature) band(i int) uint64 {
	h := fold(uint64(i+1)*gramKey1, gramKey2)
	for row := i * Rows; row < (i+1)*Rows; row += 2 {
		h = fold(h^(uint64(s[row])<<32|uint64(s[row+1])), gramKey3)
	}
	return fold(h^gramKey1, gramKey2)
}

// makeFactors draws odd numbers by splitmix64 (Steele, Lea and Flood, 2014).
func makeFactors() (f [Bands * Rows]uint64) {
	var state uint64
	for i := range f {
		state += gramKey1
		z := state
		z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
		z = (z ^ z>>27) * 0x94D049BB133111EB
		f[i] = (z ^ z>>31) | 1
	}
	return f
}
