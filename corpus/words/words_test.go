package words

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
)

func TestKindOf(t *testing.T) {
	for token, want := range map[string]Kind{
		"": Blank, " ": Blank, "\u3000": Blank, "\t": Blank,
		"\n": Break, " \n": Break, "\u2028": Break,
		"，": Mark, "（": Mark, "《": Mark, "×": Mark, "\uFFFD": Mark,
		"。": End, "！": End, "?": End, "……": End, "”。": End,
		"党支部": Plain, "12": Plain, "K10+029": Plain, "㎡": Mark, "①": Plain, "𠮷": Plain,
	} {
		if got := KindOf(token); got != want {
			t.Errorf("KindOf(%q) = %d, want %d", token, got, want)
		}
	}
}

func TestNormal(t *testing.T) {
	for token, want := range map[string]string{"ＡＢｃ１": "abc1", "App": "app", "党员": "党员", "É": "é", "，": "，"} {
		if got := Normal(token); got != want {
			t.Errorf("Normal(%q) = %q, want %q", token, got, want)
		}
	}
}

func TestOf(t *testing.T) {
	text := "Ａ组 来了。\n"
	var tokens []corpus.Token
	at := 0
	for _, w := range []string{"Ａ", "组", " ", "来了", "。", "\n"} {
		tokens = append(tokens, corpus.Token{Start: at, End: at + len(w)})
		at += len(w)
	}
	want := []Word{{"a", Plain}, {"组", Plain}, {"来了", Plain}, {"。", End}, {"\n", Break}}
	if diff := cmp.Diff(want, Of(nil, text, tokens)); diff != "" {
		t.Error(diff)
	}
}
