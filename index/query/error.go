package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// SyntaxError says what is wrong with a query, and where.
type SyntaxError struct {
	Query  string
	Offset int // bytes into Query; its length when something is missing at the end
	Kind   Kind
	Parts  []string // what the texts of its kind name
	Msg    string   // what is wrong
	Hint   string   // what to write instead; may be empty
}

// Error is the message with its place and hint, on one line.
func (e *SyntaxError) Error() string {
	s := fmt.Sprintf("query: %s at byte %d", e.Msg, e.Offset)
	if e.Hint != "" {
		s += " (" + e.Hint + ")"
	}
	return s
}

// caretColumns is how much of a query Caret shows on either side of the place.
const caretColumns = 60

// Caret renders the query with a caret under the place of the error, the
// message beside it and the hint below, each line ended by a newline. Wide
// characters count as two columns, as on a terminal; of a long query only what
// stands around the place is shown.
func (e *SyntaxError) Caret() string {
	at := min(max(e.Offset, 0), len(e.Query))
	before, after := lastColumns(e.Query[:at]), firstColumns(e.Query[at:])
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s\n%s^ %s\n", before, after, strings.Repeat(" ", columns(before)), e.Msg)
	if e.Hint != "" {
		fmt.Fprintf(&b, "%s\n", e.Hint)
	}
	return b.String()
}

// lastColumns is the end of s as it is shown, led by an ellipsis when cut.
func lastColumns(s string) string {
	n, at := 0, len(s)
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:at])
		if n += runeColumns(r); n > caretColumns {
			return "…" + printable(s[at:])
		}
		at -= size
	}
	return printable(s)
}

// firstColumns is the start of s as it is shown, ended by an ellipsis when
// cut.
func firstColumns(s string) string {
	n := 0
	for i, r := range s {
		if n += runeColumns(r); n > caretColumns {
			return printable(s[:i]) + "…"
		}
	}
	return printable(s)
}

// printable keeps every rune in its column: what is not graphic, a line break
// above all, becomes a space. Marks that take no column go.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case runeColumns(r) == 0:
			return -1
		case !unicode.IsGraphic(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
}

func columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

// runeColumns is the width of r on a terminal (Unicode's East Asian Width).
func runeColumns(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
