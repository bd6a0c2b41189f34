package index

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestNear compares with trying every place of every part.
func TestNear(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	held := 0
	for range 20_000 {
		parts := make([]*places, 2+rng.IntN(3))
		for i := range parts {
			parts[i] = &places{length: 1 + rng.IntN(3)}
			for range 1 + rng.IntN(4) {
				parts[i].starts = append(parts[i].starts, rng.IntN(30))
			}
			slices.Sort(parts[i].starts)
			parts[i].starts = slices.Compact(parts[i].starts)
		}
		n := nearness{distance: rng.IntN(8), ordered: rng.IntN(2) == 0}
		want := holdsSomewhere(n, parts, nil)
		if got := n.holds(parts); got != want {
			t.Fatalf("%+v of %+v: %v, want %v", n, describe(parts), got, want)
		}
		if want {
			held++
		}
	}
	if held < 2000 || held > 18_000 {
		t.Errorf("only one answer: %d of 20000 held", held)
	}
}

// holdsSomewhere tries all places of the parts that have none yet.
func holdsSomewhere(n nearness, parts []*places, at []int) bool {
	if len(at) == len(parts) {
		first, last, letters := at[0], 0, 0
		for i, p := range parts {
			first, last, letters = min(first, at[i]), max(last, at[i]+p.length), letters+p.length
		}
		return last-first-letters <= n.distance
	}
	p := parts[len(at)]
	return slices.ContainsFunc(p.starts, func(start int) bool {
		for i, other := range at {
			if start < other+parts[i].length && (n.ordered || other < start+p.length) {
				return false
			}
		}
		return holdsSomewhere(n, parts, append(slices.Clone(at), start))
	})
}

func describe(parts []*places) (out []places) {
	for _, p := range parts {
		out = append(out, *p)
	}
	return out
}
