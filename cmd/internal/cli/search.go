package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/sheet"
	"jianbao/index"
)

type searchOptions struct {
	output
	limit, from int
	all         bool
	sort        string
	facets      []string
	histogram   string
}

func (a *app) search() *cobra.Command {
	var o searchOptions
	c := &cobra.Command{
		Use:   "search -c DIR QUERY...",
		Short: "Find articles in either script",
		Long: `Finds the articles that hold all words of the query, in whichever script either was written, and shows them in
the script in which they were printed. AND, OR, NOT, + and -, parentheses, "phrases", wildcards, ranges and field:value
work as in Lucene; docs/query.md tells all of it. Reprints of an article are one hit unless the query says cluster:all.`,
		Example: `  jianbao search -c corpus/ 臨時黨支部
  jianbao search -c corpus/ '"第一书记" AND title:扶贫 published:>=2019'
  jianbao search -c corpus/ 'count(category:checkpoint value:>=100 place:百色)' --facet source,place --histogram`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := o.check(); err != nil {
				return usageError{err}
			}
			return a.withCorpus(func(corpus *pipeline.Corpus) error {
				return a.runSearch(c.Context(), corpus, o, strings.Join(args, " "))
			})
		},
	}
	a.corpusFlag(c)
	o.addFlag(a, c)
	flags := c.Flags()
	flags.IntVarP(&o.limit, "limit", "n", 20, "how many articles to show; 0 for all")
	flags.IntVar(&o.from, "from", 0, "how many of the first to pass over")
	flags.BoolVar(&o.all, "all", false, "show every article")
	flags.StringVar(&o.sort, "sort", index.ByRelevance, "relevance, date, source or value:CATEGORY; a minus before it turns it round")
	flags.StringSliceVar(&o.facets, "facet", nil, "count the articles by "+strings.Join(index.FacetNames(), ", "))
	flags.StringVar(&o.histogram, "histogram", "", "draw the articles over time, by year or month")
	flags.Lookup("histogram").NoOptDefVal = pipeline.StepAuto
	return c
}

// check looks over what needs no corpus.
func (o *searchOptions) check() (err error) {
	if o.limit < 0 || o.from < 0 {
		return errors.New("--limit and --from must not be negative")
	}
	if o.all || o.limit == 0 {
		o.limit = -1
	}
	if !slices.Contains([]string{"", pipeline.StepAuto, pipeline.StepYear, pipeline.StepMonth}, o.histogram) {
		return fmt.Errorf("unknown --histogram %q (year or month)", o.histogram)
	}
	if o.facets, err = index.ParseFacets(o.facets); err != nil {
		return err
	}
	if counts := o.histogram != "" || len(o.facets) > 0; counts && (o.format == asJSONL || o.format == asCSV) {
		return errors.New("facets and histograms are printed with -o table or -o json")
	}
	return nil
}

func (a *app) runSearch(ctx context.Context, c *pipeline.Corpus, o searchOptions, text string) error {
	order, err := index.ParseOrder(o.sort, c.Categories())
	if err != nil {
		return usageError{err}
	}
	options := pipeline.SearchOptions{Limit: o.limit, From: o.from, Order: order, Facets: o.facets}
	if o.histogram != "" {
		options.Facets = append(slices.Clone(o.facets), pipeline.StepMonth)
	}
	var answer pipeline.Answer
	if o.format == asCSV || o.format == asJSONL {
		answer, err = a.streamHits(ctx, c, o.format, text, options)
	} else {
		answer, err = c.Search(ctx, text, options)
	}
	if errors.Is(err, index.ErrTooBroad) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	a.warn(c, answer)
	switch o.format {
	case asJSON:
		return writeJSON(a.Out, answer)
	case asTable:
		return a.showAnswer(answer, o)
	}
	return nil
}

