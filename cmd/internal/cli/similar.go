package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
)

type similarOptions struct {
	pipeline.SimilarOptions
	format string
	full   bool
	all    bool
}

func (a *app) similar() *cobra.Command {
	var o similarOptions
	c := &cobra.Command{
		Use:   "similar -c DIR DOC_ID | PREFIX | ADDRESS",
		Short: "Show the reprints of an article, others that are near it, and what differs",
		Long: `Lists the articles of the cluster that an article is in, then others that are similar, such as bulletins of one
pattern that say other figures. Of each it says what differs: first the numbers, then words, in whichever script either
was printed; what is the same word in two scripts does not differ.`,
		Example: "  jianbao similar -c corpus/ 9ec02686\n  jianbao similar -c corpus/ --least 0.3 --full 9ec02686",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := o.parse(); err != nil {
				return usageError{err}
			}
			return a.withCorpus(func(corpus *pipeline.Corpus) error { return a.runSimilar(c.Context(), corpus, o, args[0]) })
		},
	}
	a.corpusFlag(c)
	f := c.Flags()
	f.StringVarP(&o.format, "output", "o", asText, "text or json")
	f.Float64Var(&o.Least, "least", 0.5, "least similarity of articles outside the cluster, 0 to 1: Jaccard of their runs of five characters")
	f.IntVarP(&o.Limit, "limit", "n", 20, "how many articles to show")
	f.BoolVar(&o.all, "all", false, "show every article")
	f.BoolVar(&o.full, "full", false, "show all that differs, not only the first of it")
	return c
}

func (o *similarOptions) parse() error {
	switch {
	case o.format != asText && o.format != asJSON:
		return fmt.Errorf("unknown output format %q (text or json)", o.format)
	case o.Limit < 0:
		return errors.New("--limit must not be negative")
	case !(o.Least >= 0 && o.Least <= 1): // not a number either
		return fmt.Errorf("--least %v is not between 0 and 1", o.Least)
	case o.all:
		o.Limit = -1
	}
	return nil
}

func (a *app) runSimilar(ctx context.Context, c *pipeline.Corpus, o similarOptions, given string) (err error) {
	docID, err := c.Resolve(ctx, given)
	if err != nil {
		return err
	}
	found, err := c.Similar(ctx, docID, o.SimilarOptions)
	if err != nil {
		return err
	}
	if o.format == asJSON {
		return writeJSON(a.Out, found)
	}
	out := bufio.NewWriter(a.Out)
	defer func() { err = errors.Join(err, out.Flush()) }()
	writeArticle(out, found.Of)
	fmt.Fprintf(out, "%s\n", clusterText(found))
	k := marks{colour: a.coloured()}
	for _, s := range found.Articles {
		fmt.Fprintf(out, "\n%-6s %.2f  ", s.Relation, s.Similarity)
		writeArticle(out, s.Article)
		writeDifference(out, k, s, o.full)
	}
	return nil
}

// titleOf is by what an article goes in a list: its title, or else its address.
func titleOf(x pipeline.Article) string { return cmp.Or(x.Title, x.URI) }

// writeArticle prints an article in two lines.
func writeArticle(out *bufio.Writer, x pipeline.Article) {
	fmt.Fprintf(out, "%s\n    %s\n", oneLine(titleOf(x)), oneLine(strings.Join(known(x.Published, x.Source, x.URI, x.DocID), "  ")))
}

func clusterText(s pipeline.SimilarArticles) string {
	switch {
	case s.ClusterID == "":
		return "not grouped yet: the next ingest finds its reprints"
	case s.Size == 1:
		return "no reprints"
	case s.ClusterID == s.Of.DocID:
		return fmt.Sprintf("leads a cluster of %d", s.Size)
	}
	return fmt.Sprintf("of a cluster of %d, led by %s", s.Size, s.ClusterID)
}

// firstChanges is how many changes are shown without --full.
const firstChanges = 10

// writeDifference prints what differs in an article, the numbers first.
func writeDifference(out *bufio.Writer, k marks, s pipeline.Similarity, full bool) {
	if len(s.Numbers)+len(s.Words) == 0 {
		fmt.Fprint(out, "    the same words\n")
		return
	}
	writeChanges(out, k, "numbers", s.Numbers, full)
	writeChanges(out, k, "words", s.Words, full)
}

func writeChanges(out *bufio.Writer, k marks, what string, changes []pipeline.Change, full bool) {
	if len(changes) == 0 {
		return
	}
	fmt.Fprintf(out, "    %s that differ: %d\n", what, len(changes))
	for i, c := range changes {
		if i == firstChanges && !full {
			fmt.Fprintf(out, "      … %d more: use --full\n", len(changes)-i)
			return
		}
		fmt.Fprint(out, "      ")
		k.write(out, k.change(c))
		fmt.Fprintln(out)
	}
}

// change is a change within what surrounds it.
func (k marks) change(c pipeline.Change) []glyph {
	var glyphs []glyph
	add := func(s string, style style) {
		if s != "" {
			glyphs = append(glyphs, glyph{oneLine(s), style})
		}
	}
	bracket := func(s string) {
		if !k.colour {
			add(s, 0)
		}
	}
	add(c.Before, 0)
	bracket("{")
	add(c.A, tookOut)
	bracket("→")
	add(c.B, putIn)
	bracket("}")
	add(c.After, 0)
	return glyphs
}
