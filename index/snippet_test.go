package index

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/index/query"
)

func testHighlighter(t testing.TB, q string) *Highlighter {
	t.Helper()
	return (&Reader{lang: testLanguage()}).Highlighter(parse(t, q))
}

// marked is text with brackets around the spans.
func marked(text string, spans []corpus.Span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.Start] + "[" + s.Of(text) + "]")
		at = s.End
	}
	return b.String() + text[at:]
}

func TestHighlighterSpans(t *testing.T) {
	tests := []struct{ query, field, text, want string }{
		{"幹部", query.Text, "党员干部在一线，干部值守", "党员[干部]在一线，[干部]值守"},
		{"党支部 支部", query.Text, "临时党支部", "临时[党支部]"},
		{"党员干部 干部", query.Text, "党员干部", "[党员干部]"},
		{`"登记车辆 120辆"`, query.Text, "登记车辆 120 辆", "[登记车辆 120 辆]"},
		{"干部值守", query.Text, "干部、值守；党员干部值守", "干部、值守；党员[干部值守]"},
		{"卡口 -干部", query.Text, "干部在卡口", "干部在[卡口]"},
		{"卡口 OR (检查站 NOT 干部)", query.Text, "检查站、卡口、干部", "[检查站]、[卡口]、干部"},
		{"title:卡口 检查站", query.Text, "卡口检查站", "卡口[检查站]"},
		{"title:卡口 检查站", query.Title, "卡口检查站", "[卡口][检查站]"},
		{"卡口 source:日报", query.Source, "日报卡口", "[日报]卡口"},
		{"COVID", query.Text, "Covid-19", "[Covid]-19"},
		{"branch:卡口", query.Text, "卡口", "卡口"},
		{"*:*", query.Text, "卡口", "卡口"},
		{"，", query.Text, "卡口，", "卡口，"},
		{"卡口", query.Text, "", ""},
	}
	for _, tt := range tests {
		spans := testHighlighter(t, tt.query).Spans(tt.field, tt.text, tt.text)
		if got := marked(tt.text, spans); got != tt.want {
			t.Errorf("%s in %s: %s, want %s", tt.query, tt.field, got, tt.want)
		}
	}
}

func TestSnippets(t *testing.T) {
	gap := strings.Repeat("村民在山村，", 20)
	tests := []struct {
		name, query, text string
		want              []string
	}{
		{"a short text is shown whole", "卡口", "  村民在卡口值守。\n", []string{"村民在[卡口]值守。"}},
		{"none without a hit", "卡口", gap, nil},
		{"none for the title", "title:卡口", "卡口", nil},
		{"a phrase longer than a snippet is shown whole", `"` + gap[:17*18] + `"`, gap, []string{"[" + gap[:17*18-3] + "]"}},
	}
	for _, tt := range tests {
		var got []string
		for _, s := range testHighlighter(t, tt.query).Snippets(tt.text, tt.text, nil) {
			got = append(got, markedIn(tt.text, s))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestSnippetsAreCentred(t *testing.T) {
	gap := strings.Repeat("村民在山村，", 20)
	text := gap + "卡口" + gap
	got := testHighlighter(t, "卡口").Snippets(text, text, nil)
	if len(got) != 1 {
		t.Fatalf("%d snippets, want 1", len(got))
	}
	all := utf8.RuneCountInString(got[0].Span.Of(text))
	before := utf8.RuneCountInString(text[got[0].Span.Start:got[0].Highlights[0].Start])
	if all < 76 || all > 80 || before < 36 || before > 42 {
		t.Errorf("snippet of %d runes with %d before the hit", all, before)
	}
}

func markedIn(text string, s Snippet) string {
	spans := make([]corpus.Span, len(s.Highlights))
	for i, h := range s.Highlights {
		spans[i] = corpus.Span{Start: h.Start - s.Span.Start, End: h.End - s.Span.Start}
	}
	return marked(s.Span.Of(text), spans)
}

// TestSnippetsPreferAllTerms holds that the place with both terms is chosen
// over earlier ones with one.
func TestSnippetsPreferAllTerms(t *testing.T) {
	gap := strings.Repeat("村民在山村，", 30)
	text := strings.Repeat("卡口"+gap, 4) + "检查站和卡口" + gap
	got := testHighlighter(t, "卡口 检查站").Snippets(text, text, nil)
	if len(got) != maxSnippets {
		t.Fatalf("%d snippets, want %d", len(got), maxSnippets)
	}
	if last := markedIn(text, got[len(got)-1]); !strings.Contains(last, "[检查站]和[卡口]") {
		t.Errorf("the last snippet is %s", last)
	}
}

// checkSnippets holds what is promised of snippets of any text.
func checkSnippets(t *testing.T, h *Highlighter, text string) {
	t.Helper()
	snippets, spans := h.Snippets(text, text, nil), h.Spans(query.Text, text, text)
	if len(snippets) > maxSnippets || (len(snippets) == 0) != (len(spans) == 0) {
		t.Fatalf("%d snippets for %d highlights in %q", len(snippets), len(spans), text)
	}
	cuts := map[int]bool{}
	for _, tok := range h.lang.Segment(nil, text) {
		cuts[tok.Start], cuts[tok.End] = true, true
	}
	end := 0
	for _, s := range snippets {
		if s.Span.Start < end || s.Span.End > len(text) || !cuts[s.Span.Start] || !cuts[s.Span.End] {
			t.Fatalf("snippet %v of %q is out of order or cuts a word", s.Span, text)
		}
		end = s.Span.End
		at := s.Span.Start
		for _, hl := range s.Highlights {
			if hl.Start < at || hl.Empty() || !s.Span.Contains(hl) {
				t.Fatalf("highlight %v of snippet %v of %q", hl, s.Span, text)
			}
			at = hl.End
		}
		if len(s.Highlights) == 0 {
			t.Fatalf("snippet %v of %q has no highlight", s.Span, text)
		}
	}
}

func TestSnippetsOfArticles(t *testing.T) {
	for _, q := range []string{"干部", "干部 卡口 疫情", `"防控复工" OR 党员干部`, "支部 OR 党支部 OR 临时党支部 -演练"} {
		h := testHighlighter(t, q)
		for seed := range uint64(60) {
			checkSnippets(t, h, article(seed, 50+20*int(seed)))
		}
	}
}

func FuzzSnippets(f *testing.F) {
	f.Add("干部 卡口", "党员干部在交通卡口，党员干部。")
	f.Add(`"a b" OR 党`, "a  b\n党\xff党员")
	f.Fuzz(func(t *testing.T, q, text string) {
		n, err := query.Parse(q)
		if err != nil {
			return
		}
		checkSnippets(t, (&Reader{lang: testLanguage()}).Highlighter(n), text)
	})
}

func BenchmarkSnippets(b *testing.B) {
	h := testHighlighter(b, "干部 卡口 疫情防控")
	text := article(1, 2500)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		h.Snippets(text, text, nil)
	}
}
