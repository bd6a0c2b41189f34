package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus/table"
)

// style is how a piece of an article is printed.
type style uint8

// The styles: what a repair took out, what it put in, and a count.
const (
	tookOut style = 1 << iota
	putIn
	isCount
)

// glyph is a piece of printed text that is not parted.
type glyph struct {
	text  string
	style style
}

// marks is how the marks of an article are printed: by colour, or by brackets
// that stay readable in a file.
type marks struct {
	colour bool
	unseen bool // characters that nobody can see are printed by their code points
}

// codes are the colours by style: what a repair put in wins over a count.
func (s style) codes() string {
	var codes []string
	if s&isCount != 0 {
		codes = append(codes, "1;31")
	}
	if s&tookOut != 0 {
		codes = append(codes, "2;9")
	}
	if s&putIn != 0 {
		codes = append(codes, "4")
	}
	return strings.Join(codes, ";")
}

// write prints glyphs, each run of one style with its colour.
func (k marks) write(w io.Writer, glyphs []glyph) {
	for len(glyphs) > 0 {
		n := 1
		for n < len(glyphs) && glyphs[n].style == glyphs[0].style {
			n++
		}
		var run strings.Builder
		for _, g := range glyphs[:n] {
			run.WriteString(g.text)
		}
		if codes := glyphs[0].style.codes(); k.colour && codes != "" {
			fmt.Fprintf(w, "\x1b[%sm%s\x1b[0m", codes, run.String())
		} else {
			io.WriteString(w, run.String())
		}
		glyphs = glyphs[n:]
	}
}

// repair is an applied edit in the text that it made: characters [start, end)
// stand where before stood.
type repair struct {
	start, end int
	before     string
}

// repairsOf places the applied edits of an article in its text. What they cut
// off around the body is left out, as layout is: it is told below the text.
func repairsOf(edits []table.Edit) (within []repair, around []table.Edit) {
	shift := 0
	for _, e := range edits {
		if !e.Applied {
			continue
		}
		after := len([]rune(e.After))
		r := repair{int(e.RawStart) + shift, int(e.RawStart) + shift + after, e.Before}
		shift += after - int(e.RawEnd-e.RawStart)
		if isShown(e) {
			within = append(within, r)
		} else {
			around = append(around, e)
		}
	}
	return within, around
}

// longRepair is how many characters of what was replaced are worth showing in
// the text.
const longRepair = 60

// frames are the kinds of edits that cut off what stands around a body.
var frames = []string{"head", "tail", "dateline", "signature"}

// isShown reports whether an edit is a repair of the text, and not of what
// stood around it or how it was laid out.
func isShown(e table.Edit) bool {
	before := strings.TrimSpace(e.Before)
	return before+strings.TrimSpace(e.After) != "" && !strings.Contains(before, "\n") && utf8.RuneCountInString(before) <= longRepair &&
		!slices.ContainsFunc(e.Kinds, func(kind string) bool { return slices.Contains(frames, kind) })
}

// mark is the text of an article with its counts and repairs. Offsets are
// characters of text.
func (k marks) mark(text string, counts [][2]int, repairs []repair) []glyph {
	m := marker{marks: k, starts: map[int]int{}, ends: map[int]int{}, repairs: repairs}
	for _, c := range counts {
		m.starts[c[0]]++
		m.ends[c[1]]++
	}
	at := 0
	for _, r := range text {
		m.border(at)
		m.add(r)
		at++
	}
	m.border(at)
	return m.out
}

// marker is the state of marks.mark.
type marker struct {
	marks
	starts, ends map[int]int // counts by where they begin and end
	repairs      []repair    // those to come
	open         []int       // ends of the repairs that are open
	depth        int         // counts that are open
	out          []glyph
}

// border prints what stands between two characters: what ends there, what was
// cut out there, what begins there.
func (m *marker) border(at int) {
	for n := len(m.open); n > 0 && m.open[n-1] == at; n-- {
		m.open = m.open[:n-1]
		m.bracket("}")
	}
	for range m.ends[at] {
		m.depth--
		if m.depth == 0 || !m.colour {
			m.bracket("⟧")
		}
	}
	for len(m.repairs) > 0 && m.repairs[0].start == at && m.repairs[0].end == at {
		m.cut(m.repairs[0].before)
		m.bracket("}")
		m.repairs = m.repairs[1:]
	}
	for range m.starts[at] {
		m.bracket("⟦")
		m.depth++
	}
	for len(m.repairs) > 0 && m.repairs[0].start == at {
		m.cut(m.repairs[0].before)
		m.open = append(m.open, m.repairs[0].end)
		m.repairs = m.repairs[1:]
	}
}

// cut prints what a repair took out.
func (m *marker) cut(before string) {
	m.bracket("{")
	style := m.style() | tookOut
	for _, r := range before {
		m.out = append(m.out, glyph{visible(r), style})
	}
	m.bracket("→")
}

// visible is a character, or its code point where nobody can see it: that may
// be why it was taken out.
func visible(r rune) string {
	if unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) {
		return fmt.Sprintf("<%04X>", r)
	}
	return printable(string(r))
}

// bracket prints a mark, where colour does not say the same.
func (m *marker) bracket(s string) {
	if !m.colour {
		m.out = append(m.out, glyph{s, 0})
	}
}

func (m *marker) add(r rune) {
	text := printable(string(r))
	if m.unseen {
		text = visible(r)
	}
	m.out = append(m.out, glyph{text, m.style()})
}

func (m *marker) style() (s style) {
	if m.depth > 0 {
		s |= isCount
	}
	if len(m.open) > 0 {
		s |= putIn
	}
	return s
}

// lines parts glyphs at line ends and where a line is full; 0 cells is no
// limit.
func lines(glyphs []glyph, room int) [][]glyph {
	var out [][]glyph
	var line []glyph
	used := 0
	for _, g := range glyphs {
		if g.text == "\n" {
			out, line, used = append(out, line), nil, 0
			continue
		}
		if w := cells(g.text); room > 0 && used+w > room {
			out, line, used = append(out, slices.Clip(line)), nil, 0
		}
		line = append(line, g)
		used += cells(g.text)
	}
	return append(out, line)
}

func cellsOf(line []glyph) (n int) {
	for _, g := range line {
		n += cells(g.text)
	}
	return n
}
