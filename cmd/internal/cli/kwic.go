package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/concordance"
)

type kwicOptions struct {
	output
	pipeline.KWICOptions
	window, sort string
	all          bool
}

// defaultWindow is in characters; a table shows what fits into a line.
const defaultWindow = 40

func (a *app) kwic() *cobra.Command {
	var o kwicOptions
	c := &cobra.Command{
		Use:   "kwic -c DIR QUERY...",
		Short: "Show every hit in its context, one a line",
		Long: `Shows each place where a text has the words or phrases of the query, in whichever script, with what stands to the left
and to the right of it as it was printed. The query is that of search; hits are those in the body of an article.
Sort by the words beside the hit (l1, l2, l3 to the left, r1, r2, r3 to the right), by hit, date or source, or by several
of them: --sort r1,date. --sample draws lines by chance: the same for the same seed.`,
		Example: "  jianbao kwic -c corpus/ 临时党支部 --sort r1\n  jianbao kwic -c corpus/ '\"第一书记\" -演练' --window 8w --sample 200 --seed 7 -o csv",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := o.parse(c.Flags().Changed("limit")); err != nil {
				return usageError{err}
			}
			return a.withCorpus(func(corpus *pipeline.Corpus) error {
				return a.runKWIC(c.Context(), corpus, o, strings.Join(args, " "))
			})
		},
	}
	a.corpusFlag(c)
	o.addFlag(a, c)
	f := c.Flags()
	f.StringVar(&o.window, "window", "", "context on either side: 40 is so many characters, 8w so many words (default 40; in a table what fits into a line)")
	f.StringVar(&o.sort, "sort", "doc", "order of the lines: "+strings.Join(concordance.Keys(), ", ")+", or several with commas between them")
	f.IntVarP(&o.Lines.Limit, "limit", "n", 100, "how many lines to show")
	f.BoolVar(&o.all, "all", false, "show every line")
	f.IntVar(&o.Lines.Sample, "sample", 0, "draw so many lines by chance; they are sorted then")
	f.Uint64Var(&o.Lines.Seed, "seed", 1, "which sample")
	f.BoolVar(&o.Reprints, "reprints", false, "lines of every reprint, not of one article a cluster")
	return c
}

// parse checks the flags.
func (o *kwicOptions) parse(limited bool) (err error) {
	switch {
	case o.Lines.Limit < 1 || o.Lines.Sample < 0:
		return fmt.Errorf("--limit must be positive, --sample not negative")
	case o.all && limited:
		return fmt.Errorf("--limit and --all exclude each other")
	case o.all, o.Lines.Sample > 0 && !limited:
		o.Lines.Limit = 0
	}
	if o.Lines.Order, err = concordance.ParseOrder(o.sort); err != nil {
		return fmt.Errorf("--sort: %w", err)
	}
	o.Window = concordance.Window{Size: defaultWindow}
	if o.window == "" {
		return nil
	}
	if o.Window, err = concordance.ParseWindow(o.window); err != nil {
		return fmt.Errorf("--%w", err)
	}
	return nil
}

func (a *app) runKWIC(ctx context.Context, c *pipeline.Corpus, o kwicOptions, text string) error {
	w := a.lineWriter(&o)
	about, err := c.KWIC(ctx, text, o.KWICOptions, w.line)
	if err != nil {
		return err
	}
	a.noteRules(c)
	return w.end(about)
}

// lineWriter writes a concordance in one of the formats, a line at a time.
type lineWriter struct {
	line func(concordance.Line) error
	end  func(pipeline.KWIC) error
}

func (a *app) lineWriter(o *kwicOptions) lineWriter {
	nothing := func(pipeline.KWIC) error { return nil }
	switch o.format {
	case asJSON:
		return jsonLines(a.Out)
	case asJSONL:
		return lineWriter{func(l concordance.Line) error { return writeJSON(a.Out, l) }, nothing}
	case asCSV:
		return csvLines(a.Out)
	}
	return a.tableLines(o)
}
