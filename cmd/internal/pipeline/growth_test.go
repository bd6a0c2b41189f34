package pipeline

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

func TestGrowth(t *testing.T) {
	start := time.Date(2020, 3, 20, 10, 30, 0, 0, time.UTC)
	var m store.Manifest
	for i, after := range []time.Duration{2 * time.Hour, 0, time.Minute, 3 * 24 * time.Hour} { // not in their order
		m.Batches = append(m.Batches, store.Batch{
			CommittedAt: start.Add(after), Files: map[string]store.File{table.Documents: {Rows: int64(i + 1)}},
		})
	}
	growth := GrowthOf(m)
	var total []int64
	for _, g := range growth {
		total = append(total, g.Documents)
	}
	if diff := cmp.Diff([]int64{2, 5, 6, 10}, total); diff != "" {
		t.Error(diff)
	}
	for most, want := range map[int][]Period{
		9: {{"2020-03-20 10:30", 1, 2, 2}, {"2020-03-20 10:31", 1, 3, 5}, {"2020-03-20 12:30", 1, 1, 6}, {"2020-03-23 10:30", 1, 4, 10}},
		3: {{"2020-03-20 10h", 2, 5, 5}, {"2020-03-20 12h", 1, 1, 6}, {"2020-03-23 10h", 1, 4, 10}},
		2: {{"2020-03-20", 3, 6, 6}, {"2020-03-23", 1, 4, 10}},
		0: {{"2020", 4, 10, 10}},
	} {
		if diff := cmp.Diff(want, Periods(growth, most)); diff != "" {
			t.Errorf("at most %d (-want +got):\n%s", most, diff)
		}
	}
}
