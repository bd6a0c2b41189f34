package pipeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/corpus/sample/generate"
	"jianbao/segment/script"
)

// TestGeneratedArticles takes invented articles, whose bodies, reprints and counts
// are known, through all stages. Their counts stand in sentences that no rule was
// made for, so a share of the totals is asked for; everything else is exact.
func TestGeneratedArticles(t *testing.T) {
	const n, leastTotals = 600, 0.78
	p := newPipeline(t)
	g, err := generate.New(generate.Options{Seed: 1, Traditional: script.Unfold})
	if err != nil {
		t.Fatal(err)
	}
	document := func(a *generate.Article) *corpus.Document {
		d, err := p.Document(&corpus.Raw{Bytes: []byte(a.Text), Media: corpus.Text, UTF8: true})
		if err != nil {
			t.Fatalf("%s: %v", a.ID, err)
		}
		return d
	}
	right := 0
	for i := range uint64(n) {
		a := g.Article(i)
		d := document(a)
		if d.Text != a.Body {
			t.Errorf("%s (dirty %v): %s", a.ID, a.Dirty, cmp.Diff(a.Body, d.Text))
		}
		if a.Kind == generate.Reprint && d.TextSHA256 != document(g.Article(a.Of)).TextSHA256 {
			t.Errorf("%s: its body is not that of %d", a.ID, a.Of)
		}
		if cmp.Equal(a.Totals(), sumsOf(d)) {
			right++
		}
	}
	if share := float64(right) / n; share < leastTotals {
		t.Errorf("the totals of %.3f of the articles are right, want %.2f", share, leastTotals)
	}
}

// sumsOf is the totals of the categories that the generator counts.
func sumsOf(d *corpus.Document) map[string]int64 {
	all := map[string]int64{}
	for _, m := range d.Mentions {
		switch m.Category {
		case "branch", "cadre", "checkpoint":
			if m.Counted && m.Count.Value.Valid {
				all[m.Category] += m.Count.Value.N
			}
		}
	}
	return all
}
