package pipeline

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

// What an overview adds up and lists is what Sums and Mentions say.
func TestOverviewIsWhatTheCommandsSay(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 5})
	c := openCorpus(t, p, dir)
	day, _ := corpus.DateOf(2021, 1, 1)
	for name, o := range map[string]MentionOptions{
		"all":          {},
		"a query":      {Query: "臨時黨支部 OR 秋收"},
		"a place":      {Filter: MentionFilter{Place: "岚溪县"}},
		"a time":       {Since: &day},
		"values":       {Filter: MentionFilter{Min: pointer(int64(20)), Max: pointer(int64(500)), Categories: []string{"branch", "checkpoint"}}},
		"subtotals":    {Filter: MentionFilter{Flags: []corpus.Flag{corpus.Subtotal}}},
		"counted":      {Filter: MentionFilter{Counted: true, Rule: "cadre"}},
		"nothing":      {Query: "查无此词"},
		"by day":       {Order: "-date"},
		"by place":     {Order: "place"},
		"least values": {Order: "value"},
	} {
		t.Run(name, func(t *testing.T) {
			o.Limit = 7
			got, err := c.Overview(t.Context(), OverviewOptions{MentionOptions: o, From: 3, Level: LevelNamed})
			if err != nil {
				t.Fatal(err)
			}
			sums := func(keys ...string) Sums {
				s, err := c.Sums(t.Context(), o, keys)
				if err != nil {
					t.Fatal(err)
				}
				return s
			}
			all := sums("category")
			sameRows(t, "by category", all.Rows, got.Categories)
			sameRows(t, "by "+got.Step, sums("category", got.Step).Rows, got.Time)
			places := slices.SortedFunc(slices.Values(got.Places), func(a, b SumRow) int {
				return compareGroups(a.SumGroup, b.SumGroup, []string{"category", "place"})
			})
			sameRows(t, "by place", sums("category", "place").Rows, places)
			if diff := gocmp.Diff(all.LeftOut, got.LeftOut); diff != "" {
				t.Errorf("left out (-Sums +Overview):\n%s", diff)
			}
			if got.Parsed != all.Parsed || got.Reprints != all.Reprints || got.Ungrouped != all.Ungrouped {
				t.Errorf("%q, %d reprints, %d ungrouped; the sums say %q, %d, %d", got.Parsed, got.Reprints, got.Ungrouped, all.Parsed, all.Reprints, all.Ungrouped)
			}
			checkListed(t, c, o, got)
		})
	}
}

func sameRows[T any](t *testing.T, what string, want, got []T) {
	t.Helper()
	if diff := gocmp.Diff(slices.Concat([]T{}, want), slices.Concat([]T{}, got)); diff != "" {
		t.Errorf("%s (-Sums +Overview):\n%s", what, diff)
	}
}

