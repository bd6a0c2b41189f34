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
	for at := 0; at < len(text); {
		var s corpus.Span
		if s, at = nextSentence(text, at); !s.Empty() {
			out = append(out, s)
		}
	}
	return out
}

// nextSentence is the sentence that begins at an offset, and where the next
// begins. It is empty where there is but white space.
func nextSentence(text string, from int) (s corpus.Span, next int) {
	next = sentenceEnd(text, from)
	start, end := from, next
	for start < end && mayBeSpace(text[start]) {
		r, n := utf8.DecodeRuneInString(text[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		start += n
	}
	for start < end {
		r, n := utf8.DecodeLastRuneInString(text[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		end -= n
	}
	return corpus.Span{Start: start, End: end}, next
}

// mayBeSpace reports whether a rune of white space can begin with a byte: most begin ideographs.
func mayBeSpace(c byte) bool { return c <= ' ' || c >= 0xC2 && c <= 0xE3 }

// sentenceEnd is the end of the sentence around an offset. It looks at lead bytes: the ideographs have none of those of
// the marks.
func sentenceEnd(text string, at int) int {
	for at < len(text) {
		switch c := text[at]; {
		case c >= 0xE4 && c <= 0xE9:
			at += 3
		case c == '\n':
			return at + 1
		case c == '!' || c == '?' || c == 0xE2 || c == 0xE3 || c == 0xEF:
			r, n := utf8.DecodeRuneInString(text[at:])
			at += n
			switch r {
			case '。', '！', '？', '!', '?', '…':
				return closingEnd(text, at)
			}
		default:
			at++
		}
	}
	return len(text)
}

// closingEnd is the end of the run of marks at an offset that belong to the sentence before it.
func closingEnd(text string, at int) int {
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		if !strings.ContainsRune("。！？!?…”’」』）)", r) {
			break
		}
		at += n
	}
	return at
}
