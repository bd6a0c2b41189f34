package index

import (
	"math/rand/v2"
	"testing"

	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/google/go-cmp/cmp"
)

// posting is an entry as the library reads it back.
type posting struct {
	segment.Posting // nil: no more is asked
	of              *bleveindex.TokenFreq
}

func (p posting) Frequency() uint64 { return uint64(p.of.Frequency()) }

func (p posting) Locations() (all []segment.Location) {
	for _, l := range p.of.Locations {
		all = append(all, location{of: l})
	}
	return all
}

type location struct {
	segment.Location
	of *bleveindex.TokenLocation
}

func (l location) Pos() uint64              { return uint64(l.of.Position) }
func (l location) ArrayPositions() []uint64 { return l.of.ArrayPositions }

func TestOccurrences(t *testing.T) {
	tests := []struct {
		name  string
		terms []term
		want  map[string][]int
	}{
		{"none", nil, map[string][]int{}},
		{"once", []term{{text: "a", pos: 1}}, map[string][]int{"a": {1}}},
		{"far away", []term{{text: "a", pos: 1_000_000}}, map[string][]int{"a": {1_000_000}}},
		{"twice", []term{{text: "a", pos: 1}, {text: "b", pos: 2}, {text: "a", pos: 9}}, map[string][]int{"a": {1, 9}, "b": {2}}},
		{"not in order", []term{{text: "a", pos: 7}, {text: "a", pos: 3}, {text: "a", pos: 5}}, map[string][]int{"a": {3, 5, 7}}},
		{"said twice", []term{{text: "a", pos: 7}, {text: "a", pos: 7}}, map[string][]int{"a": {7}}},
	}
	for _, tt := range tests {
		got := map[string][]int{}
		for text, f := range frequencies(tt.terms, placeWords) {
			p := posting{of: f}
			got[text] = appendPositions(nil, p)
			if n := occurrences(p.Frequency()); n != uint64(len(got[text])) {
				t.Errorf("%s: %s is there %d times, has %d positions", tt.name, text, n, len(got[text]))
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestOccurrencesOfTexts reads back what any text gives.
func TestOccurrencesOfTexts(t *testing.T) {
	l := testLanguage()
	for seed := range uint64(50) {
		text := article(seed, rand.New(rand.NewPCG(seed, 0)).IntN(2000))
		all := l.terms(text, l.Segment(nil, text))
		want := map[string][]int{}
		for _, x := range all {
			want[x.text] = append(want[x.text], x.pos)
		}
		got := map[string][]int{}
		for text, f := range frequencies(all, placeWords) {
			if string(f.Term) != text {
				t.Errorf("the entry of %s has the term %s", text, f.Term)
			}
			got[text] = appendPositions(nil, posting{of: f})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("article %d (-want +got):\n%s", seed, diff)
		}
	}
}
