package lexicon_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"jianbao/segment/lexicon"
	"jianbao/segment/script"
)

func TestWords(t *testing.T) {
	words := lexicon.Words()
	if len(words) < 300 {
		t.Errorf("%d words, want some hundreds", len(words))
	}
	seen := map[string]bool{}
	for _, w := range words {
		switch {
		case !utf8.ValidString(w) || utf8.RuneCountInString(w) < 2:
			t.Errorf("%q is not a word of two or more characters", w)
		case strings.IndexFunc(w, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) >= 0:
			t.Errorf("%q holds more than Han characters", w)
		case script.Fold(w).Text != w:
			t.Errorf("%s is not in simplified form: %s", w, script.Fold(w).Text)
		case seen[w]:
			t.Errorf("%s is there twice", w)
		}
		seen[w] = true
	}
	for _, w := range []string{"党支部", "临时党支部", "网格员", "采样点", "劝返点"} {
		if !seen[w] {
			t.Errorf("%s is missing", w)
		}
	}
}

// The slice is the caller's own.
func TestWordsOwned(t *testing.T) {
	lexicon.Words()[0] = "x"
	if lexicon.Words()[0] == "x" {
		t.Error("a caller's change shows in the next list")
	}
}
