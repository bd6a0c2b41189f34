package index

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/index/query"
)

// piecesLanguage is the test language with lines and sentences as pieces.
func piecesLanguage() Language {
	l := testLanguage()
	l.Piece = func(folded string, at int) (start, end int) {
		for _, border := range []string{"\n", "。"} {
			if n := strings.LastIndex(folded[:at], border); n >= 0 {
				start = max(start, n+len(border))
			}
		}
		end = len(folded)
		for _, border := range []string{"\n", "。"} {
			if n := strings.Index(folded[at:end], border); n >= 0 {
				end = at + n + len(border)
			}
		}
		return start, end
	}
	l.SegmentPieces = func(dst []corpus.Token, folded string, pieces corpus.Span) ([]corpus.Token, bool) {
		for _, t := range l.Segment(nil, pieces.Of(folded)) {
			dst = append(dst, corpus.Token{Start: pieces.Start + t.Start, End: pieces.Start + t.End})
		}
		return dst, true
	}
	return l
}

// mixed prints a folded text in both scripts, changing within words too.
func mixed(folded string, rnd *rand.Rand) string {
	others := []rune(traditional)
	return strings.Map(func(r rune) rune {
		if i := slices.Index([]rune(simplified), r); i >= 0 && rnd.IntN(2) == 0 {
			return others[i]
		}
		return r
	}, folded)
}

// queriesAround ask for what is a word, for what reaches across commas, sentences
// and lines, for what was printed in a form, and for what stands near.
var queriesAround = []string{
	"干部", "党支部 OR 支部 OR 卡口", `"党员 干部"`, `"党员，干部"`, `"干部。卡口"`, `"疫情防控复工"`, `"干部、卡口、人员"`,
	"12", "K12 OR 干部", `exact:幹部`, `exact:"党支部书记"`, `exact:書記 OR 检查站`, `"党员 卡口"~9`, `"党员 卡口 人员"~40`,
	`"书记 书记"~300`, `"党员 党员干部 干部"~6`, `"党员 干部 群众"~9`, `"党员 干部 卡口 人员 群众 书记 支部"~90`, `"干部 党员"~>4`, `"干部防控"~5`, "党*", "，",
}

// Cutting what stands around the places alone gives the places, and the words
// beside them, of the whole text.
func TestAroundIsTheWhole(t *testing.T) {
	whole, around := testLanguage(), piecesLanguage()
	for _, q := range append([]string{"title:干部 登记", "source:干部", "*:* -干部"}, queriesAround...) {
		n := parse(t, q)
		slow, fast := (&Reader{lang: whole}).Highlighter(n), (&Reader{lang: around}).Highlighter(n)
		for seed := range uint64(150) {
			rnd := rand.New(rand.NewPCG(seed, 3))
			folded := article(seed, 40+5*int(seed))
			printed := mixed(folded, rnd)
			beside := rnd.IntN(12)
			want, all := slow.Around(query.Text, folded, printed, beside)
			got, tokens := fast.Around(query.Text, folded, printed, beside)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s in %q (-whole +around):\n%s", q, printed, diff)
			}
			for _, s := range got {
				if diff := cmp.Diff(wordsBeside(folded, all, s, beside), wordsBeside(folded, tokens, s, beside)); diff != "" {
					t.Fatalf("%s at %v of %q: %d words beside (-whole +around):\n%s", q, s, printed, beside, diff)
				}
			}
		}
	}
}

// wordsBeside are the words of the piece of a place and n to either side of it.
func wordsBeside(folded string, tokens []corpus.Token, s corpus.Span, n int) (out []string) {
	l := piecesLanguage()
	start, _ := l.Piece(folded, s.Start)
	_, end := l.Piece(folded, s.End-1)
	first, last := len(tokens), 0
	for i, t := range tokens {
		if t.End > start && t.Start < end {
			first, last = min(first, i), max(last, i+1)
		}
	}
	for left := n; left > 0 && first > 0; {
		if first--; kindOf(folded[tokens[first].Start:tokens[first].End]) == wordly {
			left--
		}
	}
	for left := n; left > 0 && last < len(tokens); last++ {
		if kindOf(folded[tokens[last].Start:tokens[last].End]) == wordly {
			left--
		}
	}
	for _, t := range tokens[first:last] {
		if kindOf(folded[t.Start:t.End]) == wordly {
			out = append(out, folded[t.Start:t.End])
		}
	}
	return out
}

