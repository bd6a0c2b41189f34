package number

import "math/bits"

// bounds are the least and the greatest value of a numeral that is being read.
type bounds struct{ lo, hi int64 }

// unknowable stands for every value that is too large. It is sticky: sums and
// products with it are unknowable again.
const unknowable = 1 << 60

func (b bounds) plus(c bounds) bounds {
	return bounds{min(b.lo+c.lo, unknowable), min(b.hi+c.hi, unknowable)}
}

func (b bounds) times(n int64) bounds { return bounds{product(b.lo, n), product(b.hi, n)} }

// tenth divides by ten; what is unknowable stays so.
func (b bounds) tenth() bounds {
	if b.hi >= unknowable {
		return b
	}
	return bounds{b.lo / 10, b.hi / 10}
}

// product multiplies two numbers from 0 to unknowable.
func product(x, y int64) int64 {
	over, p := bits.Mul64(uint64(x), uint64(y))
	if over != 0 || p > unknowable {
		return unknowable
	}
	return int64(p)
}
