package pipeline

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus/table"
	"jianbao/index"
)

// reprintsIn are the reprints that a search in dir uses, and whether they were
// read from the file beside the index. They must be those of the clusters.
func reprintsIn(t *testing.T, p *Pipeline, dir string) (out *index.Reprints, saved bool) {
	t.Helper()
	c := openCorpus(t, p, dir)
	idx, err := c.Index()
	if err != nil {
		t.Fatal(err)
	}
	if out, err = c.openReprints(t.Context(), idx); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, clustersFile)
	want, err := idx.Reprints(t.Context(), reprintRows(path))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(out, want) {
		t.Errorf("searches fold %+v, the clusters say %+v", out, want)
	}
	stamp, err := table.StampFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, saved = idx.SavedReprints(stamp)
	return out, saved
}

// reprintsPath is the file beside the newest generation.
func reprintsPath(t *testing.T, p *Pipeline, dir string) string {
	t.Helper()
	idx, err := openCorpus(t, p, dir).Index()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(idx.Path(), index.ReprintsFile)
}

// Whatever is done to a corpus, searches that begin with it find its reprints
// beside the index, and they are those of its clusters.
func TestReprintsAreSaved(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 4})
	first, saved := reprintsIn(t, p, dir)
	if !saved {
		t.Error("ingest: they are not saved")
	}
	id := idOf(t, openCorpus(t, p, dir), "临时党支部 cluster:all", "15-reprint-simplified.txt")
	forget := func(grace UpkeepOptions, ids ...string) func() error {
		return func() error {
			_, err := p.Forget(t.Context(), dir, ids, grace)
			return err
		}
	}
	steps := []struct {
		name string
		do   func() error
	}{
		{"ingest more", func() error {
			_, err := p.Ingest(t.Context(), dir, generated(9), IngestOptions{BatchDocuments: 2, Fan: 4})
			return err
		}},
		{"compact", func() error { _, err := p.Compact(t.Context(), dir, UpkeepOptions{}); return err }},
		{"rebuild", func() error { _, err := p.RebuildIndex(t.Context(), dir, UpkeepOptions{}); return err }},
		{"reprocess", func() error {
			p = fewRules(t)
			_, err := p.Reprocess(t.Context(), dir, ReprocessOptions{})
			return err
		}},
		{"forget", forget(UpkeepOptions{}, id)},
		{"forget now", forget(UpkeepOptions{Grace: -1}, id)},
	}
	for _, step := range steps {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if _, saved := reprintsIn(t, p, dir); !saved {
			t.Errorf("%s: they are not saved", step.name)
		}
	}
	if last, _ := reprintsIn(t, p, dir); reflect.DeepEqual(first, last) {
		t.Error("a forgotten article is still a reprint")
	}
}

// A file that is missing, damaged or left of other clusters changes no answer,
// and the next command that writes puts it right, though it has nothing to add.
func TestReprintsSpoiled(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{})
	older, err := os.ReadFile(reprintsPath(t, p, dir))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Ingest(t.Context(), dir, generated(9), IngestOptions{}); err != nil {
		t.Fatal(err)
	}
	path := reprintsPath(t, p, dir)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := answers(t, openCorpus(t, p, dir))
	for name, spoil := range map[string]func() error{
		"missing":           func() error { return os.Remove(path) },
		"cut":               func() error { return os.WriteFile(path, sound[:len(sound)-5], 0o644) },
		"empty":             func() error { return os.WriteFile(path, nil, 0o644) },
		"flipped":           func() error { b := bytes.Clone(sound); b[len(b)-9] ^= 4; return os.WriteFile(path, b, 0o644) },
		"of other clusters": func() error { return os.WriteFile(path, older, 0o644) },
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path+".tmp", sound[:7], 0o644); err != nil { // a writer was killed
			t.Fatal(err)
		}
		if _, saved := reprintsIn(t, p, dir); saved {
			t.Errorf("%s: it is read", name)
		}
		if diff := cmp.Diff(want, answers(t, openCorpus(t, p, dir))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		ingestSamples(t, p, dir, IngestOptions{})
		if b, err := os.ReadFile(path); err != nil || !bytes.Equal(b, sound) {
			t.Errorf("%s: it was not made again: %v", name, err)
		}
	}
}

// A writer that was killed between index and clusters leaves clusters that are
// behind the index, or an index that is behind the clusters: searches fold by
// the clusters that are there, and the next writer brings all in step.
func TestReprintsOutOfStep(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	if _, err := p.Ingest(t.Context(), dir, generated(9), IngestOptions{}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, clustersFile)
	older, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	ingestSamples(t, p, dir, IngestOptions{}) // with a reprint
	want, _ := reprintsIn(t, p, dir)
	if err := os.WriteFile(path, older, 0o644); err != nil {
		t.Fatal(err)
	}
	if got, saved := reprintsIn(t, p, dir); saved || reflect.DeepEqual(got, want) {
		t.Error("reprints of clusters that are not there are used")
	}
	ingestSamples(t, p, dir, IngestOptions{})
	if got, saved := reprintsIn(t, p, dir); !saved || !reflect.DeepEqual(got, want) {
		t.Errorf("the next ingest: saved %v, %+v, want %+v", saved, got, want)
	}
	if err := os.RemoveAll(filepath.Dir(reprintsPath(t, p, dir))); err != nil { // the generation before is the newest
		t.Fatal(err)
	}
	if _, saved := reprintsIn(t, p, dir); saved {
		t.Error("reprints of another generation are used")
	}
	ingestSamples(t, p, dir, IngestOptions{})
	if _, saved := reprintsIn(t, p, dir); !saved {
		t.Error("the next ingest does not save them")
	}
}

// Damaged clusters keep nobody from writing: they are for the searches to
// report.
func TestReprintsOfDamagedClusters(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{})
	path := filepath.Join(dir, clustersFile)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clear(b[4:200])
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := p.RebuildIndex(t.Context(), dir, UpkeepOptions{}); err != nil {
		t.Errorf("rebuild: %v", err)
	}
	ingestSamples(t, p, dir, IngestOptions{})
	if _, err := openCorpus(t, p, dir).Search(t.Context(), "干部", SearchOptions{}); err == nil {
		t.Error("searches fold by clusters that cannot be read")
	}
}

// Reprints are grouped after their batch was committed and indexed: a corpus
// that was opened between is outdated then.
func TestOutdatedByGrouping(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{})
	path := filepath.Join(dir, clustersFile)
	grouped, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	outdated := func(c *Corpus) bool {
		t.Helper()
		yes, err := c.Outdated()
		if err != nil {
			t.Fatal(err)
		}
		return yes
	}
	c := openCorpus(t, p, dir)
	if outdated(c) {
		t.Error("outdated though nothing happened")
	}
	if err := os.WriteFile(path, grouped, 0o644); err != nil {
		t.Fatal(err)
	}
	if !outdated(c) {
		t.Error("not outdated though reprints were grouped")
	}
	if outdated(openCorpus(t, p, dir)) {
		t.Error("what was opened anew is outdated")
	}
}
