package words

import (
	"strings"
	"unicode"

	"jianbao/corpus"
)

// Kind says what a token is.
type Kind int

// The kinds.
const (
	Blank Kind = iota // white space within a line
	Break             // white space that ends a line
	Mark              // anything without a letter or a number in it: a comma, a bracket
	End               // a mark that ends a sentence
	Plain             // a word or a number
)

// Word is a token as it is counted.
type Word struct {
	Text string // folded, in small letters, letters and digits narrow
	Kind Kind
}

// ends are the marks that end a sentence.
const ends = "。！？!?…；;"

// KindOf is the kind of a token.
func KindOf(token string) Kind {
	kind := Blank
	for _, r := range token {
		switch {
		case 0x4E00 <= r && r < 0xA000, unicode.IsLetter(r), unicode.IsNumber(r):
			return Plain
		case r == '\n', r == '\u2028', r == '\u2029':
			kind = max(kind, Break)
		case unicode.IsSpace(r):
		case strings.ContainsRune(ends, r):
			kind = End
		default:
			kind = max(kind, Mark)
		}
	}
	return kind
}

// Normal is a folded token as it is counted: in small letters, full-width
// letters and digits made narrow. Marks stay.
func Normal(token string) string { return strings.Map(normalRune, token) }

func normalRune(r rune) rune {
	switch {
	case 0x2E80 <= r && r < 0xA000: // radicals to ideographs: most of every text
		return r
	case '０' <= r && r <= '９', 'Ａ' <= r && r <= 'Ｚ', 'ａ' <= r && r <= 'ｚ':
		r -= 'ａ' - 'a'
	}
	return unicode.ToLower(r)
}

// Of appends the tokens of a folded text to dst as words. Blanks are left out.
// The words may share memory with folded.
func Of(dst []Word, folded string, tokens []corpus.Token) []Word {
	for _, t := range tokens {
		text := folded[t.Start:t.End]
		if kind := KindOf(text); kind != Blank {
			dst = append(dst, Word{Normal(text), kind})
		}
	}
	return dst
}
