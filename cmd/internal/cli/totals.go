package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
	"jianbao/extract"
)

// total is an extract.Total as `jianbao extract` writes it. What is not known
// is null; mentions go by their seq.
type total struct {
	Category string     `json:"category"`
	Total    *int64     `json:"total"`
	Lo       *int64     `json:"lo"`
	Hi       *int64     `json:"hi"`
	Counted  []int      `json:"counted"`
	Excluded []excluded `json:"excluded"`
}

type excluded struct {
	Seq int    `json:"seq"`
	By  string `json:"by"`
}

func totalsOf(mentions []corpus.Mention) []total {
	out := []total{}
	for _, t := range extract.Totals(mentions) {
		row := total{
			Category: t.Category, Total: nullable(t.Value), Lo: nullable(t.Lo), Hi: nullable(t.Hi),
			Counted: append([]int{}, t.Counted...), Excluded: []excluded{},
		}
		for _, e := range t.Excluded {
			row.Excluded = append(row.Excluded, excluded{e.Mention, e.By})
		}
		out = append(out, row)
	}
	return out
}

func nullable(n corpus.Int64) *int64 {
	if !n.Valid {
		return nil
	}
	return &n.N
}

// totalLine is a line of the printed totals: a mention, the first of a
// category behind its total.
type totalLine struct {
	category, total, lo, hi string
	seq                     int
	printed, by             string
}

var totalLineColumns = []column[totalLine]{
	{name: "category", value: func(l totalLine) string { return l.category }},
	{name: "total", right: true, value: func(l totalLine) string { return l.total }},
	{name: "lo", right: true, value: func(l totalLine) string { return l.lo }},
	{name: "hi", right: true, value: func(l totalLine) string { return l.hi }},
	{name: "seq", right: true, value: func(l totalLine) string { return strconv.Itoa(l.seq) }},
	{name: "mention", value: func(l totalLine) string { return l.printed }},
	{name: "left out by", value: func(l totalLine) string { return l.by }},
}

// totalsTo prints the totals of one document after the other, each with the
// mentions that make it up and those that are left out behind them.
func totalsTo(w io.Writer) func(pipeline.Result) error {
	gap := ""
	return func(r pipeline.Result) error {
		heading := strings.TrimRight(r.Raw.URI+"  "+r.Doc.Title, " ")
		if _, err := fmt.Fprintf(w, "%s%s\n", gap, printable(heading)); err != nil {
			return err
		}
		gap = "\n"
		var lines []totalLine
		for _, t := range extract.Totals(r.Doc.Mentions) {
			lines = append(lines, linesOf(t, r.Doc)...)
		}
		if len(lines) == 0 {
			return nil
		}
		return writeTable(w, totalLineColumns, lines)
	}
}

func linesOf(t extract.Total, doc *corpus.Document) []totalLine {
	const widest = 60 // cells of a mention
	var lines []totalLine
	add := func(seq int, by string) {
		lines = append(lines, totalLine{seq: seq, printed: shorten(doc.Mentions[seq].Span.Of(doc.Text), widest), by: by})
	}
	for _, i := range t.Counted {
		add(i, "")
	}
	for _, e := range t.Excluded {
		add(e.Mention, e.By)
	}
	first := &lines[0] // a total has mentions
	first.category, first.total, first.lo, first.hi = t.Category, orUnknown(t.Value), orUnknown(t.Lo), orUnknown(t.Hi)
	return lines
}

func orUnknown(n corpus.Int64) string {
	if !n.Valid {
		return "?"
	}
	return strconv.FormatInt(n.N, 10)
}
