package segment

import (
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/segment/internal/dat"
)

// SubWords appends the words of two or more characters that lie inside word
// and are not word itself, whichever dictionary holds them, by their start and
// then their end. Offsets are bytes of word. An index that holds them at the place
// of word finds 干部 in 党员干部.
func (s *Segmenter) SubWords(dst []corpus.Token, word string) []corpus.Token {
	for start := 0; start < len(word); {
		next, _ := s.alphabet.Next(word, start)
		dst = s.wordsAt(dst, word, start)
		start = next
	}
	return dst
}

// wordsAt appends the words that begin at start, from both tries in step.
func (s *Segmenter) wordsAt(dst []corpus.Token, word string, start int) []corpus.Token {
	general, own := s.general.Root(), s.own.Root()
	inGeneral, inOwn := true, true
	for end := start; end < len(word) && (inGeneral || inOwn); {
		next, symbol := s.alphabet.Next(word, end)
		end = next
		var isGeneral, isOwn bool
		general, inGeneral, isGeneral = step(&s.general, general, inGeneral, symbol)
		own, inOwn, isOwn = step(&s.own, own, inOwn, symbol)
		if !isGeneral && !isOwn || start == 0 && end == len(word) {
			continue
		}
		if utf8.RuneCountInString(word[start:end]) > 1 {
			dst = append(dst, corpus.Token{Start: start, End: end})
		}
	}
	return dst
}

// step follows symbol if the walk is still on, and tells whether it still is
// and whether a word ends here.
func step(t *dat.Trie, n dat.Node, on bool, symbol uint16) (next dat.Node, still, word bool) {
	if !on {
		return 0, false, false
	}
	next, still = t.Step(n, symbol)
	if still {
		_, word = t.Word(next)
	}
	return next, still, word
}
