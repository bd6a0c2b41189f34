package concordance

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
)

// sample is a printed text whose words are parted by |, with its folded form and
// the hits of a word in that.
func sample(t *testing.T, printed, folded, hit string) (*Text, []corpus.Span) {
	t.Helper()
	x := &Text{DocID: "d", Title: "题", Published: "2020-03-20", Source: "报"}
	for _, w := range strings.Split(folded, "|") {
		x.Tokens = append(x.Tokens, corpus.Token{Start: len(x.Folded), End: len(x.Folded) + len(w)})
		x.Folded += w
	}
	x.Printed = strings.ReplaceAll(printed, "|", "")
	if utf8.RuneCountInString(x.Printed) != utf8.RuneCountInString(x.Folded) {
		t.Fatal("the forms differ in length")
	}
	var spans []corpus.Span
	for at := 0; ; {
		i := strings.Index(x.Folded[at:], hit)
		if i < 0 {
			return x, spans
		}
		spans = append(spans, corpus.Span{Start: at + i, End: at + i + len(hit)})
		at += i + len(hit)
	}
}

func TestCut(t *testing.T) {
	const printed, folded = "村|裡|，|設|臨時黨支部|12|個|。\n|派|幹部", "村|里|，|设|临时党支部|12|个|。\n|派|干部"
	for _, c := range []struct {
		window           Window
		left, hit, right string
	}{
		{Window{Size: 3}, "設臨時", "黨支部", "12個"},
		{Window{}, "", "黨支部", ""},
		{Window{Size: 1000}, "村裡，設臨時", "黨支部", "12個。\n派幹部"},
		{Window{Size: 1, Words: true}, "臨時", "黨支部", "12"},
		{Window{Size: 3, Words: true}, "裡，設臨時", "黨支部", "12個。\n派"},
		{Window{Size: 99, Words: true}, "村裡，設臨時", "黨支部", "12個。\n派幹部"},
		{Window{Words: true}, "", "黨支部", ""},
	} {
		x, spans := sample(t, printed, folded, "党支部")
		lines := Cut(x, spans, c.window, nil)
		want := []Line{{DocID: "d", Start: 6, End: 9, Left: c.left, Hit: c.hit, Right: c.right, Title: "题", Published: "2020-03-20", Source: "报"}}
		if diff := cmp.Diff(want, lines, cmp.AllowUnexported(Line{})); diff != "" {
			t.Errorf("%+v: %s", c.window, diff)
		}
	}
}

// Left, hit and right are the printed text again, at the offsets that are told.
func TestCutIsOfTheText(t *testing.T) {
	x, spans := sample(t, "黨|員|A|黨|。|裏|黨", "党|员|A|党|。|里|党", "党")
	runes := []rune(x.Printed)
	for size := range 9 {
		for _, inWords := range []bool{false, true} {
			for _, l := range Cut(x, spans, Window{size, inWords}, nil) {
				from, to := l.Start-utf8.RuneCountInString(l.Left), l.End+utf8.RuneCountInString(l.Right)
				if string(runes[from:to]) != l.Left+l.Hit+l.Right || string(runes[l.Start:l.End]) != l.Hit {
					t.Errorf("%d, words %v: %+v", size, inWords, l)
				}
			}
		}
	}
}

func TestKeys(t *testing.T) {
	for _, c := range []struct{ order, want string }{
		{"l1,l2,l3", "临时 设 里"},
		{"r1,r2,r3", "１２ 个 "}, // the sentence ends
		{"hit,date,source", "党支部 2020-03-20 报"},
	} {
		order, err := ParseOrder(c.order)
		if err != nil {
			t.Fatal(err)
		}
		x, spans := sample(t, "村|裡|，|設|臨時黨支部|１２|個|。|派|幹部", "村|里|，|设|临时党支部|１２|个|。|派|干部", "党支部")
		want := strings.ReplaceAll(c.want, "１２", "12")
		if got := strings.Join(Cut(x, spans, Window{}, order)[0].keys, " "); got != want {
			t.Errorf("%s: %q, want %q", c.order, got, want)
		}
	}
	x := &Text{Folded: "党", Printed: "党", Tokens: []corpus.Token{{Start: 0, End: 3}}}
	order := Order{L1, ByDate, BySource, R1}
	if got := Cut(x, []corpus.Span{{Start: 0, End: 3}}, Window{}, order)[0].keys; !slices.Equal(got, []string{"", last, last, ""}) {
		t.Errorf("keys of nothing: %q", got)
	}
}

func TestPiece(t *testing.T) {
	for _, c := range []struct{ marked, want string }{
		{"一。二⟦三。四", "二三。"}, {"一\n二⟦三\n四", "二三\n"}, {"⟦三", "三"}, {"一。\n⟦三", "三"}, {"一。二\n三⟦", "三"}, {"一⟦。二", "一。"},
	} {
		before, after, _ := strings.Cut(c.marked, "⟦")
		start, end := Piece(before+after, len(before))
		if got := (before + after)[start:end]; got != c.want {
			t.Errorf("%s: %q, want %q", c.marked, got, c.want)
		}
	}
}

