package pipeline

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// asked are queries whose answers must survive whatever is done to a corpus.
var asked = []string{"临时党支部", "干部", "title:扶贫", "category:checkpoint", "\"第一书记\""}

func answers(t *testing.T, c *Corpus) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, q := range asked {
		all[q] = found(t, c, q)
	}
	return all
}

// modified is when a file or folder was changed last.
func modified(t *testing.T, path string) string {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.ModTime().String()
}

// After a compaction index and clusters are what they were, to the byte, and
// count as up to date; the next run keeps them.
func TestCompactLeavesWhatIsDerived(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 4})
	before, groups := answers(t, openCorpus(t, p, dir)), clustersOf(t, openCorpus(t, p, dir))
	index, clusters := modified(t, filepath.Join(dir, indexDir)), modified(t, filepath.Join(dir, clustersFile))
	sum, err := p.Compact(t.Context(), dir, UpkeepOptions{RunID: "r", Grace: -1})
	if err != nil || sum.Merged != 5 || sum.Batches != 1 {
		t.Fatalf("%+v, %v", sum, err)
	}
	ingestSamples(t, p, dir, IngestOptions{})
	if modified(t, filepath.Join(dir, indexDir)) != index || modified(t, filepath.Join(dir, clustersFile)) != clusters {
		t.Error("index or clusters were made anew")
	}
	c := openCorpus(t, p, dir)
	if diff := cmp.Diff(before, answers(t, c)); diff != "" {
		t.Error(diff)
	}
	if answer, err := c.Search(t.Context(), "干部", SearchOptions{Limit: 1}); err != nil || answer.Lag != 0 {
		t.Errorf("lag %d, %v", answer.Lag, err)
	}

	// The next grouping uses the merged run.
	id := c.Store().Manifest().Batches[0].ID
	run := filepath.Join(dir, clustersDir, id+runSuffix)
	made := modified(t, run)
	if _, err := p.Ingest(t.Context(), dir, generated(3), IngestOptions{}); err != nil {
		t.Fatal(err)
	}
	if modified(t, run) != made {
		t.Error("the run of the merged batch was made anew")
	}
	after := clustersOf(t, openCorpus(t, p, dir))
	for uri, leader := range groups {
		if after[uri] != leader {
			t.Errorf("%s was with %s, is with %s", uri, leader, after[uri])
		}
	}
}

// A run that commits many small batches merges them, unless it is told not to.
func TestIngestMerges(t *testing.T) {
	p := newPipeline(t)
	for _, c := range []struct{ fan, most, least int }{{4, 8, 1}, {-1, 20, 20}} {
		dir := t.TempDir()
		sum, err := p.Ingest(t.Context(), dir, generated(40), IngestOptions{BatchDocuments: 2, Fan: c.fan})
		if err != nil {
			t.Fatal(err)
		}
		opened := openCorpus(t, p, dir)
		if n := len(opened.Store().Manifest().Batches); sum.Batches != 20 || n > c.most || n < c.least {
			t.Errorf("fan %d: %d live batches of %d", c.fan, n, sum.Batches)
		}
		if n := len(found(t, opened, "临时党支部")); n != 40 {
			t.Errorf("fan %d: %d articles are found", c.fan, n)
		}
	}
}
