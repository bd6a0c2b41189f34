package pipeline

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/ingest"
)

// arrivals yields rows in any order.
func arrivals(r *rand.Rand, rows []arrival) iter.Seq2[arrival, error] {
	return func(yield func(arrival, error) bool) {
		for _, i := range r.Perm(len(rows)) {
			if !yield(rows[i], nil) {
				return
			}
		}
	}
}

// While batches come, are made anew under later names, and the index follows at
// its own pace, each article is new exactly once.
func TestNewExactlyOnce(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 3))
		var rows []arrival
		var mark table.Timestamp
		seen := map[string]int{}
		manifest, generation := int64(0), int64(0)
		look := func() {
			fresh, err := arrivedSince(arrivals(r, rows), mark, generation)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range fresh {
				seen[a.DocID]++
				mark = a.IngestedAt
			}
		}
		for range 30 {
			switch r.IntN(4) {
			case 0: // a batch comes
				manifest++
				for range r.IntN(3) {
					id := fmt.Sprintf("%032x", len(rows))
					rows = append(rows, arrival{id, fmt.Sprintf("%010d-00000000", manifest), table.Timestamp(10 * manifest)})
				}
			case 1: // some are made anew
				manifest++
				for i := range rows {
					if r.IntN(3) == 0 {
						rows[i].BatchID = fmt.Sprintf("%010d-00000000", manifest)
					}
				}
			case 2:
				generation += r.Int64N(manifest - generation + 1)
			case 3:
				look()
			}
		}
		generation = manifest
		look()
		for _, row := range rows {
			if seen[row.DocID] != 1 {
				t.Fatalf("seed %d: article %s was new %d times", seed, row.DocID, seen[row.DocID])
			}
		}
	}
}

// watched looks at a saved query and moves its mark.
func watched(t *testing.T, p *Pipeline, dir, name string) []string {
	t.Helper()
	c := openCorpus(t, p, dir)
	saved, err := c.NamedQueries([]string{name})
	if err != nil {
		t.Fatal(err)
	}
	news, err := c.Watch(t.Context(), saved[0])
	if err == nil {
		err = c.Seen(t.Context(), []Saved{news.Saved})
	}
	if err != nil {
		t.Fatal(err)
	}
	uris := []string{}
	for _, h := range news.Hits {
		if len(h.Snippets) == 0 || h.Published != "2021-07-03" && h.URI != "hollow" {
			t.Errorf("not as it was printed: %+v", h)
		}
		uris = append(uris, h.URI)
	}
	for _, m := range news.Mentions {
		if uri := news.Articles[m.DocID].URI; !slices.Contains(uris, uri) {
			uris = append(uris, uri)
		}
	}
	slices.Sort(uris)
	return uris
}

// take makes a folder with one article and takes it in.
func take(t *testing.T, p *Pipeline, dir, name, text string) {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, name), []byte("青藤县通报\n\n2021-07-03 来源：青藤日报\n\n"+text), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Ingest(t.Context(), dir, ingest.FS(t.Context(), ingest.Options{}, os.DirFS(folder)), IngestOptions{}); err != nil {
		t.Fatal(err)
	}
}

// What was seen does not become new when its batch is merged or made anew, and
// what came meanwhile is not lost.
func TestWatchSurvivesUpkeep(t *testing.T) {
	p, few, dir := newPipeline(t), fewRules(t), t.TempDir()
	ingestSamples(t, few, dir, IngestOptions{BatchDocuments: 5})
	for _, s := range []Saved{{Name: "articles", Query: "檢查站", For: ForSearch}, {Name: "counts", For: ForMentions}} {
		if err := openCorpus(t, few, dir).Save(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	look := func(step string, p *Pipeline, want ...string) {
		t.Helper()
		want = append([]string{}, want...)
		for _, name := range []string{"articles", "counts"} {
			if diff := cmp.Diff(want, watched(t, p, dir, name)); diff != "" {
				t.Errorf("%s: %s (-want +got):\n%s", step, name, diff)
			}
		}
	}
	look("saved", few)
	take(t, few, dir, "one.txt", "连日暴雨，青藤县设检查站5处，派出干部80余名。")
	look("one more", few, "one.txt")
	look("again", few)
	if _, err := few.Compact(t.Context(), dir, UpkeepOptions{}); err != nil {
		t.Fatal(err)
	}
	look("compacted", few)
	take(t, few, dir, "two.txt", "雨停以后，青藤县设检查站3处，留下干部20名。")
	if _, err := few.Compact(t.Context(), dir, UpkeepOptions{}); err != nil {
		t.Fatal(err)
	}
	reprocessed(t, p, dir, ReprocessOptions{})
	look("made anew before it was seen", p, "two.txt")
	reprocessed(t, few, dir, ReprocessOptions{})
	look("made anew", few)
}

// An article that the index does not know yet is new as soon as it does.
func TestWatchWaitsForTheIndex(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{})
	if err := openCorpus(t, p, dir).Save(t.Context(), Saved{Name: "a", Query: "干部", For: ForSearch}); err != nil {
		t.Fatal(err)
	}
	addRaw(t, p, dir, []byte("anything"))
	if got := watched(t, p, dir, "a"); len(got) > 0 {
		t.Errorf("the index knows %v", got)
	}
	ingestSamples(t, p, dir, IngestOptions{})
	if got := watched(t, p, dir, "a"); len(got) != 1 {
		t.Errorf("new when the index has caught up: %v", got)
	}
}

func TestSavedNames(t *testing.T) {
	p := newPipeline(t)
	for _, name := range []string{"", "a b", "a/b", "a\n", "\x1b[31m", string(make([]rune, 65))} {
		if err := p.CheckSaved(Saved{Name: name, Query: "党", For: ForSearch}); !errors.Is(err, ErrSavedName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{"检查站", "a-b_2"} {
		if err := p.CheckSaved(Saved{Name: name, Query: "党", For: ForSearch}); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// The file of saved queries comes back as it was written, and what is none is
// refused.
func TestSavedFile(t *testing.T) {
	all := []Saved{{Name: "a", Query: "<党> & \"支部\"", For: ForSearch, Manifest: 3, Ingested: 1700000000000001}, {Name: "b", For: ForMentions}}
	data, err := encodeSaved(slices.Clone(all))
	if err != nil {
		t.Fatal(err)
	}
	got, err := decodeSaved(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(all, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := decodeSaved(data[:len(data)/2]); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("half of it: %v", err)
	}
	if _, err := decodeSaved([]byte(`{"format":2}`)); !errors.Is(err, store.ErrNewerFormat) {
		t.Errorf("of another format: %v", err)
	}
}
