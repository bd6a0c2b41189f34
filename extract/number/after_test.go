package number

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
)

func TestAfter(t *testing.T) {
	tests := []struct {
		text string // the hedge is looked for at |
		want corpus.Count
		took string
	}{
		{"310名|以上", count(310, 310, -1, corpus.AtLeast), "以上"},
		{"20名|左右干部", count(20, -1, -1, corpus.About), "左右"},
		{"20名|上下", count(20, -1, -1, corpus.About), "上下"},
		{"20名|以下", count(20, -1, 20, corpus.AtMost), "以下"},
		{"20名|以内", count(20, -1, 20, corpus.AtMost), "以内"},
		{"20名|余。", count(20, 20, 29, corpus.Over), "余"},
		{"350人|多，", count(350, 350, 359, corpus.Over), "多"},
		{"20名|之多", count(20, 20, 20, corpus.Exact), "之多"},
		{"20名|干部", count(20, 20, 20, corpus.Exact), ""},
		{"3名|多次获奖的干部", count(3, 3, 3, corpus.Exact), ""},
		{"3个|余下的", count(3, 3, 3, corpus.Exact), ""},
		{"5人|上下班", count(5, 5, 5, corpus.Exact), ""},
		{"5个|左右两侧", count(5, 5, 5, corpus.Exact), ""},
		{"5名|", count(5, 5, 5, corpus.Exact), ""},
		{"3至5名|以上", corpus.Count{Lo: corpus.Some(3), Hi: corpus.Some(5), Modifier: corpus.Range}, "以上"},
		{"X名|左右", corpus.Count{Modifier: corpus.Masked}, "左右"},
	}
	for _, tt := range tests {
		number, rest, _ := strings.Cut(tt.text, "|")
		text := number + rest
		bare, err := Parse(number[:Append(nil, number)[0].Span.End])
		if err != nil {
			t.Fatal(err)
		}
		got, end := After(text, len(number), bare)
		if took := text[len(number):end]; took != tt.took {
			t.Errorf("%s: took %q, want %q", tt.text, took, tt.took)
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got)\n%s", tt.text, d)
		}
		again, _ := After(text, len(number), got)
		if d := cmp.Diff(got, again); d != "" {
			t.Errorf("%s: After twice (-once +twice)\n%s", tt.text, d)
		}
	}
}

func TestAfterOutside(t *testing.T) {
	c := count(5, 5, 5, corpus.Exact)
	for _, off := range []int{-1, 3, 99} {
		if got, end := After("5名以上", off+1, c); off+1 > len("5名以上") && (got != c || end != off+1) {
			t.Errorf("After at %d moved to %d", off+1, end)
		}
	}
}

// count is a count in which a negative bound is unknown.
func count(value, lo, hi int64, m corpus.Modifier) corpus.Count {
	c := corpus.Count{Value: corpus.Some(value), Modifier: m}
	if lo >= 0 {
		c.Lo = corpus.Some(lo)
	}
	if hi >= 0 {
		c.Hi = corpus.Some(hi)
	}
	return c
}
