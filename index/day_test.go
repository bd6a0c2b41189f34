package index

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
)

// Hits that tie come in the same order whether their days are read one by one
// or from the column, and wherever a page of them begins.
func TestDaysOfTies(t *testing.T) {
	random, l := rand.New(rand.NewPCG(5, 6)), testLanguage()
	var docs []Doc
	for i := range 300 {
		d := testDoc(l, fmt.Sprintf("%05d", random.IntN(1<<16)*1000+i), "", "卡口"+article(1, 5+i%100))
		if day := random.IntN(12); day > 0 {
			d.Published = corpus.Moment{Time: corpus.Date(18000 - 7*day).Time(), Precision: corpus.ToDay}
			if random.IntN(2) == 0 {
				d.Published.Precision = corpus.ToMinute
			}
		}
		docs = append(docs, d)
	}
	r := published(t, docs)
	page := func(r *Reader, from, size int) []Hit {
		t.Helper()
		res, err := r.Search(t.Context(), parse(t, "卡口"), SearchOptions{Size: size, From: from})
		if err != nil {
			t.Fatal(err)
		}
		return res.Hits
	}
	all := page(r, 0, -1)
	if !r.columns.has("published") {
		t.Fatal("the column was not made for all hits")
	}
	for from := range 25 {
		fresh := opened(t, filepath.Dir(r.Path()))
		if diff := cmp.Diff(all[from:from+3], page(fresh, from, 3)); diff != "" {
			t.Errorf("from %d, without the column (-all +page):\n%s", from, diff)
		}
		if fresh.columns.has("published") {
			t.Errorf("from %d: the column was made for a few hits", from)
		}
		if diff := cmp.Diff(all[from:from+3], page(r, from, 3)); diff != "" {
			t.Errorf("from %d, with the column (-all +page):\n%s", from, diff)
		}
	}
	fresh := opened(t, filepath.Dir(r.Path()))
	for n := 0; !fresh.columns.has("published"); n++ {
		if page(fresh, 0, 3); n > fewDays {
			t.Fatal("the column is never made")
		}
	}
}
