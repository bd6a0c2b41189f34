package index

import (
	"math/rand/v2"
	"testing"
)

// TestCover holds that a number has one key in the spans of a range that it lies
// in, and none in those of another.
func TestCover(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	in := 0
	for range 20_000 {
		lo, hi, n := anyNumber(rnd), anyNumber(rnd), anyNumber(rnd)
		if rnd.IntN(4) == 0 {
			n = lo + rnd.Uint64N(3) - min(lo, 1)
		}
		spans, keys, want := cover(lo, hi), 0, 0
		for _, s := range spans {
			for _, key := range numberLevels(n) {
				if s.from <= key && key <= s.to {
					keys++
				}
			}
		}
		if lo <= n && n <= hi {
			want = 1
			in++
		}
		if keys != want || len(spans) > 50 {
			t.Fatalf("%d of [%d,%d] has %d keys, want %d; %d spans %v", n, lo, hi, keys, want, len(spans), spans)
		}
	}
	if in < 1000 {
		t.Errorf("only %d numbers lie in their range", in)
	}
	if spans := cover(0, power(maxLength)-1); len(spans) != 2 {
		t.Errorf("all numbers have %d spans: %v", len(spans), spans)
	}
}

// anyNumber is a number of an int64 of any length.
func anyNumber(rnd *rand.Rand) uint64 { return rnd.Uint64() >> (1 + rnd.IntN(62)) }
