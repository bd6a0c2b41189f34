package pipeline

import (
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/index/query"
)

func pointer[T any](x T) *T { return &x }

func TestMentionFilter(t *testing.T) {
	p := newPipeline(t)
	exact := table.Mention{
		Category: "branch", Value: pointer(int64(12)), Lo: pointer(int64(12)), Hi: pointer(int64(12)), Place: "白桦区", Adcode: "",
		Flags: []string{"joint", "after"}, Counted: true, RuleID: "branch/pre",
	}
	spread := table.Mention{Category: "cadre", Lo: pointer(int64(3)), Hi: pointer(int64(5)), Place: "渭南市", Adcode: "610500", Flags: []string{}, RuleID: "cadre/post"}
	masked := table.Mention{Category: "cadre", Flags: []string{}}
	for _, c := range []struct {
		name   string
		filter MentionFilter
		wants  []bool // exact, spread, masked
	}{
		{"all", MentionFilter{}, []bool{true, true, true}},
		{"a category", MentionFilter{Categories: []string{"branch", "post"}}, []bool{true, false, false}},
		{"at least", MentionFilter{Min: pointer(int64(4))}, []bool{true, false, false}},
		{"at least the lower bound", MentionFilter{Min: pointer(int64(3))}, []bool{true, true, false}},
		{"at most", MentionFilter{Max: pointer(int64(5))}, []bool{false, true, false}},
		{"between", MentionFilter{Min: pointer(int64(12)), Max: pointer(int64(12))}, []bool{true, false, false}},
		{"a place that no table holds", MentionFilter{Place: "白樺區"}, []bool{true, false, false}},
		{"the province of a place", MentionFilter{Place: "陝西"}, []bool{false, true, false}},
		{"the beginning of a code", MentionFilter{Place: "61"}, []bool{false, true, false}},
		{"the code of a province", MentionFilter{Place: "610000"}, []bool{false, true, false}},
		{"another code", MentionFilter{Place: "6106"}, []bool{false, false, false}},
		{"a flag", MentionFilter{Flags: []corpus.Flag{corpus.After}}, []bool{true, false, false}},
		{"two flags", MentionFilter{Flags: []corpus.Flag{corpus.After, corpus.Before}}, []bool{false, false, false}},
		{"counted", MentionFilter{Counted: true}, []bool{true, false, false}},
		{"a rule", MentionFilter{Rule: "cadre/post"}, []bool{false, true, false}},
		{"a pack", MentionFilter{Rule: "branch"}, []bool{true, false, false}},
		{"half the name of a pack", MentionFilter{Rule: "bran"}, []bool{false, false, false}},
	} {
		m := c.filter.prepare(p)
		var got []bool
		for _, x := range []table.Mention{exact, spread, masked} {
			got = append(got, m.wants(&x))
		}
		if !slices.Equal(got, c.wants) {
			t.Errorf("%s: %v, want %v", c.name, got, c.wants)
		}
	}
}

// randomMention is one of few values, so that there are ties.
func randomMention(r *rand.Rand, seq int32) table.Mention {
	m := table.Mention{DocID: "a", Seq: seq, Flags: []string{}, Place: []string{"", "甲县", "乙县"}[r.IntN(3)], Adcode: []string{"", "610000"}[r.IntN(2)]}
	if r.IntN(3) > 0 {
		m.Value = pointer(r.Int64N(5))
	}
	if r.IntN(3) > 0 {
		m.AsOf = pointer(corpus.Date(r.IntN(4)))
	}
	if r.IntN(2) > 0 {
		m.Published = pointer(corpus.Date(r.IntN(4)))
	}
	return m
}

