package index

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
)

// Hits that tie come in the same order whether their days are read one by one
// or from the column, and wherever a page of them begins.
func TestDaysOfTies(t *testing.T) {
	random, l := rand.New(rand.NewPCG(5, 6)), testLanguage()
	var docs []Doc
	for i := range 6 * fewDays {
		d := testDoc(l, fmt.Sprintf("%05d", random.IntN(1<<16)*1000+i), "", "卡口"+article(1, 5+i%(2*fewDays)))
		if day := random.IntN(12); day > 0 {
			d.Published = corpus.Moment{Time: corpus.Date(18000 - 7*day).Time(), Precision: corpus.ToDay}
			if random.IntN(2) == 0 {
				d.Published.Precision = corpus.ToMinute
			}
		}
		docs = append(docs, d)
	}
	r := published(t, docs)
	page := func(from, size int) []Hit {
		t.Helper()
		res, err := r.Search(t.Context(), parse(t, "卡口"), SearchOptions{Size: size, From: from})
		if err != nil {
			t.Fatal(err)
		}
		return res.Hits
	}
	var pages [][]Hit
	for from := range fewDays / 2 {
		if pages = append(pages, page(from, 3)); r.columns.has("published") {
			t.Fatalf("from %d: the column was made for a few hits", from)
		}
	}
	all := page(0, -1)
	if !r.columns.has("published") {
		t.Fatal("the column was not made for all hits")
	}
	for from, want := range pages {
		if diff := cmp.Diff(want, all[from:from+3]); diff != "" {
			t.Errorf("from %d (-a page +all):\n%s", from, diff)
		}
		if diff := cmp.Diff(want, page(from, 3)); diff != "" {
			t.Errorf("from %d, with the column (-without +with):\n%s", from, diff)
		}
	}
}
