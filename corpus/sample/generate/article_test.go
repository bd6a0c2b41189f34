package generate

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"jianbao/extract/place"
	fold "jianbao/segment/script"
)

func unfold(s string) string { return fold.Unfold(s) }

func newGenerator(t testing.TB) *Generator {
	t.Helper()
	g, err := New(Options{Seed: 1, Traditional: unfold})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// first5000 are made once for all tests.
var first5000 = sync.OnceValues(func() ([]*Article, error) {
	g, err := New(Options{Seed: 1, Traditional: unfold})
	all := make([]*Article, 5000)
	for i := range all {
		if err == nil {
			all[i] = g.Article(uint64(i))
		}
	}
	return all, err
})

// some are the first n articles of seed 1, n being at most 5,000. Tests do not
// change them.
func some(t *testing.T, n int) []*Article {
	t.Helper()
	all, err := first5000()
	if err != nil {
		t.Fatal(err)
	}
	return all[:n]
}

// TestSameForEver holds the first thousand lines of seed 1: numbers that were
// measured with them can be measured again. A change of the grammar changes them.
func TestSameForEver(t *testing.T) {
	const want = "e7243793a1bc522aad2c7fc2eb9500d1"
	sum := sha256.New()
	for _, a := range some(t, 1000) {
		sum.Write(a.AppendJSON(nil))
	}
	if got := hex.EncodeToString(sum.Sum(nil)[:16]); got != want {
		t.Errorf("the first thousand articles hash to %s, not %s", got, want)
	}
}

// TestAnyOrder makes articles one by one and by many goroutines, backwards.
func TestAnyOrder(t *testing.T) {
	const n = 400
	want := some(t, n)
	g, got := newGenerator(t), make([]*Article, n)
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for i := n - 1 - worker; i >= 0; i -= 4 {
				got[i] = g.Article(uint64(i))
			}
		})
	}
	all.Wait()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSeedsDiffer(t *testing.T) {
	g, err := New(Options{Seed: 2, Traditional: unfold})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := newGenerator(t).Article(5), g.Article(5); a.Body == b.Body || a.ID == b.ID {
		t.Errorf("article 5 of seeds 1 and 2: %s and %s", a.ID, b.ID)
	}
}

func TestJSONLine(t *testing.T) {
	for _, a := range some(t, 500) {
		line := a.AppendJSON(nil)
		var got map[string]string
		if err := json.Unmarshal(line, &got); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		want := map[string]string{"id": a.ID, "url": a.URL, "title": a.Title, "date": a.Published.String(), "source": a.Source, "text": a.Text}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		if bytes.IndexByte(line, '\n') != len(line)-1 {
			t.Fatalf("not one line: %s", line)
		}
	}
}

// TestShares counts what shares of articles are what.
func TestShares(t *testing.T) {
	const n = 5000
	got := map[string]int{}
	for _, a := range some(t, n) {
		got[string(a.Kind)]++
		got[string(a.Script)]++
		if a.Dirty {
			got["dirty"]++
		}
		if len(a.Totals()) > 0 {
			got["counting"]++
		}
	}
	for what, want := range map[string][2]int{
		"original": {840, 900}, "copy": {25, 40}, "reprint": {25, 40}, "revision": {50, 80},
		"hant": {280, 320}, "hans": {680, 720}, "dirty": {25, 35}, "counting": {750, 950},
	} {
		if per1000 := got[what] * 1000 / n; per1000 < want[0] || per1000 > want[1] {
			t.Errorf("%s: %d of a thousand, want %v", what, per1000, want)
		}
	}
}

func TestSizes(t *testing.T) {
	var sizes []int
	for _, a := range some(t, 5000) {
		sizes = append(sizes, len(a.Text))
		if !utf8.ValidString(a.Text) || strings.ContainsRune(a.Text, utf8.RuneError) {
			t.Errorf("%s is no valid text", a.ID)
		}
	}
	slices.Sort(sizes)
	least, median, most := sizes[0], sizes[len(sizes)/2], sizes[len(sizes)-1]
	if least < 600 || median < 1600 || median > 2000 || most > 4000 {
		t.Errorf("%d to %d bytes, half of them below %d", least, most, median)
	}
}

// TestDays are of twenty years, more of them late, from about forty sources.
func TestDays(t *testing.T) {
	years, sources := map[int]int{}, map[string]int{}
	for _, a := range some(t, 5000) {
		years[a.Published.Time().Year()]++
		sources[a.Source]++
	}
	if len(years) != 20 || years[2005] == 0 || years[2024] < 3*years[2006] {
		t.Errorf("articles by year: %v", years)
	}
	if len(sources) < 36 || len(sources) > papers {
		t.Errorf("%d sources: %v", len(sources), sources)
	}
}

// TestReprints compares each with its original.
func TestReprints(t *testing.T) {
	g := newGenerator(t)
	for _, a := range some(t, 2000) {
		if a.Kind == Original {
			continue
		}
		first := g.Article(a.Of)
		if first.Kind != Original || a.Published < first.Published || a.Source == first.Source || a.URL == first.URL {
			t.Errorf("%s of %s: %s, %v and %v, %s and %s", a.ID, first.ID, first.Kind, a.Published, first.Published, a.Source, first.Source)
		}
		one, other := fold.Fold(first.Body).Text, fold.Fold(a.Body).Text
		switch a.Kind {
		case Copy:
			if a.Text != first.Text {
				t.Errorf("%s: a copy of other bytes", a.ID)
			}
		case Reprint:
			if one != other || a.Text == first.Text {
				t.Errorf("%s: a reprint of another body, or of the same page", a.ID)
			}
			if diff := cmp.Diff(first.Totals(), a.Totals()); diff != "" {
				t.Errorf("%s: %s", a.ID, diff)
			}
		case Revision:
			if shared := sharedSentences(one, other); one == other || shared < 0.6 {
				t.Errorf("%s: a revision that shares %.2f of its sentences", a.ID, shared)
			}
		}
	}
}

