package cli

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/concordance"
	"jianbao/corpus/sheet"
)

// jsonLines writes one object: the lines, then what they are of.
func jsonLines(w io.Writer) lineWriter {
	out, before := bufio.NewWriter(w), `{"lines":[`
	write := func(l concordance.Line) error {
		out.WriteString(before)
		before = ","
		return writeInline(out, l)
	}
	return lineWriter{write, func(k pipeline.KWIC) error {
		if before != "," {
			out.WriteString(before)
		}
		about, err := json.Marshal(k)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "],%s\n", about[1:])
		return out.Flush()
	}}
}

// writeInline writes v as JSON without a line end.
func writeInline(w io.Writer, v any) error {
	var b bytes.Buffer
	if err := writeJSON(&b, v); err != nil {
		return err
	}
	_, err := w.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	return err
}

func csvLines(w io.Writer) lineWriter {
	out := sheet.NewWriter(w)
	err := out.Write(concordance.Columns())
	return lineWriter{
		func(l concordance.Line) error {
			if err != nil {
				return err
			}
			return out.Write(l.Cells())
		},
		func(pipeline.KWIC) error { return out.Flush() },
	}
}

// The parts of a line of a table that are not context, in cells.
const (
	numberCells = 5
	dayCells    = 10
	idRunes     = 8 // of the doc_id
	titleCells  = 24
	wide        = 110 // columns from which on the title is shown
)

// tableLines aligns lines by their hits: the left context ends where the hit
// begins, in cells, since most characters take two.
func (a *app) tableLines(o *kwicOptions) lineWriter {
	t := &lineTable{out: bufio.NewWriter(a.Out), columns: cmp.Or(a.columns(), defaultColumns), free: o.window != ""}
	t.open, t.closing = a.marks()
	end := func(k pipeline.KWIC) error {
		if err := t.flush(); err != nil {
			return err
		}
		if k.Hits == 0 {
			fmt.Fprintf(t.out, "%s: no hits\n", printable(k.Parsed))
		} else {
			fmt.Fprintf(t.out, "\n%s\n", summary(k, t.shown))
		}
		return t.out.Flush()
	}
	return lineWriter{t.add, end}
}

// summary says how much of how much was shown.
func summary(k pipeline.KWIC, shown int) string {
	of := fmt.Sprintf("%d %s in %d %s", k.Hits, plural(k.Hits, "hit", "hits"), k.Articles, plural(k.Articles, "article", "articles"))
	switch {
	case !k.Complete:
		return fmt.Sprintf("%s: the first %s; more: use -n or --all", printable(k.Parsed), of)
	case shown < k.Hits:
		return fmt.Sprintf("%s: %d of %s", printable(k.Parsed), shown, of)
	}
	return fmt.Sprintf("%s: %s", printable(k.Parsed), of)
}

// lineTable writes lines in blocks that are aligned each by itself, so that a
// table of any length needs little memory.
type lineTable struct {
	out           *bufio.Writer
	columns       int
	free          bool // contexts are shown whole, however wide
	open, closing string

	block []concordance.Line
	shown int
}

const blockLines = 1000

func (t *lineTable) add(l concordance.Line) error {
	for _, s := range []*string{&l.Left, &l.Hit, &l.Right, &l.Title} {
		*s = printable(strings.Join(strings.Fields(*s), " "))
	}
	if t.block = append(t.block, l); len(t.block) < blockLines {
		return nil
	}
	return t.flush()
}

func (t *lineTable) flush() error {
	hit, left, right := 0, 0, 0
	for _, l := range t.block {
		hit, left, right = max(hit, cells(l.Hit)), max(left, cells(l.Left)), max(right, cells(l.Right))
	}
	if !t.free {
		left, right = t.share(hit, left, right)
	}
	for _, l := range t.block {
		t.shown++
		if err := t.write(l, left, right); err != nil {
			return err
		}
	}
	t.block = t.block[:0]
	return nil
}

// share deals out the cells of a line to both sides.
func (t *lineTable) share(hit, left, right int) (int, int) {
	rest := t.columns - (numberCells + 2 + dayCells + 2) - (hit + len([]rune(t.open+t.closing))) - (2 + idRunes)
	if strings.HasPrefix(t.open, "\x1b") {
		rest += len([]rune(t.open + t.closing)) // colours take no cell
	}
	if t.columns >= wide {
		rest -= titleCells + 2
	}
	half := max(rest/2, 8)
	return min(left, half), min(right, half)
}

func (t *lineTable) write(l concordance.Line, left, right int) error {
	before := shortenLeft(l.Left, left)
	after := shortenRight(l.Right, right)
	day := l.Published[:min(dayCells, len(l.Published))]
	_, err := fmt.Fprintf(t.out, "%*d  %-*s  %s%s%s%s%s", numberCells, t.shown, dayCells, day,
		strings.Repeat(" ", left-cells(before)), before, t.open, l.Hit, t.closing)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s%s  %s", after, strings.Repeat(" ", right-cells(after)), l.DocID[:min(idRunes, len(l.DocID))])
	if t.columns >= wide || t.free {
		fmt.Fprintf(t.out, "  %s", shorten(l.Title, titleCells))
	}
	_, err = fmt.Fprintln(t.out)
	return err
}

const cutOff = "…"

// shortenLeft cuts s to at most n cells, from the left.
func shortenLeft(s string, n int) string {
	if cells(s) <= n {
		return s
	}
	rest := []rune(s)
	for len(rest) > 0 && cells(cutOff)+cells(string(rest)) > n {
		rest = rest[1:]
	}
	return cutOff + string(rest)
}

// shortenRight cuts s to at most n cells.
func shortenRight(s string, n int) string {
	if cells(s) <= n {
		return s
	}
	rest := []rune(s)
	for len(rest) > 0 && cells(cutOff)+cells(string(rest)) > n {
		rest = rest[:len(rest)-1]
	}
	return string(rest) + cutOff
}
