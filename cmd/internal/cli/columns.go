package cli

import (
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"
)

// assumedColumns is how wide lists for reading are when nobody says how wide
// the terminal is.
const assumedColumns = 120

// defaultColumns is how wide what is aligned around its middle is then.
const defaultColumns = 80

// columns is the width of the terminal in cells; 0 when there is none that
// says. $COLUMNS wins, for those who read what was written to a file.
func (a *app) columns() int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if f, ok := a.Out.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil {
			return n
		}
	}
	return 0
}

// fit is s in exactly n cells: cut, or filled with spaces.
func fit(s string, n int, right bool) string {
	if cells(s) > n {
		s = shorten(s, n-1) // an ellipsis takes two cells where it is wide
	}
	gap := strings.Repeat(" ", max(0, n-cells(s)))
	if right {
		return gap + s
	}
	return s + gap
}

// window is the range of characters around [start, end) that fits into so many
// cells: the middle whole as far as can be, and about as much on either side.
func window(text []rune, start, end, room int) (from, to int) {
	width := func(i int) int { return cells(string(text[i])) }
	from, to = start, start
	for to < end && room >= width(to) {
		room -= width(to)
		to++
	}
	for before, after := true, to == end; before || after; {
		if before = before && from > 0 && room >= width(from-1); before {
			from--
			room -= width(from)
		}
		if after = after && to < len(text) && room >= width(to); after {
			room -= width(to)
			to++
		}
	}
	return from, to
}
