package newword

import (
	"iter"
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// maxRunes is the length of the longest candidate.
const maxRunes = 6

const runeBits = 21

// gram is a sequence of up to six runes, 21 bits each: a key without a pointer.
type gram struct{ hi, lo uint64 }

// push appends r.
func (g gram) push(r rune) gram {
	return gram{g.hi<<runeBits | g.lo>>(64-runeBits), g.lo<<runeBits | uint64(r)}
}

// runes takes g apart.
func (g gram) runes() []rune {
	var out [maxRunes]rune
	at := maxRunes
	for g != (gram{}) {
		at--
		out[at] = rune(g.lo & (1<<runeBits - 1))
		g = gram{g.hi >> runeBits, g.lo>>runeBits | g.hi<<(64-runeBits)}
	}
	return out[at:]
}

func gramOf(runes []rune) gram {
	var g gram
	for _, r := range runes {
		g = g.push(r)
	}
	return g
}

// hash is the same in every run of the program, so that results are.
func (g gram) hash() uint64 {
	hi, lo := bits.Mul64(g.lo^0x9E3779B97F4A7C15, g.hi^0xD1B54A32D192ED03)
	x := hi ^ lo ^ g.lo
	x ^= x >> 32
	x *= 0xD6E8FEB86659FD93
	return x ^ x>>32
}

// run is an unbroken sequence of Han characters in a text. Rune i takes the
// bytes from at[i] to at[i+1].
type run struct {
	runes []rune
	at    []int
}

// runs lists the runs of text. Each is valid until the next.
func runs(text string) iter.Seq[*run] {
	return func(yield func(*run) bool) {
		var r run
		for i := 0; i <= len(text); {
			c, size := utf8.DecodeRuneInString(text[i:])
			if size > 0 && isHan(c) {
				r.runes, r.at = append(r.runes, c), append(r.at, i)
				i += size
				continue
			}
			if len(r.runes) > 0 {
				r.at = append(r.at, i)
				if !yield(&r) {
					return
				}
				r.runes, r.at = r.runes[:0], r.at[:0]
			}
			i += max(size, 1)
		}
	}
}

// isHan answers for the common block without a search.
func isHan(r rune) bool {
	return 0x4E00 <= r && r <= 0x9FFF || r > 0x2E7F && unicode.Is(unicode.Han, r)
}