// warn says what an answer leaves out.
func (a *app) warn(c *pipeline.Corpus, answer pipeline.Answer) {
	if answer.Lag > 0 {
		fmt.Fprintf(a.Err, "the index is %d commits behind the corpus; the next ingest brings it up to date\n", answer.Lag)
	}
	a.noteRules(c)
}

// noteRules says that the answer rests on what other rules or words than these
// made of articles, if it does. Counts are theirs, and which articles a query
// finds may be.
func (a *app) noteRules(c *pipeline.Corpus) {
	if n := c.OtherRules(); n > 0 {
		fmt.Fprintf(a.Err, "%d of %d batches were taken in with other rules or words than these; jianbao reprocess makes their counts anew\n",
			n, len(c.Store().Manifest().Batches))
	}
}

// streamHits prints hits as they are found: however many there are, they need
// no memory. Of a query that is wrong nothing is printed.
func (a *app) streamHits(ctx context.Context, c *pipeline.Corpus, format, text string, options pipeline.SearchOptions) (pipeline.Answer, error) {
	out := bufio.NewWriter(a.Out)
	w := sheet.NewWriter(out)
	emit := func(h pipeline.Hit) error { return writeJSON(out, h) }
	if format == asCSV {
		emit = func(h pipeline.Hit) error { return w.Write(h.Cells()) }
		if err := w.Write(pipeline.HitColumns()); err != nil {
			return pipeline.Answer{}, err
		}
	}
	answer, err := c.EachHit(ctx, text, options, emit)
	if err != nil {
		return answer, err
	}
	return answer, errors.Join(w.Flush(), out.Flush())
}

// showAnswer prints hits, facets and the histogram for reading.
func (a *app) showAnswer(answer pipeline.Answer, o searchOptions) error {
	if err := a.showHits(a.Out, answer, o.from); err != nil {
		return err
	}
	if err := showFacets(a.Out, o.facets, answer); err != nil {
		return err
	}
	bars := pipeline.Histogram(answer.Facets[pipeline.StepMonth], o.histogram)
	if o.histogram == "" || len(bars) == 0 {
		return nil
	}
	if _, err := fmt.Fprintln(a.Out); err != nil {
		return err
	}
	return drawBars(a.Out, bars)
}

// showHits prints hits for reading.
func (a *app) showHits(w io.Writer, answer pipeline.Answer, from int) error {
	open, closing := a.marks()
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d %s\n", printable(answer.Parsed), answer.Total, plural(answer.Total, "article", "articles"))
	for i, h := range answer.Hits {
		title := h.Title
		if title == "" {
			title = h.URI
		}
		fmt.Fprintf(&b, "\n%2d  %s\n", from+i+1, printable(title))
		fmt.Fprintf(&b, "    %s\n", printable(strings.Join(known(h.Published, h.Source, h.URI, h.DocID, reprinted(h.Reprints)), "  ")))
		for _, s := range h.Snippets {
			s.Text = strings.ReplaceAll(s.Text, "\n", " ")
			fmt.Fprintf(&b, "    %s\n", mark(s, open, closing))
		}
	}
	if rest := answer.Total - from - len(answer.Hits); rest > 0 {
		fmt.Fprintf(&b, "\n%d more: use --from %d or --all\n", rest, from+len(answer.Hits))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// reprinted says how many other articles a hit stands for.
func reprinted(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("+%d %s", n, plural(n, "reprint", "reprints"))
}

// mark makes a snippet printable without touching the marks themselves.
func mark(s pipeline.Snippet, open, closing string) string {
	const first, last = "\uE000", "\uE001"
	marked := printable(s.Marked(first, last))
	return strings.NewReplacer(first, open, last, closing).Replace(marked)
}

// marks are put around a hit.
func (a *app) marks() (open, closing string) {
	if a.coloured() {
		return "\x1b[1;31m", "\x1b[0m"
	}
	return "⟦", "⟧"
}

func known(values ...string) []string {
	var out []string
	for _, v := range values {
		if v != "" {
			out = append(out, v)
		}
	}
	return out
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
