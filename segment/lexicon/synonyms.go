package lexicon

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed synonyms.txt
var synonymsText string

// Synonyms lists the groups of words of which any can stand for the others:
// what the mainland says, and then Taiwan and Hong Kong. All are in simplified
// form, in the order of synonyms.txt. The caller owns the slices.
//
// They widen a search or a rule; a text is never rewritten by them.
func Synonyms() [][]string {
	var groups [][]string
	for line := range strings.Lines(synonymsText) {
		line, _, _ = strings.Cut(line, "#")
		if words := strings.Fields(line); len(words) > 0 {
			groups = append(groups, words)
		}
	}
	return groups
}

// groupOf finds the group of a word.
var groupOf = sync.OnceValue(func() map[string][]string {
	of := map[string][]string{}
	for _, group := range Synonyms() {
		for _, w := range group {
			of[w] = group
		}
	}
	return of
})

// SynonymsOf lists the other words of the group of word, in the order of
// synonyms.txt; none for a word, in simplified form, that is in no group. The
// caller owns the slice.
func SynonymsOf(word string) []string {
	return slices.DeleteFunc(slices.Clone(groupOf()[word]), func(w string) bool { return w == word })
}
