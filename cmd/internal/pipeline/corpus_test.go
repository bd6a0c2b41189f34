package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/corpus/sample"
	"jianbao/corpus/store"
	"jianbao/index"
	"jianbao/ingest"
)

func ingestSamples(t *testing.T, p *Pipeline, dir string, opts IngestOptions) Summary {
	t.Helper()
	sum, err := p.Ingest(t.Context(), dir, ingest.FS(t.Context(), ingest.Options{}, sample.FS()), opts)
	if err != nil {
		t.Fatal(err)
	}
	if sum.Read != sum.Committed+sum.Present+sum.Quarantined {
		t.Fatalf("read is not the sum of the rest: %+v", sum)
	}
	return sum
}

func openCorpus(t *testing.T, p *Pipeline, dir string) *Corpus {
	t.Helper()
	c, err := p.OpenCorpus(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// found is the addresses of the hits of a query, in their order.
func found(t *testing.T, c *Corpus, q string) []string {
	t.Helper()
	answer, err := c.Search(t.Context(), q, SearchOptions{Limit: -1})
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	if answer.Total != len(answer.Hits) {
		t.Errorf("%s: %d hits of %d", q, len(answer.Hits), answer.Total)
	}
	var out []string
	for _, h := range answer.Hits {
		out = append(out, h.URI)
	}
	return out
}

func TestSearchInEitherScript(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{})
	c := openCorpus(t, p, dir)
	hans, hant := found(t, c, "临时党支部"), found(t, c, "臨時黨支部")
	if diff := cmp.Diff(hans, hant); diff != "" || len(hans) < 14 {
		t.Errorf("%d articles; the scripts differ:\n%s", len(hans), diff)
	}
	answer, err := c.Search(t.Context(), "臨時黨支部", SearchOptions{Limit: -1})
	if err != nil {
		t.Fatal(err)
	}
	printed := map[string]bool{}
	for _, h := range answer.Hits {
		if len(h.Snippets) == 0 {
			t.Errorf("%s: no snippet", h.URI)
		}
		for _, s := range h.Snippets {
			if len(s.Highlights) == 0 {
				t.Errorf("%s: a snippet without a hit: %q", h.URI, s.Text)
			}
			for _, x := range s.Highlights {
				hit := string([]rune(s.Text)[x[0]:x[1]])
				if fold(hit) != "临时党支部" {
					t.Errorf("%s: highlighted %q", h.URI, hit)
				}
				printed[hit] = true
			}
		}
	}
	for _, form := range []string{"临时党支部", "臨時黨支部", "臨時党支部"} {
		if !printed[form] {
			t.Errorf("no hit as printed in %s: %v", form, printed)
		}
	}
}

func TestBatchesDoNotMatter(t *testing.T) {
	p := newPipeline(t)
	one, many := t.TempDir(), t.TempDir()
	if sum := ingestSamples(t, p, one, IngestOptions{}); sum.Batches != 1 || sum.Duplicate != 1 {
		t.Errorf("one batch and one reprint: %+v", sum)
	}
	if sum := ingestSamples(t, p, many, IngestOptions{BatchDocuments: 4, Workers: 3}); sum.Batches != 5 {
		t.Errorf("five batches: %+v", sum)
	}
	a, b := openCorpus(t, p, one), openCorpus(t, p, many)
	for _, q := range []string{"临时党支部", "干部", "title:扶贫", "category:checkpoint", "\"第一书记\""} {
		if diff := cmp.Diff(found(t, a, q), found(t, b, q)); diff != "" {
			t.Errorf("%s:\n%s", q, diff)
		}
	}
}

// The index is derived: when it is lost or behind, the next run brings it back
// from the tables.
func TestIndexCatchesUp(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 6})
	before := found(t, openCorpus(t, p, dir), "干部")

	if err := os.RemoveAll(filepath.Join(dir, indexDir)); err != nil {
		t.Fatal(err)
	}
	if _, err := openCorpus(t, p, dir).Search(t.Context(), "干部", SearchOptions{Limit: 1}); !errors.Is(err, index.ErrNoIndex) {
		t.Errorf("a search without an index: %v", err)
	}
	if sum := ingestSamples(t, p, dir, IngestOptions{}); sum.Present != sum.Read {
		t.Errorf("%+v", sum)
	}
	if diff := cmp.Diff(before, found(t, openCorpus(t, p, dir), "干部")); diff != "" {
		t.Errorf("lost index:\n%s", diff)
	}

	w, err := store.OpenWriter(t.Context(), dir, store.WriterOptions{Fold: fold})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := p.Document(&corpus.Raw{Bytes: []byte("新来的干部到了双塔村。"), UTF8: true, Media: corpus.Text})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Add(t.Context(), doc, corpus.Sighting{URI: "late"}), w.Commit(t.Context()), w.Close()); err != nil {
		t.Fatal(err)
	}
	c := openCorpus(t, p, dir)
	if answer, err := c.Search(t.Context(), "双塔村", SearchOptions{Limit: 1}); err != nil || answer.Lag != 1 || answer.Total != 0 {
		t.Errorf("an index that is behind: %+v, %v", answer, err)
	}
	ingestSamples(t, p, dir, IngestOptions{})
	if diff := cmp.Diff([]string{"late"}, found(t, openCorpus(t, p, dir), "双塔村")); diff != "" {
		t.Errorf("index that was behind:\n%s", diff)
	}
}