func TestParseOrder(t *testing.T) {
	for _, s := range []string{"l4", "doc,l1", "l1,", "l1,l1", " l1", "L1"} {
		if order, err := ParseOrder(s); err == nil {
			t.Errorf("%q is taken for %v", s, order)
		}
	}
	for _, s := range []string{"", "doc"} {
		if order, err := ParseOrder(s); err != nil || len(order) > 0 {
			t.Errorf("%q: %v, %v", s, order, err)
		}
	}
}

// many are lines with keys, as Cut would make them.
func many(n int) []Line {
	r := rand.New(rand.NewPCG(7, 8))
	lines := make([]Line, n)
	for i := range lines {
		lines[i] = Line{DocID: fmt.Sprint(r.IntN(n / 4)), Start: i, keys: []string{fmt.Sprint(r.IntN(9))}}
	}
	return lines
}

func collected(t *testing.T, o Options, lines []Line) []Line {
	t.Helper()
	c := NewCollector(o)
	for _, l := range lines {
		if err := c.Add(l); err != nil {
			t.Fatal(err)
		}
	}
	return c.Lines()
}

// A limit gives the first of all, in whatever order lines come.
func TestLimit(t *testing.T) {
	lines := many(300)
	all := collected(t, Options{Order: Order{L1}}, lines)
	if !slices.IsSortedFunc(all, func(a, b Line) int { return compare(&a, &b) }) || len(all) != len(lines) {
		t.Fatalf("%d lines, sorted wrongly", len(all))
	}
	for _, limit := range []int{1, 17, 299, 300, 1000} {
		for _, from := range [][]Line{lines, reversed(lines)} {
			got := collected(t, Options{Order: Order{L1}, Limit: limit}, from)
			if diff := cmp.Diff(all[:min(limit, len(all))], got, cmp.AllowUnexported(Line{})); diff != "" {
				t.Fatalf("limit %d: %s", limit, diff)
			}
		}
	}
}

func reversed(lines []Line) []Line {
	out := slices.Clone(lines)
	slices.Reverse(out)
	return out
}

// A sample is the same in whatever order lines come, is part of a larger one, keeps
// the order in which lines came, and is another one with another seed.
func TestSample(t *testing.T) {
	lines := many(400)
	starts := func(o Options, from []Line) []int {
		var out []int
		for _, l := range collected(t, o, from) {
			out = append(out, l.Start)
		}
		return out
	}
	larger := starts(Options{Sample: 100, Seed: 1}, lines)
	smaller := starts(Options{Sample: 40, Seed: 1}, lines)
	backward := starts(Options{Sample: 40, Seed: 1}, reversed(lines))
	slices.Reverse(backward)
	if len(smaller) != 40 || !slices.IsSorted(smaller) || !slices.Equal(smaller, backward) {
		t.Errorf("%v, backward %v", smaller, backward)
	}
	for _, s := range smaller {
		if !slices.Contains(larger, s) {
			t.Errorf("%d is not in the larger sample", s)
		}
	}
	if other := starts(Options{Sample: 40, Seed: 2}, lines); slices.Equal(smaller, other) {
		t.Error("another seed draws the same")
	}
	if first := starts(Options{Sample: 40, Seed: 1, Limit: 5}, lines); !slices.Equal(first, smaller[:5]) {
		t.Errorf("the first of the sample are %v, not %v", first, smaller[:5])
	}
	// Each line is drawn about as often as any other.
	var drawn [4]int
	for seed := range uint64(200) {
		for _, s := range starts(Options{Sample: 40, Seed: seed}, lines) {
			drawn[s/100]++
		}
	}
	for _, n := range drawn { // 2000 expected, standard deviation below 40
		if n < 1800 || n > 2200 {
			t.Errorf("quarters are drawn %v times", drawn)
		}
	}
}

func TestTooMany(t *testing.T) {
	c := NewCollector(Options{Order: Order{L1}, Memory: 1000})
	var err error
	for _, l := range many(10) {
		if err = c.Add(l); err != nil {
			break
		}
	}
	if err == nil || !strings.HasPrefix(err.Error(), ErrTooMany.Error()) {
		t.Errorf("error is %v", err)
	}
	if got := collected(t, Options{Order: Order{L1}, Limit: 2, Memory: 1000}, many(100)); len(got) != 2 {
		t.Errorf("%d lines of a limit of 2", len(got))
	}
}

func TestParseWindow(t *testing.T) {
	for s, want := range map[string]Window{"40": {Size: 40}, "8w": {Size: 8, Words: true}, "0": {}} {
		got, err := ParseWindow(s)
		if err != nil || got != want || got.String() != s {
			t.Errorf("%s: %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "w", "-1", "8 w", "4x", "99999999999"} {
		if got, err := ParseWindow(s); err == nil {
			t.Errorf("%q is taken for %v", s, got)
		}
	}
}
