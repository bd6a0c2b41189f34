package web

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/index/query"
)

func TestSegments(t *testing.T) {
	span := func(a, b int) corpus.Span { return corpus.Span{Start: a, End: b} }
	tests := []struct {
		name   string
		within corpus.Span
		marks  []mark
		want   []segment
	}{
		{"nothing", span(0, 10), nil, []segment{{Text: "0123456789"}}},
		{"one within another", span(0, 10), []mark{{kind: isMention, span: span(2, 8), mention: 1}, {kind: isHit, span: span(4, 6)}},
			[]segment{{Text: "01"}, {Text: "23", Class: "mention", Begins: []int{1}}, {Text: "45", Class: "hit mention"}, {Text: "67", Class: "mention"}, {Text: "89"}}},
		{"side by side", span(0, 10), []mark{{kind: isHit, span: span(0, 5)}, {kind: isRepair, span: span(5, 10), note: "n"}},
			[]segment{{Text: "01234", Class: "hit"}, {Text: "56789", Class: "repair", Note: "n"}}},
		{"taken out at the start, within and at the end", span(0, 10), []mark{{kind: isRepair, span: span(10, 10)}, {kind: isRepair, span: span(0, 0)}, {kind: isRepair, span: span(5, 5)}},
			[]segment{{Cut: true, Class: "cut repair"}, {Text: "01234"}, {Cut: true, Class: "cut repair"}, {Text: "56789"}, {Cut: true, Class: "cut repair"}}},
		{"the second part of a mark", span(5, 10), []mark{{kind: isMention, span: span(3, 7), mention: 1}, {kind: isRepair, span: span(0, 5)}},
			[]segment{{Text: "56", Class: "mention"}, {Text: "789"}}},
		{"the first part of a mark", span(0, 5), []mark{{kind: isMention, span: span(3, 7), mention: 1}, {kind: isRepair, span: span(5, 5)}},
			[]segment{{Text: "012"}, {Text: "34", Class: "mention", Begins: []int{1}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, segments("0123456789", tt.within, tt.marks)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Whatever the marks, the segments of all parts are the text.
func FuzzSegments(f *testing.F) {
	f.Add("一二三四五六七八九十", []byte{0, 3, 3, 9, 6, 6}, 9)
	f.Add("\xff\x80\x80\x80\x80\x80\x80\x80\x80\x80", []byte{1, 2}, 4)
	f.Add(strings.Repeat("行\n", 40), []byte{7, 99, 0, 200}, 16)
	f.Fuzz(func(t *testing.T, text string, ends []byte, size int) {
		if strings.ContainsFunc(text, isHidden) || size < 1 {
			return
		}
		var marks []mark
		for i := 0; i+1 < len(ends); i += 2 {
			a, b := min(int(ends[i]), len(text)), min(int(ends[i+1]), len(text))
			marks = append(marks, mark{kind: kind(i / 2 % int(kinds)), span: corpus.Span{Start: min(a, b), End: max(a, b)}})
		}
		var all strings.Builder
		for _, p := range parts(text, size) {
			for _, s := range segments(text, p, marks) {
				all.WriteString(s.Text)
			}
		}
		if all.String() != text {
			t.Errorf("%q became %q", text, all.String())
		}
	})
}

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"干部\n\t3名": "干部\n\t3名", "\x1b[31m": "[U+001B][31m", "a\u202eb": "a[U+202E]b", "\u0085": "[U+0085]", "a\r\nb": "a\nb", "\x7f": "[U+007F]", "\ufeff": "[U+FEFF]",
	} {
		if got := visible(in); got != want {
			t.Errorf("visible(%q) = %q, want %q", in, got, want)
		}
	}
	if got := shorten("一二三四", 3); got != "一二三…" {
		t.Errorf("shortened: %q", got)
	}
	if got := shorten("一二三", 3); got != "一二三" {
		t.Errorf("not shortened: %q", got)
	}
}

func TestRefine(t *testing.T) {
	parse := func(q string) query.Node {
		n, err := query.Parse(q, "branch")
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	source, month := clauseOf("source", "甲 乙"), clauseOf("month", "2020-03")
	tests := []struct{ got, want string }{
		{plus(parse("干部"), source), `干部 AND source:"甲 乙"`},
		{plus(parse("干部 OR 党员"), month), "(干部 OR 党员) AND published:2020-03"},
		{plus(parse("*:*"), source), `source:"甲 乙"`},
		{plus(parse(`干部 source:"甲 乙"`), query.Not{Node: source}), `干部 AND NOT source:"甲 乙"`},
		{plus(parse(`干部 -source:"甲 乙"`), source), `干部 AND source:"甲 乙"`},
		{plus(parse(`干部 source:"甲 乙"`), source), `干部 AND source:"甲 乙"`},
		{minus(parse(`干部 source:"甲 乙"`), source), "干部"},
		{minus(parse(`source:"甲 乙"`), source), "*:*"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s, want %s", tt.got, tt.want)
		}
		if again := parse(tt.got).String(); again != tt.got {
			t.Errorf("%s is read as %s", tt.got, again)
		}
	}
}
