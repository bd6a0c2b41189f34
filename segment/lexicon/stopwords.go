package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed stopwords.txt
var stopWordsText string

// StopWords lists the words that say little by themselves, in simplified form, in
// the order of stopwords.txt. The caller owns the slice.
func StopWords() []string {
	var words []string
	for line := range strings.Lines(stopWordsText) {
		line, _, _ = strings.Cut(line, "#")
		words = append(words, strings.Fields(line)...)
	}
	return words
}

var stopWords = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, w := range StopWords() {
		all[w] = true
	}
	return all
})

// IsStopWord reports whether word, in simplified form, is one of [StopWords].
func IsStopWord(word string) bool { return stopWords()[word] }
