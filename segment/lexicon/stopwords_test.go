package lexicon_test

import (
	"testing"

	"jianbao/segment/lexicon"
	"jianbao/segment/script"
)

func TestStopWords(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range lexicon.StopWords() {
		switch {
		case script.Fold(w).Text != w:
			t.Errorf("%s is not in simplified form: %s", w, script.Fold(w).Text)
		case seen[w]:
			t.Errorf("%s is there twice", w)
		case !lexicon.IsStopWord(w):
			t.Errorf("%s is listed and not found", w)
		}
		seen[w] = true
	}
	for _, w := range append(lexicon.Words(), "党员", "") {
		if lexicon.IsStopWord(w) {
			t.Errorf("%q is a stop word", w)
		}
	}
}
