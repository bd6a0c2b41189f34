// Package lexicon holds words of Party and administration work that a general
// dictionary lacks, and words of Taiwan and Hong Kong beside the mainland's,
// all in simplified form. words.txt and synonyms.txt are meant to be read and
// added to.
package lexicon

import (
	_ "embed"
	"strings"
)

//go:embed words.txt
var text string

// Words lists the words in the order of the file. The caller owns the slice.
func Words() []string {
	var words []string
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		if w := strings.TrimSpace(line); w != "" {
			words = append(words, w)
		}
	}
	return words
}
