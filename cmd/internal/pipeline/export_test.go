package pipeline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/corpus/release"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/index/query"
)

// exported is a release read back.
type exported struct {
	about     release.About
	documents []table.Released
	mentions  []table.Mention
	summary   []table.Summary
}

func export(t *testing.T, c *Corpus, o ExportOptions) exported {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "release")
	about, err := c.Export(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return exported{
		about:     about,
		documents: released[table.Released](t, dir, about),
		mentions:  released[table.Mention](t, dir, about),
		summary:   released[table.Summary](t, dir, about),
	}
}

// released are the rows of a table of a release, in the order of its parts.
func released[T table.Row[T]](t *testing.T, dir string, about release.About) (rows []T) {
	t.Helper()
	for _, x := range about.Tables {
		if x.Name != table.Name[T]() {
			continue
		}
		for _, part := range x.Parts {
			for row, err := range table.ReadFile[T](filepath.Join(dir, part.Path)) {
				if err != nil {
					t.Fatal(err)
				}
				rows = append(rows, row)
			}
		}
	}
	return rows
}

func docIDs(documents []table.Released) []string {
	ids := []string{}
	for _, d := range documents {
		ids = append(ids, d.DocID)
	}
	slices.Sort(ids)
	return ids
}

// A release holds the stored rows, all of them, with what is joined to them.
func TestExportIsWhole(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 5})
	c := openCorpus(t, p, dir)
	got := export(t, c, ExportOptions{CSV: true})
	counts := c.Store().Manifest().Counts
	want := map[string]int64{
		"documents": counts.Documents, "mentions": counts.Mentions, "edits": counts.Edits, "sentences": counts.Sentences, "sightings": counts.Sightings,
	}
	for _, x := range got.about.Tables {
		if n, ok := want[x.Name]; ok && n != x.Rows {
			t.Errorf("%s: %d rows, the corpus has %d", x.Name, x.Rows, n)
		}
	}
	clusters, err := c.clusters()
	if err != nil {
		t.Fatal(err)
	}
	stored := map[string]table.Document{}
	for d, err := range c.Store().Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		stored[d.DocID] = d
	}
	representatives := 0
	for _, d := range got.documents {
		if diff := cmp.Diff(stored[d.DocID], d.Document); diff != "" {
			t.Errorf("(-stored +released):\n%.500s", diff)
		}
		if d.Hans != fold(d.Text) || d.ClusterID != clusters[d.DocID].ClusterID || d.ClusterKind != clusters[d.DocID].Kind || d.ClusterKind == "" {
			t.Errorf("%s: cluster %s of %s, kind %q", d.DocID, d.ClusterID, clusters[d.DocID].ClusterID, d.ClusterKind)
		}
		if d.Representative {
			representatives++
		}
		if d.Representative != (d.ClusterID == d.DocID) {
			t.Errorf("%s: in a whole release the leaders are the representatives", d.DocID)
		}
	}
	if n, err := c.Clusters(); err != nil || int64(representatives) != n {
		t.Errorf("%d representatives, %d clusters, %v", representatives, n, err)
	}
	if got.about.Manifest != c.Store().Manifest().Number || got.about.ClustersManifest != got.about.Manifest || got.about.Ungrouped != 0 ||
		len(got.about.Pipelines) != 1 || got.about.Pipelines[0].Fingerprint != p.Fingerprint() || got.about.Query != nil {
		t.Errorf("%+v", got.about)
	}
}

// The summary is what its documentation says, counted another way.
func TestSummary(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 5})
	got := export(t, openCorpus(t, p, dir), ExportOptions{})
	representative := map[string]bool{}
	for _, d := range got.documents {
		representative[d.DocID] = d.Representative
	}
	type key struct{ place, adcode, month, category string }
	want, articles, unbounded := map[key]table.Summary{}, map[key]map[string]bool{}, map[key]bool{}
	add := func(sum **int64, n *int64) {
		if n == nil {
			return
		}
		if *sum == nil {
			*sum = new(int64)
		}
		**sum += *n
	}
	for _, m := range got.mentions {
		if !m.Counted || !representative[m.DocID] {
			continue
		}
		k := key{m.Place, m.Adcode, "", m.Category}
		row := want[k]
		if m.Published != nil {
			k.month = m.Published.String()[:len("2021-03")]
			first, _ := corpus.DateOf(m.Published.Time().Year(), int(m.Published.Time().Month()), 1)
			row = want[k]
			row.Month = &first
		}
		if articles[k] == nil {
			articles[k] = map[string]bool{}
		}
		articles[k][m.DocID] = true
		row.Place, row.Adcode, row.Category, row.Articles = m.Place, m.Adcode, m.Category, int64(len(articles[k]))
		row.Mentions++
		if m.Value != nil {
			row.Valued++
		}
		add(&row.Total, m.Value)
		add(&row.Lo, m.Lo)
		add(&row.Hi, m.Hi)
		unbounded[k] = unbounded[k] || m.Hi == nil
		want[k] = row
	}
	var rows []table.Summary
	for k, row := range want {
		if unbounded[k] {
			row.Hi = nil
		}
		rows = append(rows, row)
	}
	table.Sort(rows)
	table.Sort(got.summary)
	if diff := cmp.Diff(rows, got.summary); diff != "" {
		t.Errorf("(-want +got):\n%.2000s", diff)
	}
}

