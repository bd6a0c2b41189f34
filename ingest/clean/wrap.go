package clean

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
)

// When lines are taken for one paragraph that was broken at a fixed width.
const (
	minWrapped   = 3  // lines of nearly the same width in a row
	minWrapRunes = 16 // narrower lines are verses or lists
	wrapSlack    = 2  // runes by which a full line may be shorter: marks are not put first in a line
)

// maxWrapBytes is a line longer than any at which texts are broken.
const maxWrapBytes = 120 * 4

// mayBeWrapped is a quick look: no line is long, many are nearly as long as the
// longest, and most of these end within a sentence.
func mayBeWrapped(text string) bool {
	longest := 0
	for line := range strings.SplitSeq(text, "\n") {
		if longest = max(longest, len(line)); longest > maxWrapBytes {
			return false
		}
	}
	full, open := 0, 0
	for line := range strings.SplitSeq(text, "\n") {
		if len(line)*5 < longest*4 || len(line) < minWrapRunes {
			continue
		}
		full++
		if !endsSentence(line) {
			open++
		}
	}
	return full >= minWrapped && open*2 >= full
}

// wrapPatches joins lines that were broken in mid-sentence at a fixed width. A
// paragraph ends with a shorter line, an empty one or an indent.
func wrapPatches(text string) []patch {
	all := lines(text)
	width := fullWidth(all, text)
	if width == 0 {
		return nil
	}
	var out []patch
	for i := 0; i+1 < len(all); i++ {
		a, b := all[i].span, all[i+1].span
		if a.Empty() || b.Empty() || !isFull(text, a, width) || startsParagraph(text, all[i].span.End, b) {
			continue
		}
		out = append(out, patch{span: corpus.Span{Start: a.End, End: b.Start}, kind: "hard_wrap", after: spaceBetween(text[:a.End], text[b.Start:]), confidence: 0.9})
	}
	return out
}

// fullWidth is the width in runes at which a text was broken; 0 when it was
// not. Most full lines must end within a sentence.
func fullWidth(all []line, text string) int {
	count := map[int]int{}
	for _, x := range all {
		count[utf8.RuneCountInString(x.span.Of(text))]++
	}
	widths := make([]int, 0, len(count))
	for w := range count {
		widths = append(widths, w)
	}
	slices.Sort(widths)
	for _, w := range slices.Backward(widths) {
		if w < minWrapRunes || w > 120 {
			continue
		}
		full, open, run, longest := 0, 0, 0, 0
		for _, x := range all {
			n := utf8.RuneCountInString(x.span.Of(text))
			if n > w {
				full = -1 << 20 // a longer line: nothing was broken here
			}
			if n < w-wrapSlack || n > w {
				run = 0
				continue
			}
			full++
			run++
			longest = max(longest, run)
			if !endsSentence(x.span.Of(text)) {
				open++
			}
		}
		if longest >= minWrapped && open*3 >= full*2 {
			return w
		}
		return 0
	}
	return 0
}

func isFull(text string, span corpus.Span, width int) bool {
	n := utf8.RuneCountInString(span.Of(text))
	return n >= width-wrapSlack && n <= width
}

// startsParagraph reports whether a line begins anew: after an indent or with
// a number or a heading's mark.
func startsParagraph(text string, end int, b corpus.Span) bool {
	gap := text[end:b.Start]
	indent := strings.TrimLeft(gap[strings.LastIndexByte(gap, '\n')+1:], "\r")
	if utf8.RuneCountInString(indent) >= 2 {
		return true
	}
	first, _ := utf8.DecodeRuneInString(b.Of(text))
	return strings.ContainsRune("一二三四五六七八九十（(•·●■□—", first) && strings.ContainsAny(firstRunes(b.Of(text), 4), "、.．）)•·●■□") || unicode.IsSpace(first)
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
