package clean

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
)

// spacedPatches closes letter-spaced lines (全 镇 19 个 党 支 部) and numbers
// that were grouped by spaces (14 326名).
func spacedPatches(text string) []patch {
	var out []patch
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		line := corpus.Span{Start: at, End: end}
		if isLetterSpaced(line.Of(text)) {
			out = closeSpaces(out, text, line)
		} else {
			out = groupedNumbers(out, text, line)
		}
		at = end + 1
	}
	return out
}

// isLetterSpaced reports whether a line is single characters and numbers with
// one space between.
func isLetterSpaced(line string) bool {
	const least = 8
	if spaces := strings.Count(line, " ") + strings.Count(line, "\u3000"); spaces*8 < len(line) { // a character and a space are four to six bytes
		return false
	}
	words := strings.Fields(line)
	if len(words) < least {
		return false
	}
	single := 0
	for _, w := range words {
		if r, n := utf8.DecodeRuneInString(w); n == len(w) && (unicode.Is(unicode.Han, r) || !unicode.IsLetter(r)) || isNumber(w) {
			single++
		}
	}
	return single*10 >= len(words)*9
}

func isNumber(s string) bool {
	return strings.Trim(s, "0123456789.%") == ""
}

// closeSpaces deletes the spaces of a line, save between Latin words.
func closeSpaces(out []patch, text string, line corpus.Span) []patch {
	for i := line.Start; i < line.End; {
		r, n := utf8.DecodeRuneInString(text[i:line.End])
		if !isGap(r) {
			i += n
			continue
		}
		end := i
		for end < line.End {
			r, n := utf8.DecodeRuneInString(text[end:line.End])
			if !isGap(r) {
				break
			}
			end += n
		}
		left, _ := utf8.DecodeLastRuneInString(text[line.Start:i])
		right, _ := utf8.DecodeRuneInString(text[end:line.End])
		if i > line.Start && end < line.End && !(isLetter(left) && isLetter(right)) {
			out = append(out, patch{span: corpus.Span{Start: i, End: end}, kind: "letter_spacing", confidence: 0.95})
		}
		i = end
	}
	return out
}

func isGap(r rune) bool { return r == ' ' || r == 0x3000 }

func isLetter(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }

var groupedNumber = regexp.MustCompile(`[1-9][0-9]{0,2}(?: [0-9]{3})+`)

// groupedNumbers deletes the spaces of 14 326名: groups of three digits between
// Chinese, before a word that counts.
func groupedNumbers(out []patch, text string, line corpus.Span) []patch {
	s := line.Of(text)
	if strings.IndexByte(s, ' ') < 0 {
		return out
	}
	for _, m := range groupedNumber.FindAllStringIndex(s, -1) {
		left, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		right, _ := utf8.DecodeRuneInString(s[m[1]:])
		if !unicode.Is(unicode.Han, left) || !unicode.Is(unicode.Han, right) || strings.ContainsRune("年月日号號时時点點分页頁期", right) {
			continue
		}
		for i := m[0]; i < m[1]; i++ {
			if s[i] == ' ' {
				out = append(out, patch{span: corpus.Span{Start: line.Start + i, End: line.Start + i + 1}, kind: "digit_space", confidence: 0.9})
			}
		}
	}
	return out
}

var commaBefore = regexp.MustCompile(`[,，]([。，、；：！？])`)

// doubledMarkPatches deletes the comma that a mirror put before every mark
// (,。), when it did so throughout.
func doubledMarkPatches(text string) []patch {
	found := commaBefore.FindAllStringSubmatchIndex(text, -1)
	if stops := strings.Count(text, "。"); len(found) < 2 && stops > 1 || len(found)*2 < stops {
		return nil
	}
	var out []patch
	for _, m := range found {
		out = append(out, patch{span: corpus.Span{Start: m[0], End: m[2]}, kind: "inserted_comma", confidence: 0.95})
	}
	return out
}

var questionIndent = regexp.MustCompile(`(?m)^[ \t]*\?(?: ?\?){1,7}[ \t]*(\p{Han}|[“《（])`)

// questionIndentPatches deletes the question marks that stand for ideographic
// spaces at the start of a line, when most paragraphs of a text have them.
func questionIndentPatches(text string) []patch {
	var out []patch
	for _, m := range questionIndent.FindAllStringSubmatchIndex(text, -1) {
		out = append(out, patch{span: corpus.Span{Start: m[0], End: m[2]}, kind: "question_indent", confidence: 0.9})
	}
	return out
}

// Letters of both cases and digits, changing inside.
var oddWord = regexp.MustCompile(`[A-Za-z0-9]*(?:[a-z][A-Z]|[A-Z][a-z]+[A-Z0-9])[A-Za-z0-9]*`)

// watermarkPatches deletes a constant odd word that a site put before its line
// breaks and gaps, every time that it stands in the text.
func watermarkPatches(text string) []patch {
	const least, longest = 3, 8
	seen := map[string][][]int{}
	for _, m := range oddWord.FindAllStringIndex(text, -1) {
		if n := m[1] - m[0]; n <= longest && !strings.ContainsAny(text[m[0]:m[1]], "aeiouAEIOU") { // a brand can be spoken
			seen[text[m[0]:m[1]]] = append(seen[text[m[0]:m[1]]], m)
		}
	}
	var best string
	for w, places := range seen {
		if len(places) >= least && len(places) > len(seen[best]) && everyIsDetached(text, places) {
			best = w
		}
	}
	var out []patch
	for _, m := range seen[best] {
		out = append(out, patch{span: corpus.Span{Start: m[0], End: m[1]}, kind: "watermark", confidence: 0.9})
	}
	return out
}

// everyIsDetached reports whether a word stands behind Chinese, and before a gap
// or behind a mark, at all its places.
func everyIsDetached(text string, places [][]int) bool {
	for _, m := range places {
		left, _ := utf8.DecodeLastRuneInString(text[:m[0]])
		right, n := utf8.DecodeRuneInString(text[m[1]:])
		if left < utf8.RuneSelf && !unicode.IsPunct(left) || n > 0 && !unicode.IsSpace(right) && !unicode.IsPunct(left) {
			return false
		}
	}
	return true
}