// A reader that is open while a writer commits keeps what it opened; a new one
// sees each commit as soon as it is there.
func TestReadersDoNotWait(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{})
	old := openCorpus(t, p, dir)
	total := len(found(t, old, "临时党支部"))
	commits := 0
	docs := generated(30)
	_, err := p.Ingest(t.Context(), dir, docs, IngestOptions{BatchDocuments: 10, Progress: func(s Summary) {
		if s.Batches == commits {
			return
		}
		commits = s.Batches
		c, err := p.OpenCorpus(dir)
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close()
		answer, err := c.Search(t.Context(), "临时党支部", SearchOptions{Limit: -1})
		if err != nil || answer.Total != total+10*commits || answer.Lag != 0 {
			t.Errorf("after %d commits: %d of %d, lag %d, %v", commits, answer.Total, total+10*commits, answer.Lag, err)
		}
	}})
	if err != nil || commits != 3 {
		t.Fatalf("%d commits, %v", commits, err)
	}
	if got := len(found(t, old, "临时党支部")); got != total {
		t.Errorf("the old reader sees %d articles, it opened %d", got, total)
	}
}

// generated are articles of one sentence.
func generated(n int) iter.Seq2[*corpus.Raw, error] {
	return func(yield func(*corpus.Raw, error) bool) {
		for i := range n {
			text := fmt.Sprintf("第%d期简报：全县建立临时党支部%d个。", i, i+3)
			if !yield(&corpus.Raw{Bytes: []byte(text), UTF8: true, Media: corpus.Text, URI: fmt.Sprint(i)}, nil) {
				return
			}
		}
	}
}

func TestInterruptedRunKeepsWhatItRead(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	sum, err := p.Ingest(ctx, dir, generated(5000), IngestOptions{BatchDocuments: 50, Progress: func(s Summary) {
		if s.Read == 120 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("%+v, %v", sum, err)
	}
	c := openCorpus(t, p, dir)
	if got := c.Store().Manifest().Counts.Documents; got < 120 || got != int64(sum.Committed) || sum.Read != sum.Committed {
		t.Errorf("%d documents in the corpus, summary %+v", got, sum)
	}
	if got := len(found(t, c, "临时党支部")); got != sum.Committed {
		t.Errorf("%d documents in the index, summary %+v", got, sum)
	}
}

func TestTotals(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	text := "全县设检查站12处，其中省界检查站3处。各镇每个检查站派2名干部。"
	docs := func(yield func(*corpus.Raw, error) bool) {
		yield(&corpus.Raw{Bytes: []byte(text), UTF8: true, Media: corpus.Text, URI: "a"}, nil)
	}
	if _, err := p.Ingest(t.Context(), dir, docs, IngestOptions{}); err != nil {
		t.Fatal(err)
	}
	totals, err := openCorpus(t, p, dir).Totals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Total{"checkpoint": {Sum: corpus.Some(12), Mentions: 2}, "cadre": {Mentions: 1}}
	if diff := cmp.Diff(want, totals[0].Totals); diff != "" {
		t.Error(diff)
	}
}

func TestRecordAndHintsAreKept(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	line := `{"id":7,"text":"全县设检查站12处。","title":"题","source":"报","date":"2021-02-03 08:09:10","url":"http://a.example/x","lang":"zh"}`
	docs := ingest.Read(t.Context(), ingest.Options{Format: ingest.JSONL}, strings.NewReader(line), ingest.Stdin)
	if _, err := p.Ingest(t.Context(), dir, docs, IngestOptions{}); err != nil {
		t.Fatal(err)
	}
	for d, err := range openCorpus(t, p, dir).Store().Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		var record map[string]any
		if err := json.Unmarshal(d.Record, &record); err != nil || record["lang"] != "zh" {
			t.Errorf("record %s, %v", d.Record, err)
		}
		if d.Title != "题" || d.Source != "报" || d.Moment().String() != "2021-02-03T08:09:10+08:00" {
			t.Errorf("%q %q %s", d.Title, d.Source, d.Moment())
		}
	}
}

// clustersOf is, for every address, the first address of its cluster.
func clustersOf(t *testing.T, c *Corpus) map[string]string {
	t.Helper()
	totals, err := c.Totals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	uri := map[string]string{}
	for _, a := range totals {
		uri[a.DocID] = a.URI
	}
	out := map[string]string{}
	for _, a := range totals {
		out[a.URI] = uri[a.Cluster]
	}
	return out
}

// Reprints fall together in whatever script and however the articles arrived.
func TestReprints(t *testing.T) {
	p := newPipeline(t)
	one, many := t.TempDir(), t.TempDir()
	ingestSamples(t, p, one, IngestOptions{})
	backwards := func(yield func(*corpus.Raw, error) bool) {
		for _, raw := range slices.Backward(samples(t)) {
			if !yield(raw, nil) {
				return
			}
		}
	}
	for range 2 { // the second run finds all grouped
		if _, err := p.Ingest(t.Context(), many, backwards, IngestOptions{BatchDocuments: 5}); err != nil {
			t.Fatal(err)
		}
	}
	got := clustersOf(t, openCorpus(t, p, one))
	if diff := cmp.Diff(got, clustersOf(t, openCorpus(t, p, many))); diff != "" {
		t.Errorf("the order of arrival shows:\n%s", diff)
	}
	for uri, leader := range got {
		want := uri
		if uri == "16-reprint-traditional.txt" {
			want = "15-reprint-simplified.txt"
		}
		if leader != want {
			t.Errorf("%s is taken for a reprint of %s", uri, leader)
		}
	}
}
