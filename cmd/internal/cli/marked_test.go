package cli

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus/table"
)

// plain is glyphs without their style.
func plain(glyphs []glyph) string {
	var b strings.Builder
	for _, g := range glyphs {
		b.WriteString(g.text)
	}
	return b.String()
}

func TestMark(t *testing.T) {
	for _, c := range []struct {
		name    string
		text    string
		counts  [][2]int
		repairs []repair
		plain   string
		colour  string
	}{
		{"nothing", "支部", nil, nil, "支部", "支部"},
		{"a count", "有支部12个。", [][2]int{{1, 6}}, nil, "有⟦支部12个⟧。", "有\x1b[1;31m支部12个\x1b[0m。"},
		{"all of it", "12个", [][2]int{{0, 3}}, nil, "⟦12个⟧", "\x1b[1;31m12个\x1b[0m"},
		{"one in the other", "支部12个", [][2]int{{0, 5}, {2, 4}}, nil, "⟦支部⟦12⟧个⟧", "\x1b[1;31m支部12个\x1b[0m"},
		{"side by side", "1个2个", [][2]int{{0, 2}, {2, 4}}, nil, "⟦1个⟧⟦2个⟧", "\x1b[1;31m1个2个\x1b[0m"},
		{"something cut out of a count", "1個支部", [][2]int{{0, 4}}, []repair{{2, 2, "(gè)"}}, "⟦1個{(gè)→}支部⟧", "\x1b[1;31m1個\x1b[0m\x1b[1;31;2;9m(gè)\x1b[0m\x1b[1;31m支部\x1b[0m"},
		{"something cut out behind it", "1個支部", [][2]int{{0, 4}}, []repair{{4, 4, "(bù)"}}, "⟦1個支部⟧{(bù)→}", "\x1b[1;31m1個支部\x1b[0m\x1b[2;9m(bù)\x1b[0m"},
		{"something cut out before it", "1個", [][2]int{{0, 2}}, []repair{{0, 0, "\u200b"}}, "{<200B>→}⟦1個⟧", "\x1b[2;9m<200B>\x1b[0m\x1b[1;31m1個\x1b[0m"},
		{"something put in", "12个", [][2]int{{0, 3}}, []repair{{0, 2, "１２"}}, "⟦{１２→12}个⟧", "\x1b[1;31;2;9m１２\x1b[0m\x1b[1;31;4m12\x1b[0m\x1b[1;31m个\x1b[0m"},
		{"what drives a terminal", "a\x1bb", nil, nil, "a<001B>b", "a<001B>b"},
	} {
		var colour strings.Builder
		k := marks{colour: true}
		k.write(&colour, k.mark(c.text, c.counts, c.repairs))
		if diff := cmp.Diff(c.plain, plain(marks{}.mark(c.text, c.counts, c.repairs))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if diff := cmp.Diff(c.colour, colour.String()); diff != "" {
			t.Errorf("%s, coloured (-want +got):\n%s", c.name, diff)
		}
	}
}

// randomEdits are applied edits of a text, with a doubt among them, and the
// text that they make.
func randomEdits(r *rand.Rand, raw []rune) (edits []table.Edit, text []rune) {
	at := 0
	for at < len(raw) {
		n := min(r.IntN(4), len(raw)-at)
		text = append(text, raw[at:at+n]...)
		at += n
		e := table.Edit{RawStart: int32(at), Applied: true, After: "甲乙丙"[:3*r.IntN(4)], Kinds: []string{"x"}}
		at = min(at+r.IntN(3), len(raw))
		e.RawEnd, e.Before = int32(at), string(raw[e.RawStart:at])
		text = append(text, []rune(e.After)...)
		edits = append(edits, e)
		if r.IntN(3) == 0 {
			edits = append(edits, table.Edit{RawStart: e.RawStart, RawEnd: e.RawEnd, Before: e.Before, After: e.Before, Kinds: []string{"doubt"}})
		}
	}
	return edits, text
}

// A repair stands where its After is in the text; and each character of the
// text that was there before is found in the source.
func TestEditsAreFoundInTheText(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 3000 {
		raw := []rune("一二三四五六七八九十ab")[:r.IntN(13)]
		edits, text := randomEdits(r, raw)
		replaced := map[int]bool{}
		within, around := repairsOf(edits)
		applied := 0
		for _, e := range edits {
			if e.Applied {
				applied++
			}
		}
		if len(within)+len(around) != applied {
			t.Fatalf("%d repairs and %d others of %d", len(within), len(around), applied)
		}
		for _, p := range within {
			if p.start < 0 || p.end > len(text) || strings.Trim(string(text[p.start:p.end]), "甲乙丙") != "" {
				t.Fatalf("%q: a repair at [%d,%d)", string(text), p.start, p.end)
			}
			for i := p.start; i < p.end; i++ {
				replaced[i] = true
			}
		}
		at := rawOffsets(edits, len(text))
		for i, c := range text {
			if !replaced[i] && raw[at(i)] != c {
				t.Fatalf("character %d of %q is not character %d of %q", i, string(text), at(i), string(raw))
			}
		}
	}
}

func TestWindow(t *testing.T) {
	for _, c := range []struct {
		text       string
		start, end int
		room       int
		want       string
	}{
		{"一二三四五六七", 3, 4, 100, "一二三四五六七"},
		{"一二三四五六七", 3, 4, 6, "三四五"},
		{"一二三四五六七", 3, 4, 9, "二三四五"},
		{"一二三四五六七", 0, 1, 6, "一二三"},
		{"一二三四五六七", 6, 7, 7, "五六七"},
		{"一二三四五六七", 1, 6, 5, "二三"},
		{"ab三四五yz", 3, 4, 8, "b三四五y"},
		{"", 0, 0, 5, ""},
	} {
		text := []rune(c.text)
		from, to := window(text, c.start, c.end, c.room)
		if got := string(text[from:to]); got != c.want || cells(got) > c.room {
			t.Errorf("window(%q, %d, %d, %d) = %q, want %q", c.text, c.start, c.end, c.room, got, c.want)
		}
	}
}

func TestFitTakesItsCells(t *testing.T) {
	for _, s := range []string{"", "党", "党支部", "临时党支部", "a党b支c部d", "防汛临时党支部"} {
		for n := 4; n < 14; n++ {
			for _, right := range []bool{false, true} {
				// An ellipsis counts as two cells and may be drawn as one.
				if got := fit(s, n, right); cells(got) != n {
					t.Errorf("fit(%q, %d, %v) = %q: %d cells", s, n, right, got, cells(got))
				}
			}
		}
	}
}

func TestLines(t *testing.T) {
	var got []string
	for _, line := range lines(marks{}.mark("一二三\n\nab四五", [][2]int{{5, 8}}, nil), 6) {
		got = append(got, plain(line))
	}
	if diff := cmp.Diff([]string{"一二三", "", "⟦ab四⟧", "五"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBoundsOfValues(t *testing.T) {
	for in, want := range map[string][2]int64{">=100": {100, -1}, ">100": {101, -1}, "<=7": {-1, 7}, "<7": {-1, 6}, "=7": {7, 7}, " 7 ": {7, 7}, "3..5": {3, 5}, ">= 2": {2, -1}} {
		o := mentionsOptions{value: in}
		if err := o.parseValues(); err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		got := [2]int64{-1, -1}
		if o.Filter.Min != nil {
			got[0] = *o.Filter.Min
		}
		if o.Filter.Max != nil {
			got[1] = *o.Filter.Max
		}
		if got != want {
			t.Errorf("%s: %v, want %v", in, got, want)
		}
	}
	for _, in := range []string{"x", ">", "1..", ">1..2", "-3", "1.5", "99999999999999999999"} {
		if err := (&mentionsOptions{value: in}).parseValues(); err == nil {
			t.Errorf("%s is taken for a value", in)
		}
	}
}