// However little fits in memory, and however few are wanted, the order is that
// of sorting all; the temporary files go.
func TestMentionSorter(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	r := rand.New(rand.NewPCG(1, 2))
	for _, order := range []MentionOrder{"value", "-value", "date", "-date", "place", "-place"} {
		for _, limit := range []int{-1, 0, 3, 40, 1000} {
			s := newMentionSorter(order, limit)
			s.room = 1 + r.IntN(60)
			var want []table.Mention
			for i := range int32(200) {
				m := randomMention(r, i)
				want = append(want, m)
				if err := s.add(&m); err != nil {
					t.Fatal(err)
				}
			}
			slices.SortFunc(want, func(a, b table.Mention) int { return order.compare(&a, &b) })
			if limit >= 0 {
				want = want[:min(limit, len(want))]
			}
			got := []table.Mention{}
			err := s.each(func(m *table.Mention) error { got = append(got, *m); return nil })
			if err = errors.Join(err, s.close()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s, %d of them, room for %d (-want +got):\n%s", order, limit, s.room, diff)
			}
		}
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// What is not known comes last whichever way it goes.
func TestMentionOrderHasUnknownLast(t *testing.T) {
	for _, order := range []MentionOrder{"value", "-value", "date", "-date", "place", "-place"} {
		known := table.Mention{Value: pointer(int64(0)), AsOf: pointer(corpus.Date(0)), Place: "甲县"}
		if unknown := (table.Mention{}); order.compare(&known, &unknown) >= 0 || order.compare(&unknown, &known) <= 0 {
			t.Errorf("%s: what is unknown is not last", order)
		}
	}
	if _, err := ParseMentionOrder("--value"); err == nil {
		t.Error("--value is taken for an order")
	}
}

// The sums by place, month and category are those of a release: one article a
// cluster, counted mentions only; and with what was left out they are all.
func TestSumsAreThoseOfARelease(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 5})
	c := openCorpus(t, p, dir)
	sums, err := c.Sums(t.Context(), MentionOptions{}, []string{"place", "month"})
	if err != nil {
		t.Fatal(err)
	}
	release := filepath.Join(t.TempDir(), "release")
	if _, err := c.Export(t.Context(), release, ExportOptions{Tables: []string{table.Summaries}}); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(release, table.Summaries, "*", "*.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[SumGroup]SumRow{}
	for _, path := range paths {
		for row, err := range table.ReadFile[table.Summary](path) {
			if err != nil {
				t.Fatal(err)
			}
			g := SumGroup{Category: row.Category, Place: row.Place, Adcode: row.Adcode}
			if row.Month != nil {
				g.Month = row.Month.Time().Format("2006-01")
			}
			want[g] = SumRow{g, row.Articles, row.Mentions, row.Valued, known(row.Total), known(row.Lo), known(row.Hi)}
		}
	}
	got, mentions := map[SumGroup]SumRow{}, sums.Reprints
	for _, row := range sums.Rows {
		got[row.SumGroup] = row
		mentions += row.Mentions
	}
	if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
		t.Errorf("%d sums (-release +here):\n%s", len(want), diff)
	}
	for n := range maps.Values(sums.LeftOut) {
		mentions += n
	}
	if all := c.Store().Manifest().Counts.Mentions; mentions != all || sums.Reprints == 0 || sums.Ungrouped != 0 {
		t.Errorf("%d of %d counts; %d in reprints, %d articles not grouped", mentions, all, sums.Reprints, sums.Ungrouped)
	}
}

// A limit cuts what is shown, not what is counted, and a query in either script
// finds the same.
func TestMentionsOfAQuery(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 5})
	c := openCorpus(t, p, dir)
	list := func(o MentionOptions) (ids []string, found MentionsFound) {
		found, err := c.Mentions(t.Context(), o, func(m *table.Mention) error {
			ids = append(ids, m.MentionID)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return ids, found
	}
	all, _ := list(MentionOptions{Limit: -1})
	hans, found := list(MentionOptions{Query: "颱風 OR 秋收", Limit: -1, Order: "-value"})
	hant, _ := list(MentionOptions{Query: "台风 OR 秋收", Limit: -1, Order: "-value"})
	if len(hans) == 0 || len(hans) >= len(all) || !slices.Equal(hans, hant) || found.Total != int64(len(hans)) {
		t.Errorf("%d and %d of %d, %+v", len(hans), len(hant), len(all), found)
	}
	for _, order := range []MentionOrder{"", "-value"} {
		few, found := list(MentionOptions{Query: "台风 OR 秋收", Limit: 2, Order: order})
		if len(few) != 2 || found.Total != int64(len(hans)) {
			t.Errorf("order %q: %d shown, %+v", order, len(few), found)
		}
	}
	var syntax *query.SyntaxError
	if _, err := c.Mentions(t.Context(), MentionOptions{Query: "(党"}, nil); !errors.As(err, &syntax) {
		t.Errorf("a wrong query: %v", err)
	}
}

func TestResolve(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 5})
	c := openCorpus(t, p, dir)
	first := map[string]int{}
	for d, err := range c.Store().Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		first[d.DocID[:1]]++
		for _, name := range []string{d.DocID, d.DocID[:20]} {
			if id, err := c.Resolve(t.Context(), name); err != nil || id != d.DocID {
				t.Errorf("%s is %s, %v", name, id, err)
			}
		}
	}
	for prefix, n := range first {
		_, err := c.Resolve(t.Context(), prefix)
		var several *AmbiguousError
		if errors.As(err, &several) != (n > 1) || n > 1 && len(several.Candidates) != n {
			t.Errorf("%s begins %d doc_ids: %v", prefix, n, err)
		}
	}
	if id, err := c.Resolve(t.Context(), "11-flood.txt"); err != nil || id == "" {
		t.Errorf("by its address: %q, %v", id, err)
	}
	for _, name := range []string{"", "no.txt", "ffffffffffffffffffffffffffffffff", "fffffffffffffffffffffffffffffffff"} {
		if _, err := c.Resolve(t.Context(), name); !errors.Is(err, store.ErrNoDocument) {
			t.Errorf("%q: %v", name, err)
		}
	}
}
