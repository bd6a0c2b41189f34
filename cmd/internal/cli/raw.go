package cli

import (
	"bufio"
	"fmt"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/table"
)

// leastColumns is how wide a terminal must be for two columns.
const leastColumns = 100

// writeRaw prints the source of an article with its counts: beside its text,
// line by line of the text, or alone.
func (a *app) writeRaw(out *bufio.Writer, k marks, s pipeline.Shown) {
	k.unseen = true
	source := k.mark(s.Document.RawText, countsIn(s.Mentions, true), nil)
	columns := a.columns()
	if columns < leastColumns {
		k.write(out, source)
		fmt.Fprint(out, "\n")
		return
	}
	room := (columns - len(gutter)) / 2
	for _, p := range pairs(k, s) {
		writeBeside(out, k, lines(p.source, room), lines(p.text, room), room)
	}
}

const gutter = " | "

// pair is a piece of the source and the line of the text that it became; the
// text of what was cut off is empty.
type pair struct{ source, text []glyph }

// pairs parts an article at the lines of its text.
func pairs(k marks, s pipeline.Shown) []pair {
	raw, text := []rune(s.Document.RawText), []rune(s.Document.Text)
	at := rawOffsets(s.Edits, len(text))
	var out []pair
	from := 0 // in the source
	for start := 0; start < len(text); {
		end := start
		for end < len(text) && text[end] != '\n' {
			end++
		}
		rawStart, rawEnd := at(start), at(max(start, end-1))+1
		if end < len(text) {
			rawEnd = at(end)
		}
		rawStart, rawEnd = max(from, rawStart), max(from, rawEnd)
		if strings.TrimSpace(string(raw[from:rawStart])) != "" {
			out = append(out, pair{source: piece(k, raw, from, rawStart, countsIn(s.Mentions, true))})
		}
		out = append(out, pair{piece(k, raw, rawStart, rawEnd, countsIn(s.Mentions, true)), piece(k, text, start, end, countsIn(s.Mentions, false))})
		from, start = rawEnd, end+1
	}
	return append(out, pair{source: piece(k, raw, from, len(raw), countsIn(s.Mentions, true))})
}

// piece is characters [from, to) of a text with the counts that lie in them,
// without line ends at its borders.
func piece(k marks, text []rune, from, to int, counts [][2]int) []glyph {
	for from < to && isLineEnd(text[from]) {
		from++
	}
	for to > from && isLineEnd(text[to-1]) {
		to--
	}
	var within [][2]int
	for _, c := range counts {
		if start, end := max(c[0], from), min(c[1], to); start < end {
			within = append(within, [2]int{start - from, end - from})
		}
	}
	return k.mark(string(text[from:to]), within, nil)
}

func isLineEnd(r rune) bool { return r == '\n' || r == '\r' }

// rawOffsets is where each character of the text stands in the source: for one
// that a repair put in, where the repair begins.
func rawOffsets(edits []table.Edit, n int) func(int) int {
	at := make([]int, 0, n+1)
	raw := 0
	for _, e := range edits {
		if !e.Applied {
			continue
		}
		for ; raw < int(e.RawStart); raw++ {
			at = append(at, raw)
		}
		for range []rune(e.After) {
			at = append(at, raw)
		}
		raw = int(e.RawEnd)
	}
	for ; len(at) <= n; raw++ {
		at = append(at, raw)
	}
	return func(i int) int { return at[i] }
}

// writeBeside prints two columns.
func writeBeside(out *bufio.Writer, k marks, left, right [][]glyph, room int) {
	for i := range max(len(left), len(right)) {
		used := 0
		if i < len(left) {
			k.write(out, left[i])
			used = cellsOf(left[i])
		}
		if i < len(right) && len(right[i]) > 0 {
			fmt.Fprint(out, strings.Repeat(" ", room-used), gutter)
			k.write(out, right[i])
		}
		fmt.Fprintln(out)
	}
}
