package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
)

// Sentences splits a text at 。！？!?… and line ends; closing quotes and
// brackets stay with the sentence that they close. White space around a
// sentence belongs to none.
func Sentences(text string) []corpus.Span {
	var out []corpus.Span
	start := 0
	emit := func(end int) {
		s := text[start:end]
		left := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
		right := len(strings.TrimRightFunc(s[left:], unicode.IsSpace))
		if right > 0 {
			out = append(out, corpus.Span{Start: start + left, End: start + left + right})
		}
		start = end
	}
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRuneInString(text[at:])
		at += n
		if r == '\n' {
			emit(at)
			continue
		}
		if !strings.ContainsRune("。！？!?…", r) {
			continue
		}
		for at < len(text) {
			r, n := utf8.DecodeRuneInString(text[at:])
			if !strings.ContainsRune("。！？!?…”’」』）)", r) {
				break
			}
			at += n
		}
		emit(at)
	}
	emit(len(text))
	return out
}