// An export of a query has every article that a search finds, and nothing of
// any other.
func TestExportOfQuery(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 5})
	c := openCorpus(t, p, dir)
	for _, q := range []string{"臨時黨支部", "检查站 -防汛", "category:checkpoint", "没有这个词"} {
		answer, err := c.Search(t.Context(), q+" cluster:all", SearchOptions{Limit: -1})
		if err != nil {
			t.Fatal(err)
		}
		want := []string{}
		for _, h := range answer.Hits {
			want = append(want, h.DocID)
		}
		slices.Sort(want)
		got := export(t, c, ExportOptions{Query: q})
		if diff := cmp.Diff(want, docIDs(got.documents)); diff != "" {
			t.Errorf("%s (-found +exported):\n%s", q, diff)
		}
		for _, m := range got.mentions {
			if !slices.Contains(want, m.DocID) {
				t.Errorf("%s: a mention of %s", q, m.DocID)
			}
		}
		if got.about.Query.Typed != q || got.about.Query.Parsed+" AND cluster:all" != answer.Parsed || got.about.Query.IndexManifest != got.about.Manifest {
			t.Errorf("%+v", got.about.Query)
		}
	}
	var syntax *query.SyntaxError
	if _, err := c.Export(t.Context(), filepath.Join(t.TempDir(), "r"), ExportOptions{Query: "(党"}); !errors.As(err, &syntax) {
		t.Errorf("a wrong query: %v", err)
	}
}

func TestExportOfDays(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{})
	c := openCorpus(t, p, dir)
	all := export(t, c, ExportOptions{}).documents
	// 15-reprint-simplified.txt and its reprint of two days later.
	first, _ := corpus.DateOf(2022, 10, 12)
	later := first + 2
	for name, o := range map[string]ExportOptions{
		"one day": {Since: &first, Until: &first}, "from": {Since: &later}, "to": {Until: &first}, "both": {Since: &first, Until: &later},
	} {
		want := []string{}
		for _, d := range all {
			if day := d.Published; day != nil && (o.Since == nil || *day >= *o.Since) && (o.Until == nil || *day <= *o.Until) {
				want = append(want, d.DocID)
			}
		}
		slices.Sort(want)
		got := export(t, c, o)
		if diff := cmp.Diff(want, docIDs(got.documents)); diff != "" || len(want) == 0 || len(want) == len(all) {
			t.Errorf("%s: %d articles (-want +got):\n%s", name, len(want), diff)
		}
	}
	// The leader stays out: the reprint stands for the cluster.
	for _, d := range export(t, c, ExportOptions{Since: &later}).documents {
		if !d.Representative {
			t.Errorf("%s is the only one of its cluster here", d.DocID)
		}
		if *d.Published == later && (d.ClusterID == d.DocID || d.ClusterSize != 2 || d.Similarity > 1 || d.Similarity < 0.7) {
			t.Errorf("cluster of the reprint: %+v", d.ClusterID)
		}
	}
}

// Articles that came since the last grouping are their own cluster, and a query
// is refused while the index misses them.
func TestExportBeforeGrouping(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{})
	commitWithoutIndex(t, dir)
	c := openCorpus(t, p, dir)
	got := export(t, c, ExportOptions{})
	if got.about.Ungrouped != 1 || got.about.ClustersManifest != got.about.Manifest-1 {
		t.Errorf("%+v", got.about)
	}
	for _, d := range got.documents {
		if d.Title == "late" && (d.ClusterKind != "" || d.ClusterID != d.DocID || d.ClusterSize != 1 || !d.Representative) {
			t.Errorf("%+v", d)
		}
	}
	out := filepath.Join(t.TempDir(), "r")
	if _, err := c.Export(t.Context(), out, ExportOptions{Query: "党支部"}); err == nil {
		t.Error("an index that is behind was used")
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("a failed export left something: %v", err)
	}
}

// commitWithoutIndex adds an article as a run does that is killed before it
// indexes.
func commitWithoutIndex(t *testing.T, dir string) {
	t.Helper()
	w, err := store.OpenWriter(t.Context(), dir, store.WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	doc := &corpus.Document{ID: corpus.DocID([]byte("late")), Title: "late", RawText: "党支部", Text: "党支部"}
	if err := errors.Join(w.Add(t.Context(), doc, corpus.Sighting{URI: "late"}), w.Commit(t.Context()), w.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestInterruptedExportLeavesNothing(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 5})
	c := openCorpus(t, p, dir)
	parent := t.TempDir()
	// Canceled before it begins, and after each further look at the context.
	for after := range 40 {
		ctx := &countdown{Context: t.Context(), left: after}
		_, err := c.Export(ctx, filepath.Join(parent, "r"), ExportOptions{Tables: []string{"documents", "summary"}})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("after %d looks: %v", after, err)
		}
		if left, err := os.ReadDir(parent); err != nil || len(left) != 0 {
			t.Fatalf("after %d looks: left behind %v, %v", after, left, err)
		}
	}
}

// countdown is a context that is canceled after so many looks at it.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return c.Context.Err()
}
