package index

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/scorer"
	bleveindex "github.com/blevesearch/bleve_index_api"
	"github.com/google/go-cmp/cmp"
)

// asRead is an entry as the library reads it back.
func asRead(f *bleveindex.TokenFreq) *bleveindex.TermFieldDoc {
	doc := &bleveindex.TermFieldDoc{Freq: uint64(f.Frequency())}
	for _, l := range f.Locations {
		doc.Vectors = append(doc.Vectors, &bleveindex.TermFieldVector{
			Pos: uint64(l.Position), Start: uint64(l.Start), End: uint64(l.End), ArrayPositions: l.ArrayPositions,
		})
	}
	return doc
}

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
			doc := asRead(f)
			got[text] = appendPositions(nil, doc)
			if n := occurrences(doc.Freq); n != uint64(len(got[text])) {
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
			got[text] = appendPositions(nil, asRead(f))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("article %d (-want +got):\n%s", seed, diff)
		}
	}
}

// TestBM25 holds the score to the library's.
func TestBM25(t *testing.T) {
	ctx := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(4, 0)}
	for _, boost := range []float64{1, titleBoost} {
		for _, having := range []uint64{1, 7, 1000} {
			theirs := scorer.NewTermQueryScorer([]byte("a"), "text", boost, 1000, having, 120, search.SearcherOptions{})
			ours := newBM25(boost, 120, 1000, float64(having))
			if a, b := ours.base*ours.base, theirs.Weight(); math.Abs(a-b) > 1e-9 {
				t.Errorf("weight %v, want %v", a, b)
			}
			theirs.SetQueryNorm(0.3)
			ours.weight = ours.base * 0.3
			for _, n := range []int{1, 2, 100} {
				for _, length := range []float64{1, 120, 5000} {
					norm := float64(float32(1 / math.Sqrt(length)))
					want := theirs.Score(ctx, &bleveindex.TermFieldDoc{Freq: uint64(n), Norm: norm}).Score
					frequency := often(n)
					if n == 1 {
						frequency = once(17)
					}
					got := ours.score(&bleveindex.TermFieldDoc{Freq: uint64(frequency), Norm: norm})
					if math.Abs(got-want) > 1e-9 {
						t.Errorf("%d times in %v words, %d documents: %v, want %v", n, length, having, got, want)
					}
				}
			}
		}
	}
}
