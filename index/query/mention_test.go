package query

import (
	"strings"
	"testing"

	"jianbao/corpus"
)

func TestCountMatcher(t *testing.T) {
	exact := Mention{
		Category: "checkpoint", Term: "卡口", Unit: "个", Modifier: "exact", Rule: "checkpoint.post", Place: "百色市右江区", Adcode: "451002",
		Value: corpus.Some(120), Lo: corpus.Some(120), Hi: corpus.Some(120), Flags: []string{"joint", "after"}, Counted: true, AsOf: "2020-02-23",
	}
	hundreds := Mention{Category: "cadre", Modifier: "range", Lo: corpus.Some(200), Hi: corpus.Some(999)}
	atLeast := Mention{Category: "cadre", Modifier: "at_least", Lo: corpus.Some(100)}
	masked := Mention{Category: "cadre", Modifier: "masked"}
	tests := []struct {
		query string
		m     Mention
		want  bool
	}{
		{"category:checkpoint value:>=100 place:百色", exact, true},
		{"category:checkpoint value:>120", exact, false},
		{"value:[100 TO 120}", exact, false},
		{"category:branch value:>=100", exact, false},
		{"category:(branch OR checkpoint) -flag:subtotal", exact, true},
		{"NOT flag:joint", exact, false},
		{"flag:after counted:true", exact, true},
		{"counted:false", exact, false},
		{"adcode:4510*", exact, true},
		{"adcode:4511*", exact, false},
		{"term:卡?", exact, true},
		{"term:卡", exact, false},
		{"unit:个 modifier:EXACT rule:checkpoint.*", exact, true},
		{"as_of:2020-02", exact, true},
		{"as_of:<2020-02-23", exact, false},
		{"as_of:*", hundreds, false},
		{"value:>=500", hundreds, true},
		{"value:<200", hundreds, false},
		{"value:*", hundreds, false},
		{"lo:200 hi:<1000", hundreds, true},
		{"hi:*", atLeast, false},
		{"value:>1000000", atLeast, true},
		{"value:<100", atLeast, false},
		{"value:>=0", masked, false},
		{"modifier:masked", masked, true},
	}
	for _, tt := range tests {
		n, err := Parse("count(" + tt.query + ")")
		if err != nil {
			t.Errorf("parse %s: %v", tt.query, err)
			continue
		}
		if got := n.(Count).Matcher(strings.ToLower)(&tt.m); got != tt.want {
			t.Errorf("%s of %+v: %v, want %v", n, tt.m, got, tt.want)
		}
	}
}

func TestGlob(t *testing.T) {
	tests := []struct {
		pattern, word, prefix string
		want                  bool
	}{
		{"防控*", "防控", "防控", true},
		{"防控*", "防控点", "防控", true},
		{"防控*", "联防控", "防控", false},
		{"*支部", "临时党支部", "", true},
		{"*支部", "支部书记", "", false},
		{"临*支*部", "临时党支支部", "临", true},
		{"?部", "支部", "", true},
		{"?部", "党支部", "", false},
		{"a**b?", "axxbc", "a", true},
		{`\**`, "*a", "*", true},
		{`\**`, "a", "*", false},
		{"A?", "ab", "A", false},
		{"*", "", "", true},
	}
	for _, tt := range tests {
		g := NewGlob(tt.pattern)
		if g.Match(tt.word) != tt.want || g.Prefix() != tt.prefix {
			t.Errorf("%s on %s: %v, prefix %q; want %v, %q", tt.pattern, tt.word, !tt.want, g.Prefix(), tt.want, tt.prefix)
		}
	}
}
