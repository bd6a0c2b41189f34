package pipeline

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/corpus/table"
	"jianbao/ingest"
)

// However many hits there are, they come in the order in which pages show them,
// and end with the error of who takes them.
func TestEachHit(t *testing.T) {
	p, dir, files := newPipeline(t), t.TempDir(), fstest.MapFS{}
	const n = 2*shownAtOnce + 7
	for i := range n {
		files[fmt.Sprintf("%03d.txt", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, "第%d号渡口设卡点%d处，干部%d名值守。", i, i%9+1, i%5+2)}
	}
	if _, err := p.Ingest(t.Context(), dir, ingest.FS(t.Context(), ingest.Options{}, files), IngestOptions{}); err != nil {
		t.Fatal(err)
	}
	c := openCorpus(t, p, dir)
	const q = "渡口 cluster:all"
	var paged, each []string
	for from := 0; from < n; from += 50 {
		answer, err := c.Search(t.Context(), q, SearchOptions{From: from, Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range answer.Hits {
			paged = append(paged, h.DocID)
		}
	}
	answer, err := c.EachHit(t.Context(), q, SearchOptions{Limit: -1}, func(h Hit) error {
		each = append(each, h.DocID)
		return nil
	})
	if err != nil || answer.Total != n || answer.Hits != nil || len(each) != n || !slices.Equal(paged, each) {
		t.Errorf("%d hits of %d, by pages %d: %v", len(each), answer.Total, len(paged), err)
	}
	enough, taken := errors.New("no more"), 0
	_, err = c.EachHit(t.Context(), q, SearchOptions{Limit: -1}, func(Hit) error {
		if taken++; taken == shownAtOnce+3 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || taken != shownAtOnce+3 {
		t.Errorf("after %d hits: %v", taken, err)
	}
}

func TestHitRow(t *testing.T) {
	day, _ := corpus.DateOf(2020, 3, 20)
	hit := Hit{DocID: "a", Title: "题", Score: 1.25, Reprints: 2, Snippets: []Snippet{{"甲党支部", [][2]int{{1, 4}}}, {"乙", nil}}}
	for published, want := range map[string]table.Hit{
		"":                          {},
		"2020-03-20":                {Published: &day},
		"2020-03-20T10:52:00+08:00": {Published: &day, PublishedAt: at(1_584_672_720_000_000)},
		"2020-03-20T00:30:00+08:00": {Published: &day, PublishedAt: at(1_584_635_400_000_000)}, // the day before in UTC
	} {
		hit.Published = published
		want.DocID, want.Title, want.Score, want.Reprints, want.Snippet = "a", "题", 1.25, 2, "甲⟦党支部⟧ … 乙"
		if diff := cmp.Diff(want, hit.Row()); diff != "" {
			t.Errorf("%q (-want +got):\n%s", published, diff)
		}
	}
	if got, want := len(hit.Cells()), len(HitColumns()); got != want {
		t.Errorf("%d cells in %d columns", got, want)
	}
}

func at(us int64) *table.Timestamp {
	t := table.Timestamp(us)
	return &t
}