func sharedSentences(a, b string) float64 {
	one, other := strings.Split(a, "。"), strings.Split(b, "。")
	both := 0
	for _, s := range one {
		if slices.Contains(other, s) {
			both++
		}
	}
	return float64(both) / float64(max(len(one), len(other)))
}

// TestCountsArePrinted finds the counts of each body in their order, and reads
// those that are plain digits.
func TestCountsArePrinted(t *testing.T) {
	forms := map[string]bool{}
	for _, a := range some(t, 2000) {
		at := 0
		for _, c := range a.Counts {
			off := strings.Index(a.Body[at:], c.Number)
			if off < 0 {
				t.Fatalf("%s: %q is not printed behind byte %d", a.ID, c.Number, at)
			}
			at += off + len(c.Number)
			if c.Value <= 0 || !slices.Contains([]string{"branch", "cadre", "checkpoint"}, c.Category) {
				t.Errorf("%s: %+v", a.ID, c)
			}
			forms[form(c.Number)] = true
		}
	}
	for _, f := range []string{"9", "9余", "9餘", "9多", "近9", "约9", "約9", "9,9", "9万余", "十", "兩"} {
		if !forms[f] {
			t.Errorf("no number is printed as %s; there are %v", f, forms)
		}
	}
}

// form is number with its digits as one 9, and all Chinese numerals but 两 as 十.
func form(number string) string {
	var out []rune
	for _, c := range number {
		switch {
		case c >= '0' && c <= '9' || c == '.':
			c = '9'
		case strings.ContainsRune("一二三四五六七八九十", c):
			c = '十'
		}
		if len(out) == 0 || out[len(out)-1] != c {
			out = append(out, c)
		}
	}
	return string(out)
}

func TestNumbersPrintTheirValue(t *testing.T) {
	g := newGenerator(t)
	for _, tt := range []struct {
		n     int
		forms []string // and the value of each
		value []int
	}{
		{2, []string{"2", "两"}, []int{2, 2}},
		{47, []string{"47", "四十七", "40余", "近40", "约40"}, []int{47, 47, 40, 40, 40}},
		{1234, []string{"1234", "1,234", "1200余", "1200多", "近1200", "约1200"}, []int{1234, 1234, 1200, 1200, 1200, 1200}},
		{23456, []string{"23456", "23,456", "2.3万余", "23400多", "近2.3万", "约2.3万"}, []int{23456, 23456, 23000, 23400, 23000, 23000}},
	} {
		seen := map[string]int{}
		for i := range uint64(500) {
			w := g.writer(0, hans)
			w.r = newRandom(i)
			seen[string(w.buf)] = 0
			value := w.number(tt.n)
			seen[string(w.buf)] = value
		}
		delete(seen, "")
		want := map[string]int{}
		for i, f := range tt.forms {
			want[f] = tt.value[i]
		}
		if diff := cmp.Diff(want, seen); diff != "" {
			t.Errorf("%d: %s", tt.n, diff)
		}
	}
}

// TestDirt: each kind of it is there, and none in other articles.
func TestDirt(t *testing.T) {
	marks := map[string]string{"entities": "&", "glosses": "(", "commas": ",，"}
	seen := map[string]int{}
	for _, a := range some(t, 5000) {
		kinds := 0
		for kind, mark := range marks {
			if strings.Contains(a.Text, mark) {
				kinds++
				seen[kind]++
			}
		}
		if a.Kind != Copy && (kinds > 0) != a.Dirty {
			t.Errorf("%s: dirty %v, %d kinds of dirt in\n%s", a.ID, a.Dirty, kinds, a.Text)
		}
	}
	for kind := range marks {
		if seen[kind] < 10 {
			t.Errorf("%s: in %d articles", kind, seen[kind])
		}
	}
}

// TestRankedFallsWithRank: each rank is drawn, and of twice the rank about half as
// often.
func TestRankedFallsWithRank(t *testing.T) {
	const n, draws = 100, 200_000
	var seen [n]int
	r := newRandom(3)
	for range draws {
		seen[r.ranked(n)]++
	}
	for k, times := range seen {
		if times == 0 {
			t.Errorf("rank %d is never drawn", k)
		}
	}
	for _, k := range []int{0, 1, 3, 7, 15} {
		if ratio := float64(seen[2*k+1]) / float64(seen[k]); math.Abs(ratio-0.5) > 0.05 {
			t.Errorf("rank %d is drawn %.2f as often as rank %d", 2*k+1, ratio, k)
		}
	}
}

// TestPlacesAreInvented: no division of the gazetteer is named.
func TestPlacesAreInvented(t *testing.T) {
	gazetteer, err := place.Open()
	if err != nil {
		t.Fatal(err)
	}
	real := map[string]int{}
	for _, a := range some(t, 2000) {
		hans := fold.Fold(a.Title + "\n" + a.Body).Text
		for _, m := range gazetteer.Find(nil, hans) {
			if m.Code != "" { // else it has the form of a place, as it should
				real[m.Span.Of(hans)]++
			}
		}
	}
	if len(real) > 0 {
		t.Errorf("real places: %v", real)
	}
}
