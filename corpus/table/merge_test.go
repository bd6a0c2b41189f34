package table

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// given yields rows, then err if there is one.
func given(rows []Sighting, err error) iter.Seq2[Sighting, error] {
	return func(yield func(Sighting, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
		if err != nil {
			yield(Sighting{}, err)
		}
	}
}

// However rows are dealt out, merging gives what sorting all of them gives.
func TestMergeIsSorting(t *testing.T) {
	for seed := range uint64(100) {
		random := rand.New(rand.NewPCG(seed, 3))
		parts := make([][]Sighting, random.IntN(6))
		want := []Sighting{}
		for i := 0; len(parts) > 0 && i < random.IntN(60); i++ {
			row := Sighting{DocID: fmt.Sprint(random.IntN(9)), URI: fmt.Sprint(i)}
			at := random.IntN(len(parts))
			parts[at], want = append(parts[at], row), append(want, row)
		}
		var sources []iter.Seq2[Sighting, error]
		for _, p := range parts {
			Sort(p)
			sources = append(sources, given(p, nil))
		}
		Sort(want)
		got := []Sighting{}
		for row, err := range Merge(sources...) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, row)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d (-sorted +merged):\n%s", seed, diff)
		}
	}
}

func TestMergeEndsWithAnError(t *testing.T) {
	broken := errors.New("broken")
	a, b := given([]Sighting{{DocID: "1"}, {DocID: "3"}}, nil), given([]Sighting{{DocID: "2"}}, broken)
	var got []string
	var last error
	for row, err := range Merge(a, b) {
		if last = err; err == nil {
			got = append(got, row.DocID)
		}
	}
	if diff := cmp.Diff([]string{"1", "2"}, got); diff != "" || !errors.Is(last, broken) {
		t.Errorf("%v, ends with %v", got, last)
	}
}

// A loop that is left early lets go of every source.
func TestMergeLetsGo(t *testing.T) {
	open := 0
	source := func(yield func(Sighting, error) bool) {
		open++
		defer func() { open-- }()
		for yield(Sighting{}, nil) {
		}
	}
	for range Merge[Sighting](source, source, source) {
		break
	}
	if open != 0 {
		t.Errorf("%d sources are still open", open)
	}
}
