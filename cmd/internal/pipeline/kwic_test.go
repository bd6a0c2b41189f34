package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/corpus/concordance"
	"jianbao/corpus/sample/generate"
	"jianbao/index"
	"jianbao/index/query"
	"jianbao/ingest"
	"jianbao/segment/script"
)

func concord(t testing.TB, c *Corpus, q string, o KWICOptions) ([]concordance.Line, KWIC) {
	t.Helper()
	var lines []concordance.Line
	about, err := c.KWIC(t.Context(), q, o, func(l concordance.Line) error {
		lines = append(lines, l)
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return lines, about
}

// ingestGenerated takes n invented articles into a corpus.
func ingestGenerated(t testing.TB, p *Pipeline, dir string, n uint64, o IngestOptions) {
	t.Helper()
	g, err := generate.New(generate.Options{Seed: 3, Traditional: script.Unfold})
	if err != nil {
		t.Fatal(err)
	}
	var lines []byte
	for i := range n {
		lines = g.Article(i).AppendJSON(lines)
	}
	docs := ingest.Read(t.Context(), ingest.Options{}, bytes.NewReader(lines), ingest.Stdin)
	if _, err := p.Ingest(t.Context(), dir, docs, o); err != nil {
		t.Fatal(err)
	}
}

// Though texts are cut around hits only, the lines are every place that the index
// finds in the whole of them, and each is the printed text at its offsets.
func TestKWICIsEveryHit(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{})
	ingestGenerated(t, p, dir, 300, IngestOptions{BatchDocuments: 50})
	c := openCorpus(t, p, dir)
	whole := p.language()
	whole.Piece, whole.SegmentPieces = nil, nil
	idx, err := index.OpenReader(c.store.Derived(indexDir), whole)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := idx.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, q := range []string{
		"临时党支部", "黨支部", "党员 OR 幹部 OR 支部", `"支部书记"`, "党支部 -防汛", `卡口 "24小时"`, "K", "title:党", "A股",
		"党*", `"党员 干部"~8`, `"临时党支部 党员"~>30`, "exact:黨支部", `exact:"党员" OR "成立，临时"`, "检查占~1",
	} {
		parsed, err := query.Parse(q, p.Categories()...)
		if err != nil {
			t.Fatal(err)
		}
		matching := map[string]bool{}
		for id, err := range idx.Match(t.Context(), withSynonyms(parsed)) {
			if err != nil {
				t.Fatal(err)
			}
			matching[id] = true
		}
		marker := idx.Highlighter(withSynonyms(parsed))
		var want []string
		texts := map[string]string{}
		for d, err := range c.store.Documents(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if texts[d.DocID] = d.Text; !matching[d.DocID] {
				continue
			}
			folded := fold(d.Text)
			at := corpus.NewCodePoints(folded)
			for _, s := range marker.Spans(query.Text, folded, d.Text) {
				start, end := at.Range(s)
				want = append(want, fmt.Sprint(d.DocID, start, end))
			}
		}
		lines, about := concord(t, c, q, KWICOptions{Window: concordance.Window{Size: 7}, Reprints: true})
		var got []string
		for _, l := range lines {
			got = append(got, fmt.Sprint(l.DocID, l.Start, l.End))
			runes := []rune(texts[l.DocID])
			if around := string(runes[max(l.Start-7, 0):min(l.End+7, len(runes))]); l.Left+l.Hit+l.Right != around {
				t.Errorf("%s: %q is not %q", q, l.Left+l.Hit+l.Right, around)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: (-whole +around)\n%s", q, diff)
		}
		if about.Hits != len(lines) || !about.Complete {
			t.Errorf("%s: %+v of %d lines", q, about, len(lines))
		}
	}
}

// Sorted and drawn lines do not depend on how articles came into the corpus.
func TestKWICOrder(t *testing.T) {
	p := newPipeline(t)
	one, many := t.TempDir(), t.TempDir()
	ingestGenerated(t, p, one, 200, IngestOptions{})
	ingestGenerated(t, p, many, 200, IngestOptions{BatchDocuments: 17})
	a, b := openCorpus(t, p, one), openCorpus(t, p, many)
	for _, keys := range concordance.Keys()[1:] {
		order, err := concordance.ParseOrder(keys)
		if err != nil {
			t.Fatal(err)
		}
		o := KWICOptions{Lines: concordance.Options{Order: order, Limit: 40, Sample: 60, Seed: 9}, Window: concordance.Window{Size: 4, Words: true}}
		in, _ := concord(t, a, "党员", o)
		other, about := concord(t, b, "党员", o)
		if diff := cmp.Diff(in, other, cmp.AllowUnexported(concordance.Line{})); diff != "" || len(in) != 40 || about.Hits < 60 {
			t.Errorf("%s: %d lines of %d hits; (-one batch +many)\n%s", keys, len(in), about.Hits, diff)
		}
	}
}

// The first lines are those of all, and a search that ends early says so.
func TestKWICLimit(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 4})
	c := openCorpus(t, p, dir)
	all, about := concord(t, c, "党支部", KWICOptions{Reprints: true})
	for _, limit := range []int{1, 10, len(all) - 1, len(all), len(all) + 1} {
		some, short := concord(t, c, "党支部", KWICOptions{Reprints: true, Lines: concordance.Options{Limit: limit}})
		if diff := cmp.Diff(all[:min(limit, len(all))], some, cmp.AllowUnexported(concordance.Line{})); diff != "" || short.Complete != (limit >= len(all)) {
			t.Errorf("limit %d: %+v: %s", limit, short, diff)
		}
	}
	once, folded := concord(t, c, "党支部", KWICOptions{})
	if folded.Articles != about.Articles-1 || len(once) >= len(all) {
		t.Errorf("reprints once: %+v, else %+v", folded, about)
	}
	if _, err := c.KWIC(t.Context(), "党(", KWICOptions{}, func(concordance.Line) error { return nil }); err == nil {
		t.Error("a wrong query is taken")
	}
	stop := fmt.Errorf("no more")
	_, err := c.KWIC(t.Context(), "党支部", KWICOptions{}, func(concordance.Line) error { return stop })
	if err == nil || !slices.Contains([]error{stop}, err) {
		t.Errorf("the error of emit becomes %v", err)
	}
}

// What a concordance is interrupted in the middle of ends, and says by what.
func TestKWICInterrupted(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 2})
	c := openCorpus(t, p, dir)
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	_, err := c.KWIC(ctx, "党支部", KWICOptions{}, func(concordance.Line) error {
		if n++; n == 3 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%d lines, then %v", n, err)
	}
}

// BenchmarkKWIC sorts 10,000 hits and more.
func BenchmarkKWIC(b *testing.B) {
	p, dir := newPipeline(b), b.TempDir()
	ingestGenerated(b, p, dir, 4000, IngestOptions{BatchDocuments: 1000})
	c, err := p.OpenCorpus(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	o := KWICOptions{Window: concordance.Window{Size: 40}, Lines: concordance.Options{Order: concordance.Order{concordance.R1}, Limit: 10_000}}
	for b.Loop() {
		lines, about := concord(b, c, "党支部 OR 党员 OR 干部", o)
		if len(lines) != o.Lines.Limit {
			b.Fatalf("%d lines: %+v", len(lines), about)
		}
		b.ReportMetric(float64(about.Hits), "hits")
	}
}
