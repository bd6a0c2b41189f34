package index

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
)

// maxTermBytes bounds one term. Longer runs of letters are encoded data, and
// longer than any term that a query can hold.
const maxTermBytes = 1024

// minCompound is how many characters a word has that can have words inside it,
// which have two at least.
const minCompound = 3

// term is a word of a text, or a word inside one.
type term struct {
	text string
	pos  int         // from 1; see the package comment
	span corpus.Span // in the folded text
}

// checkTiles reports tokens that do not tile text.
func checkTiles(text string, tokens []corpus.Token) error {
	at := 0
	for i, t := range tokens {
		if t.Start != at || t.End <= t.Start || t.End > len(text) {
			return fmt.Errorf("token %d at [%d,%d) does not follow on byte %d of %d", i, t.Start, t.End, at, len(text))
		}
		at = t.End
	}
	if at != len(text) {
		return fmt.Errorf("tokens end at byte %d of %d", at, len(text))
	}
	return nil
}

// words are the terms of a text that was typed: no inner words, so that what
// was asked for is not asked for twice. Full-width letters are made narrow
// before it is cut, as cleaning does with an article's.
func (l *Language) words(text string) []term {
	folded := strings.Map(narrow, l.Fold(text))
	return terms(folded, l.Segment(nil, folded), nil)
}

// terms are the words of a folded text that was indexed, with those inside
// them.
func (l *Language) terms(folded string, tokens []corpus.Token) []term {
	return terms(folded, tokens, l.SubWords)
}

// terms are the words of a folded text in order, each followed by what
// subWords, if given, finds inside it.
func terms(folded string, tokens []corpus.Token, subWords func([]corpus.Token, string) []corpus.Token) []term {
	out := make([]term, 0, len(tokens)+len(tokens)/4)
	var inner []corpus.Token
	pos, gap := 1, false
	for _, t := range tokens {
		word := folded[t.Start:t.End]
		switch kindOf(word) {
		case blank:
			continue
		case mark:
			gap = pos > 1
			continue
		}
		if gap {
			pos, gap = pos+1, false
		}
		runes := utf8.RuneCountInString(word)
		if len(word) <= maxTermBytes {
			out = append(out, term{normal(word), pos, corpus.Span(t)})
			if subWords != nil && runes >= minCompound {
				inner = subWords(inner[:0], word)
				out = appendInner(out, word, inner, pos, t.Start)
			}
		}
		pos += runes
	}
	return out
}

// appendInner appends the words inside word, which stands at pos and at byte
// start.
func appendInner(out []term, word string, inner []corpus.Token, pos, start int) []term {
	for _, t := range inner {
		if kindOf(word[t.Start:t.End]) != wordly {
			continue
		}
		out = append(out, term{
			text: normal(word[t.Start:t.End]),
			pos:  pos + utf8.RuneCountInString(word[:t.Start]),
			span: corpus.Span{Start: start + t.Start, End: start + t.End},
		})
	}
	return out
}

type tokenKind int

const (
	blank tokenKind = iota
	mark
	wordly
)

// kindOf tells white space and marks from words, which have a letter or a
// number in them.
func kindOf(token string) tokenKind {
	kind := blank
	for _, r := range token {
		switch {
		case 0x4E00 <= r && r < 0xA000, unicode.IsLetter(r), unicode.IsNumber(r):
			return wordly
		case !unicode.IsSpace(r):
			kind = mark
		}
	}
	return kind
}