// A line with very many places is looked over a few times, not once for each.
func TestAroundALongLine(t *testing.T) {
	l := piecesLanguage()
	calls, piece := 0, l.Piece
	l.Piece = func(folded string, at int) (start, end int) {
		calls++
		return piece(folded, at)
	}
	const places = 2000
	folded := strings.Repeat("党员干部，", places)
	spans, _ := (&Reader{lang: l}).Highlighter(parse(t, `"党员 干部"~3 OR "干部 党员"`)).Around(query.Text, folded, folded, 3)
	if len(spans) == 0 || calls > 20 {
		t.Errorf("%d places with %d looks at the line", len(spans), calls)
	}
}

func FuzzAround(f *testing.F) {
	f.Add("干部 卡口", "党员干部在交通卡口。\n党员干部。", 2)
	f.Add(`"a 党员"~3 OR exact:黨`, "a  b\n党\xff党员 Ａa", 0)
	f.Fuzz(func(t *testing.T, q, folded string, beside int) {
		n, err := query.Parse(q)
		if err != nil {
			return
		}
		want, _ := (&Reader{lang: testLanguage()}).Highlighter(n).Around(query.Text, folded, folded, beside)
		got, _ := (&Reader{lang: piecesLanguage()}).Highlighter(n).Around(query.Text, folded, folded, beside)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q in %q (-whole +around):\n%s", q, folded, diff)
		}
	})
}

// Exact marks what was printed as it was typed, and near what stands together.
func TestHighlighterMarksWhatMatches(t *testing.T) {
	for _, tt := range []struct{ query, printed, want string }{
		{"exact:幹部", "幹部和干部", "[幹部]和干部"},
		{"exact:干部", "幹部和干部", "幹部和[干部]"},
		{`exact:"黨員幹部"`, "党员幹部、黨員干部、黨員幹部", "党员幹部、黨員干部、[黨員幹部]"},
		{"exact:幹部 OR 書記", "书记、干部、幹部", "[书记]、干部、[幹部]"},
		{"title:幹部 exact:書記", "书记、书記、書記", "书记、书記、[書記]"},
		{`"党员 卡口"~2`, "党员在卡口，党员和群众在山村卡口", "[党员]在[卡口]，[党员]和群众在山村卡口"},
		{`"党员 卡口"~2`, "党员。人员在山村。卡口", "党员。人员在山村。卡口"},
		{`"党员 卡口"~3`, "卡口卡口党员党员", "[卡口][卡口][党员][党员]"},
		{`"党员 卡口"~>3`, "卡口在党员，卡口", "卡口在[党员]，[卡口]"},
		{`"党员 干部 卡口"~3`, "党员、干部、卡口；干部卡口", "[党员]、[干部]、[卡口]；干部卡口"},
		{`"党员干部 卡口"~1`, "党员干部卡口，干部卡口", "[党员干部][卡口]，干部卡口"},
		{`"书记 书记"~1`, "书记、书记和人员，书记", "[书记]、[书记]和人员，书记"},
		{`"卡口党员"~2`, "党员在卡口，党员登记", "[党员]在[卡口]，[党员]登记"},
	} {
		l := testLanguage()
		n, err := query.Parse(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		folded := l.Fold(tt.printed)
		spans := (&Reader{lang: l}).Highlighter(n).Spans(query.Text, folded, tt.printed)
		if got := marked(tt.printed, spans); got != tt.want { // the test language folds to as many bytes
			t.Errorf("%s: %s, want %s", tt.query, got, tt.want)
		}
	}
}

// An article whose text a query finds has something marked in it, and no other.
func TestHighlightsAreWhatIsFound(t *testing.T) {
	l := piecesLanguage()
	var docs []Doc
	for seed := range uint64(120) {
		d := testDoc(l, fmt.Sprintf("%04d", seed), "", article(seed, 60))
		d.Printed = mixed(d.Text, rand.New(rand.NewPCG(seed, 5)))
		docs = append(docs, d)
	}
	dir := t.TempDir()
	w := writer(t, dir, Options{})
	must(t, w.Index(t.Context(), docs), w.Publish(t.Context(), 1), w.Close())
	r, err := OpenReader(dir, l)
	must(t, err)
	defer r.Close()
	for _, q := range queriesAround {
		n := parse(t, q)
		found := map[string]bool{}
		for id, err := range r.Match(t.Context(), n) {
			must(t, err)
			found[id] = true
		}
		for _, d := range docs {
			if spans := r.Highlighter(n).Spans(query.Text, d.Text, d.Printed); (len(spans) > 0) != found[d.ID] {
				t.Errorf("%s: found %v, marked %q", q, found[d.ID], marked(d.Text, spans))
			}
		}
	}
}