// checkListed wants the counts from the fourth to the tenth.
func checkListed(t *testing.T, c *Corpus, o MentionOptions, got Overview) {
	t.Helper()
	o.Order, o.Limit = cmp.Or(o.Order, "-value"), 10
	var want []table.Mention
	found, err := c.Mentions(t.Context(), o, func(m *table.Mention) error {
		want = append(want, *m)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var listed []table.Mention
	for _, m := range got.Listed {
		if listed = append(listed, m.Mention); m.Article.DocID != m.DocID || m.Article.Title == "" {
			t.Errorf("the article of %s is %+v", m.MentionID, m.Article)
		}
	}
	if diff := gocmp.Diff(want[min(3, len(want)):], slices.Concat([]table.Mention{}, listed)); diff != "" && len(want) > 3 {
		t.Errorf("listed (-Mentions +Overview):\n%s", diff)
	}
	if got.Total != found.Total || got.More != (found.Total > 10) {
		t.Errorf("%d counts, more: %v; Mentions says %d", got.Total, got.More, found.Total)
	}
}

// Page by page behind the last one every count comes once, in the order.
func TestOverviewPages(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 5})
	c := openCorpus(t, p, dir)
	for _, order := range []MentionOrder{"-value", "value", "-date", "place"} {
		var want, got []string
		if _, err := c.Mentions(t.Context(), MentionOptions{Query: "党支部", Order: order, Limit: -1}, func(m *table.Mention) error {
			want = append(want, m.MentionID)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		o := OverviewOptions{MentionOptions: MentionOptions{Query: "党支部", Order: order, Limit: 50}}
		for more := true; more; {
			page, err := c.Overview(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range page.Listed {
				got = append(got, m.MentionID)
			}
			if more = page.More; more {
				last := PositionOf(&page.Listed[len(page.Listed)-1].Mention)
				o.After = &last
			}
		}
		if !slices.Equal(want, got) {
			t.Errorf("%s: %d counts, page by page %d", order, len(want), len(got))
		}
	}
}

// Divisions hold what lies in them; what has no code, or one of a division above,
// is counted apart.
func TestLevels(t *testing.T) {
	p := newPipeline(t)
	for _, tt := range []struct{ level, place, code, name string }{
		{"province", "渭南市", "610500", "陕西省"},
		{"city", "渭南市", "610500", "渭南市"},
		{"county", "渭南市", "610500", ""},
		{"county", "临渭区", "610502", "临渭区"},
		{"city", "陕西省", "610000", ""},
		{"province", "白桦区", "", ""},
		{LevelNamed, "白桦区", "", "白桦区"},
		{"province", "无此地", "990000", ""},
	} {
		got := newLeveler(p, tt.level, "").of(&table.Mention{Category: "branch", Place: tt.place, Adcode: tt.code})
		if got.name != tt.name {
			t.Errorf("%s %s at level %s: %q, want %q", tt.place, tt.code, tt.level, got.name, tt.name)
		}
	}
	for within, want := range map[string]string{"": "province", "61": "city", "610000": "city", "6105": "county", "610502": LevelNamed, "岚溪县": LevelNamed} {
		if got := newLeveler(p, "", within).level; got != want {
			t.Errorf("within %q: %s, want %s", within, got, want)
		}
	}
	if ParseLevel("village") == nil || ParseLevel("") != nil {
		t.Error("a level that is none is taken, or none is refused")
	}
}

func TestGreatestPlaces(t *testing.T) {
	sums := sumsBy[placeKey]{}
	put := func(name string, n int64) {
		sums.add(placeKey{"branch", name, ""}, newChosen(articleID{}, unknownDay), corpus.Count{Value: corpus.Some(n)})
	}
	put("甲县", 3)
	put("", 90)
	put("乙县", 7)
	put("丙县", 5)
	for most, want := range map[int][]string{0: {"乙县", "丙县", "甲县", ""}, 2: {"乙县", "丙县", ""}, 3: {"乙县", "丙县", "甲县", ""}} {
		rows, more := greatestPlaces(sums, most)
		var got []string
		for _, r := range rows {
			got = append(got, r.Place)
		}
		if !slices.Equal(got, want) || more["branch"] != int64(4-len(want)) {
			t.Errorf("at most %d: %v and %v more", most, got, more)
		}
	}
}

// However the counts come, the first of them are kept.
func TestTopMentions(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, order := range []MentionOrder{"value", "-value", "date", "-place"} {
		var all []table.Mention
		for i := range int32(300) {
			all = append(all, randomMention(r, i))
		}
		top := newTopMentions(order, nil, 12)
		for i := range all {
			top.add(&all[i])
		}
		slices.SortFunc(all, func(a, b table.Mention) int { return order.compare(&a, &b) })
		if diff := gocmp.Diff(all[2:12], top.from(2)); diff != "" {
			t.Errorf("%s (-sorted +kept):\n%s", order, diff)
		}
	}
}

// A sum of sums is the sum of all, also where it does not fit.
func TestMergedSums(t *testing.T) {
	a, b := &tallied{}, &tallied{}
	article := newChosen(articleID{}, unknownDay)
	a.add(article, corpus.Count{Value: corpus.Some(3), Lo: corpus.Some(3), Hi: corpus.Some(4)})
	b.add(article, corpus.Count{Value: corpus.Some(math.MaxInt64), Lo: corpus.Some(1)})
	a.merge(b)
	want := SumRow{Articles: 2, Mentions: 2, Valued: 2, Lo: corpus.Some(4)}
	if diff := gocmp.Diff(want, (SumGroup{}).row(a)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
