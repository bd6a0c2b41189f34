package generate

import "math/bits"

// random is a sequence of numbers (splitmix64) that depends on its seeds alone:
// the articles of a seed are the same with every version of Go.
type random struct{ state uint64 }

// newRandom begins the sequence that is named by all of the seeds.
func newRandom(seeds ...uint64) random {
	var r random
	for _, s := range seeds {
		r.state = mix(r.state ^ mix(s+increment))
	}
	return r
}

const increment = 0x9E3779B97F4A7C15

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

func (r *random) next() uint64 {
	r.state += increment
	return mix(r.state)
}

// below is one of 0 to n-1, each as likely; 0 when n is not positive.
func (r *random) below(n int) int {
	if n <= 0 {
		return 0
	}
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int(hi)
}

// chance is true in so many of a thousand cases.
func (r *random) chance(permille int) bool { return r.below(1000) < permille }

// ranked is one of 0 to n-1, k about as likely as 1/(k+1): as words are by their
// rank. All octaves are as likely, and all numbers of one.
func (r *random) ranked(n int) int {
	if n <= 1 {
		return 0
	}
	low := 1 << r.below(bits.Len(uint(n)))
	return low - 1 + r.below(min(low, n-low+1))
}
