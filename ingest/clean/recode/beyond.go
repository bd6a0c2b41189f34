package recode

import (
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// What is left of U+FFFD in UTF-8 that was read as GBK: 锟斤拷.
const ghost = "锟斤拷"

// quotes open a quotation.
const quotes = "“‘「『《〈\"'`"

// between is how many characters may stand between two lost ones of one mark.
const between = 3

// beyond marks characters that were lost for good at byte offset i. The words
// for them are left alone in quotation marks.
func beyond(text string, i int) (Repair, bool) {
	lost := lostAt(text, i)
	if lost == 0 || lost == len(ghost) && strings.ContainsRune(quotes, runeBefore(text, i)) {
		return Repair{}, false
	}
	end := i + lost
	for at, skipped := end, 0; at < len(text) && text[at] != '\n' && skipped <= between; {
		if n := lostAt(text, at); n > 0 {
			at += n
			end, skipped = at, 0
			continue
		}
		_, n := utf8.DecodeRuneInString(text[at:])
		at += n
		skipped++
	}
	return Repair{
		Span: corpus.Span{Start: i, End: end}, Kind: Beyond, Confidence: 0.99, Note: "bytes were lost",
	}, true
}

// lostAt is the length of what is left of a lost character at byte offset i.
func lostAt(text string, i int) int {
	for _, s := range []string{"\uFFFD", ghost} {
		if strings.HasPrefix(text[i:], s) {
			return len(s)
		}
	}
	return 0
}
