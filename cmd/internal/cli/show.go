package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/table"
)

type showOptions struct {
	format     string
	raw        bool
	hans, hant bool
}

// asText is an article for reading.
const asText = "text"

func (a *app) show() *cobra.Command {
	var o showOptions
	c := &cobra.Command{
		Use:   "show -c DIR DOC_ID | PREFIX | ADDRESS",
		Short: "Show one article with its counts and repairs marked",
		Long: `Shows an article as it was printed, by its doc_id, the beginning of one, or an address at which it was seen: what is
known of it, its text, in which counts stand in ⟦ ⟧ and repairs as {before→after} (on a terminal both by colour), and its
counts one by one.`,
		Example: "  jianbao show -c corpus/ 9ec02686\n  jianbao show -c corpus/ --hans news/2021/water.html",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if o.format != asText && o.format != asJSON {
				return usageError{fmt.Errorf("unknown output format %q (text or json)", o.format)}
			}
			if o.hans && o.hant {
				return usageError{errors.New("--hans or --hant, not both")}
			}
			return a.withCorpus(func(corpus *pipeline.Corpus) error { return a.runShow(c.Context(), corpus, o, args[0]) })
		},
	}
	a.corpusFlag(c)
	f := c.Flags()
	f.StringVarP(&o.format, "output", "o", asText, "text or json")
	f.BoolVar(&o.raw, "raw", false, "show the source as it was crawled: beside the text where the terminal is wide, else alone")
	f.BoolVar(&o.hans, "hans", false, "show the text in simplified characters")
	f.BoolVar(&o.hant, "hant", false, "show the text in traditional characters")
	return c
}

func (a *app) runShow(ctx context.Context, c *pipeline.Corpus, o showOptions, given string) (err error) {
	docID, err := c.Resolve(ctx, given)
	if err != nil {
		return err
	}
	s, err := c.Show(ctx, docID)
	if err != nil {
		return err
	}
	if err := o.convert(&s.Document); err != nil {
		return err
	}
	if o.format == asJSON {
		return writeJSON(a.Out, s)
	}
	out := bufio.NewWriter(a.Out)
	defer func() { err = errors.Join(err, out.Flush()) }()
	writeFacts(out, s)
	fmt.Fprintln(out)
	k := marks{colour: a.coloured()}
	if o.raw {
		a.writeRaw(out, k, s)
		return nil
	}
	within, around := repairsOf(s.Edits)
	k.write(out, k.mark(s.Document.Text, countsIn(s.Mentions, false), within))
	fmt.Fprint(out, "\n")
	writeEdits(out, around, s.Edits)
	if len(s.Mentions) == 0 {
		return nil
	}
	fmt.Fprintln(out)
	return writeTable(out, a.shownColumns(), s.Mentions)
}

// convert changes the script of the text, character for character: every offset
// holds as before.
func (o showOptions) convert(d *table.Document) error {
	variant := ""
	switch {
	case o.hans:
		variant = "hans"
	case o.hant:
		variant = "hant"
	default:
		return nil
	}
	convert, err := pipeline.Converter(variant)
	if err != nil {
		return err
	}
	d.Text, d.Title = convert(d.Text), convert(d.Title)
	return nil
}

// writeFacts prints what is known of an article.
func writeFacts(out *bufio.Writer, s pipeline.Shown) {
	d := s.Document
	fact := func(name, value string) {
		if value != "" {
			fmt.Fprintf(out, "%-10s %s\n", name, oneLine(value))
		}
	}
	fact("title", d.Title)
	fact("doc_id", d.DocID)
	for _, x := range s.Sightings {
		fact("uri", x.URI)
	}
	fact("published", d.Moment().String())
	fact("source", d.Source)
	fact("authors", strings.Join(d.Authors, ", "))
	fact("editors", strings.Join(d.Editors, ", "))
	fact("place", strings.TrimSpace(d.Place+" "+d.Adcode))
	fact("script", d.Script)
	fact("charset", d.Charset)
	fact("ingested", d.IngestedAt.String())
	if c := s.Cluster; c != nil && c.Size > 1 {
		fact("reprints", fmt.Sprintf("%s of %d articles, led by %s (jianbao similar shows them)", c.Kind, c.Size, c.ClusterID))
	}
}

// countsIn are the places of counts in the text or in the source.
func countsIn(mentions []table.Mention, raw bool) [][2]int {
	var out [][2]int
	for i := range mentions {
		m := &mentions[i]
		if raw {
			out = append(out, [2]int{int(m.RawStart), int(m.RawEnd)})
		} else {
			out = append(out, [2]int{int(m.Start), int(m.End)})
		}
	}
	return out
}

// writeEdits prints what was cut off around the body, by kind, and the doubts.
func writeEdits(out *bufio.Writer, around, all []table.Edit) {
	type sum struct{ edits, runes int }
	var kinds []string
	sums := map[string]sum{}
	for _, e := range around {
		kind := strings.Join(e.Kinds, "+")
		if _, ok := sums[kind]; !ok {
			kinds = append(kinds, kind)
		}
		s := sums[kind]
		sums[kind] = sum{s.edits + 1, s.runes + int(e.RawEnd-e.RawStart)}
	}
	var parts []string
	for _, kind := range kinds {
		s := sums[kind]
		parts = append(parts, fmt.Sprintf("%s %d (%d characters)", kind, s.edits, s.runes))
	}
	if len(parts) > 0 {
		fmt.Fprintf(out, "\nnot shown: %s; --raw shows the source\n", strings.Join(parts, ", "))
	}
	for _, e := range all {
		if !e.Applied {
			fmt.Fprintf(out, "doubt: %s at %d of the source: %s  %s\n", strings.Join(e.Kinds, "+"), e.RawStart, shorten(oneLine(e.Before), 40), oneLine(e.Note))
		}
	}
}

// shownColumns are the columns of an article's counts: fewer where the terminal
// is narrow.
func (a *app) shownColumns() []column[table.Mention] {
	columns := []column[table.Mention]{
		{name: "seq", right: true, value: func(m table.Mention) string { return fmt.Sprint(m.Seq) }},
		{name: "category", value: func(m table.Mention) string { return m.Category }},
		{name: "value", right: true, value: func(m table.Mention) string { return valueText(m.Value) }},
		{name: "bounds", value: func(m table.Mention) string { return boundsOf(&m) }},
		{name: "head", value: func(m table.Mention) string { return shorten(m.Head, 20) }},
		{name: "place", value: func(m table.Mention) string { return shorten(m.Place, 14) }},
		{name: "flags", value: func(m table.Mention) string { return strings.Join(m.Flags, "+") }},
	}
	if n := a.columns(); n > 0 && n < leastColumns {
		return columns
	}
	return append(columns,
		column[table.Mention]{name: "modifier", value: func(m table.Mention) string { return m.Modifier }},
		column[table.Mention]{name: "unit", value: func(m table.Mention) string { return m.Unit }},
		column[table.Mention]{name: "as_of", value: asOf},
		column[table.Mention]{name: "rule", value: func(m table.Mention) string { return m.RuleID }},
	)
}

func asOf(m table.Mention) string {
	if m.AsOf == nil {
		return ""
	}
	return m.AsOf.String()
}
