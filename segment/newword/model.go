package newword

import (
	"iter"
	"sync"
	"unicode/utf8"

	"github.com/go-ego/gse/hmm"

	"jianbao/corpus"
)

// loadModel fills the tables of package hmm, which are global to it, once.
var loadModel = sync.OnceFunc(func() { hmm.LoadModel() })

// model is gse's hidden Markov model of how characters make words.
type model struct{}

func newModel() model {
	loadModel()
	return model{}
}

// maxGuess bounds what the model cuts at once, in runes: its time grows with
// the square of that, and no word is so long.
const maxGuess = 24

// propose lists the words of two and more characters that the model makes of
// the single Han characters which the dictionary leaves in a row, as gse's Cut
// does with its HMM.
func (model) propose(text string, tokens []corpus.Token) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 0; i < len(tokens); i++ {
			n := 0
			for n < maxGuess && i+n < len(tokens) && isLone(text, tokens[i+n]) {
				n++
			}
			if n < 2 {
				continue
			}
			for _, word := range hmm.Cut(text[tokens[i].Start:tokens[i+n-1].End]) {
				if utf8.RuneCountInString(word) > 1 && !yield(word) {
					return
				}
			}
			i += n - 1
		}
	}
}

// isLone reports whether a token is a single Han character.
func isLone(text string, k corpus.Token) bool {
	r, size := utf8.DecodeRuneInString(text[k.Start:k.End])
	return size == k.End-k.Start && isHan(r)
}
