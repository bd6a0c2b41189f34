package pipeline

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus/store"
	"jianbao/index"
)

// idOf is the doc_id of the hit of a query with that address.
func idOf(t *testing.T, c *Corpus, q, uri string) string {
	t.Helper()
	answer, err := c.Search(t.Context(), q, SearchOptions{Limit: -1})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range answer.Hits {
		if h.URI == uri {
			return h.DocID
		}
	}
	t.Fatalf("%s does not find %s", q, uri)
	return ""
}

// A forgotten article is in no table, no index and no cluster, and does not come
// back when it is crawled again.
func TestForget(t *testing.T) {
	const leader = "15-reprint-simplified.txt"
	for _, c := range []struct {
		name string
		opts UpkeepOptions
	}{{"with grace", UpkeepOptions{}}, {"now", UpkeepOptions{Grace: -1}}} {
		p, dir := newPipeline(t), t.TempDir()
		ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 5})
		old := openCorpus(t, p, dir)
		before := found(t, old, "临时党支部 cluster:all")
		id := idOf(t, old, "临时党支部 cluster:all", leader)
		sum, err := p.Forget(t.Context(), dir, []string{id}, c.opts)
		if err != nil || sum.Forgotten != 1 || sum.Documents != 17 {
			t.Fatalf("%s: %+v, %v", c.name, sum, err)
		}
		if again := ingestSamples(t, p, dir, IngestOptions{}); again.Present != again.Read {
			t.Errorf("%s: it is crawled again: %+v", c.name, again)
		}
		opened := openCorpus(t, p, dir)
		want := slices.DeleteFunc(before, func(uri string) bool { return uri == leader })
		if got := found(t, opened, "临时党支部 cluster:all"); !slices.Equal(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got))) {
			t.Errorf("%s: found %v", c.name, got)
		}
		if _, err := opened.Store().Document(t.Context(), id); !errors.Is(err, store.ErrNoDocument) {
			t.Errorf("%s: %v", c.name, err)
		}
		groups := clustersOf(t, opened)
		if _, there := groups[leader]; there || groups["16-reprint-traditional.txt"] != "16-reprint-traditional.txt" {
			t.Errorf("%s: clusters %v", c.name, groups)
		}
		if sum, err := p.Forget(t.Context(), dir, []string{id}, c.opts); err != nil || sum.Forgotten != 0 {
			t.Errorf("%s: forgotten twice: %+v, %v", c.name, sum, err)
		}
		generations, err := filepath.Glob(filepath.Join(dir, indexDir, "gen-*"))
		if err != nil || (len(generations) == 1) != (c.opts.Grace < 0) {
			t.Errorf("%s: generations %v, %v", c.name, generations, err)
		}
	}
}

// Nothing of a corpus is left when all of it is forgotten.
func TestForgetEverything(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	if _, err := p.Ingest(t.Context(), dir, generated(2), IngestOptions{}); err != nil {
		t.Fatal(err)
	}
	c := openCorpus(t, p, dir)
	ids := []string{idOf(t, c, "临时党支部", "0"), idOf(t, c, "临时党支部", "1")}
	if _, err := p.Forget(t.Context(), dir, ids, UpkeepOptions{Grace: -1}); err != nil {
		t.Fatal(err)
	}
	after := openCorpus(t, p, dir)
	if hits, groups := found(t, after, "临时党支部"), clustersOf(t, after); len(hits) != 0 || len(groups) != 0 {
		t.Errorf("found %v, clusters %v", hits, groups)
	}
	left, err := after.clusters()
	if err != nil || len(left) != 0 {
		t.Errorf("clusters.parquet has %v, %v", left, err)
	}
}

func TestUpkeepNeedsACorpus(t *testing.T) {
	p, dir := newPipeline(t), filepath.Join(t.TempDir(), "none")
	_, compact := p.Compact(t.Context(), dir, UpkeepOptions{})
	_, forget := p.Forget(t.Context(), dir, []string{"x"}, UpkeepOptions{})
	_, reprocess := p.Reprocess(t.Context(), dir, ReprocessOptions{})
	_, rebuild := p.RebuildIndex(t.Context(), dir, UpkeepOptions{})
	for _, err := range []error{compact, forget, reprocess, rebuild} {
		if !errors.Is(err, store.ErrNotCorpus) {
			t.Errorf("no corpus: %v", err)
		}
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a corpus was made: %v", err)
	}
}

// An index that was built anew finds what the old one found; one that is
// interrupted leaves the old one, and the next run completes it.
func TestRebuildIndex(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 5})
	before := answers(t, openCorpus(t, p, dir))
	generation := func() int64 {
		n, err := index.Latest(filepath.Join(dir, indexDir))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	number := generation()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	u, err := p.openUpkeep(t.Context(), dir, UpkeepOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.indexer.makeAnew(ctx, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if err := u.close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, answers(t, openCorpus(t, p, dir))); diff != "" || generation() != number {
		t.Errorf("an interrupted rebuild changed what is found:\n%s", diff)
	}
	if _, err := p.Ingest(t.Context(), dir, generated(3), IngestOptions{}); err != nil {
		t.Fatal(err)
	}
	more := answers(t, openCorpus(t, p, dir))
	if len(more["临时党支部"]) != len(before["临时党支部"])+3 {
		t.Errorf("after an interrupted rebuild and a run: %v", more)
	}
	sum, err := p.RebuildIndex(t.Context(), dir, UpkeepOptions{})
	if err != nil || sum.Documents != 21 || sum.Manifest != generation() {
		t.Errorf("%+v, %v", sum, err)
	}
	if diff := cmp.Diff(more, answers(t, openCorpus(t, p, dir))); diff != "" {
		t.Errorf("rebuilt (-before +after):\n%s", diff)
	}
}
