package index

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/index/query"
)

// TestHighlightPatterns holds that what a pattern finds is what is marked.
func TestHighlightPatterns(t *testing.T) {
	l := testLanguage()
	r := published(t, []Doc{testDoc(l, "a", "", "党员干部在检查站值守，党支部书记检测体温。")})
	const text = "党员干部在检查站值守，党支部书记检测体温。"
	tests := []struct {
		query string
		want  []string
	}{
		{"检*", []string{"检查站", "检测"}},
		{"*支部", []string{"党支部"}},
		{"党?", []string{"党员"}},
		{"检查战~1", []string{"检查站"}},
		{"/检(查站|测)/", []string{"检查站", "检测"}},
		{`"检查站 书记"~9`, []string{"检查站", "书记"}},
		{`"党支部书记"~9`, []string{"党支部", "书记"}},
		{"exact:党支部", []string{"党支部"}},
		{"检查站 -检测 published:*", []string{"检查站"}},
		{"count(value:1)", nil},
	}
	for _, tt := range tests {
		var got []string
		for _, s := range r.Highlighter(parse(t, tt.query)).Spans(query.Text, text, text) {
			got = append(got, s.Of(text))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s marks (-want +got):\n%s", tt.query, cmp.Diff(tt.want, got))
		}
	}
}

func TestSimilar(t *testing.T) {
	tests := []struct {
		word, other string
		edits       int
		want        bool
	}{
		{"干部", "干部", 1, true}, {"干部", "干步", 1, true}, {"干部", "干", 1, true}, {"干部", "党干部", 1, true},
		{"干部", "部干", 1, false}, {"干部", "部干", 2, true}, {"abc", "xyz", 2, false}, {"ab", "abcd", 2, true}, {"", "ab", 1, false},
	}
	for _, tt := range tests {
		if got := similar([]rune(tt.word), tt.other, tt.edits); got != tt.want {
			t.Errorf("%s and %s within %d: %v", tt.word, tt.other, tt.edits, got)
		}
	}
}
