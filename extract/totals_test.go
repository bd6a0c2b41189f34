package extract_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/extract"
	"jianbao/extract/number"
)

// count is a mention of a printed number; excluded when by is given.
func count(t *testing.T, category, printed, by string) corpus.Mention {
	t.Helper()
	c, err := number.Parse(printed)
	if err != nil {
		t.Fatal(err)
	}
	return corpus.Mention{Category: category, Count: c, Counted: by == "", ExcludedBy: by}
}

func TestTotals(t *testing.T) {
	none := corpus.Int64{}
	for _, tt := range []struct {
		name          string
		printed       []string // counted
		value, lo, hi corpus.Int64
	}{
		{"exact", []string{"12", "30"}, corpus.Some(42), corpus.Some(42), corpus.Some(42)},
		{"one", []string{"0"}, corpus.Some(0), corpus.Some(0), corpus.Some(0)},
		{"over", []string{"12", "200余"}, corpus.Some(212), corpus.Some(212), corpus.Some(311)},
		{"about has no bounds", []string{"12", "约30"}, corpus.Some(42), corpus.Some(12), none},
		{"under has no lower bound", []string{"12", "近30"}, corpus.Some(42), corpus.Some(12), corpus.Some(42)},
		{"at least has no upper bound", []string{"12", "至少30"}, corpus.Some(42), corpus.Some(42), none},
		{"a range adds to the bounds", []string{"12", "3至5"}, corpus.Some(12), corpus.Some(15), corpus.Some(17)},
		{"a vague one too", []string{"12", "几十"}, corpus.Some(12), corpus.Some(32), corpus.Some(111)},
		{"a masked one leaves no upper bound", []string{"12", "X"}, corpus.Some(12), corpus.Some(12), none},
		{"masked alone", []string{"X", "若干"}, none, none, none},
		{"a range alone", []string{"3至5"}, none, corpus.Some(3), corpus.Some(5)},
		{"about alone", []string{"约30"}, corpus.Some(30), none, none},
	} {
		var mentions []corpus.Mention
		want := extract.Total{Category: "cadre", Value: tt.value, Lo: tt.lo, Hi: tt.hi}
		for i, p := range tt.printed {
			mentions = append(mentions, count(t, "cadre", p, ""))
			want.Counted = append(want.Counted, i)
		}
		if diff := cmp.Diff([]extract.Total{want}, extract.Totals(mentions)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestTotalsListTheirMentions(t *testing.T) {
	mentions := []corpus.Mention{
		count(t, "checkpoint", "12", ""),
		count(t, "cadre", "30", ""),
		count(t, "checkpoint", "3", "subtotal"),
		count(t, "post", "9", "repeat"),
		count(t, "checkpoint", "5", ""),
		count(t, "cadre", "X", "distributive"),
	}
	want := []extract.Total{
		{Category: "checkpoint", Value: corpus.Some(17), Lo: corpus.Some(17), Hi: corpus.Some(17), Counted: []int{0, 4}, Excluded: []extract.Excluded{{2, "subtotal"}}},
		{Category: "cadre", Value: corpus.Some(30), Lo: corpus.Some(30), Hi: corpus.Some(30), Counted: []int{1}, Excluded: []extract.Excluded{{5, "distributive"}}},
		{Category: "post", Excluded: []extract.Excluded{{3, "repeat"}}},
	}
	if diff := cmp.Diff(want, extract.Totals(mentions)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := extract.Totals(nil); got != nil {
		t.Errorf("no mentions give %v", got)
	}
}

// A sum is known up to the largest number that there is.
func TestTotalsThatOverflow(t *testing.T) {
	most := corpus.Some(math.MaxInt64 - 1)
	much := corpus.Mention{Category: "cadre", Count: corpus.Count{Value: most, Lo: most, Hi: most}, Counted: true}
	largest := corpus.Some(math.MaxInt64)
	for printed, want := range map[string]corpus.Int64{"1": largest, "2": {}} {
		got := extract.Totals([]corpus.Mention{much, count(t, "cadre", printed, "")})[0]
		if got.Value != want || got.Lo != want || got.Hi != want {
			t.Errorf("with %s: %+v, want %v", printed, got, want)
		}
	}
}
