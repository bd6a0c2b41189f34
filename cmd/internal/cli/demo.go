package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
	"jianbao/corpus/sample"
	"jianbao/ingest"
)

func (a *app) demo() *cobra.Command {
	c := &cobra.Command{
		Use:   "demo",
		Short: "Ingest the embedded sample articles, show counts, a search in each script and the tables",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return a.runDemo(c.Context()) },
	}
	c.Flags().StringVarP(&a.corpus, "corpus", "c", "", "directory for the corpus (default a new temporary one)")
	return c
}

// demoQueries find the same articles.
var demoQueries = []string{"临时党支部", "臨時黨支部"}

func (a *app) runDemo(ctx context.Context) (err error) {
	if a.corpus == "" {
		if a.corpus, err = os.MkdirTemp("", "jianbao-demo-"); err != nil {
			return fmt.Errorf("make a directory for the demo: %w", err)
		}
	}
	p, err := a.pipeline()
	if err != nil {
		return err
	}
	sum, err := p.Ingest(ctx, a.corpus, ingest.FS(ctx, ingest.Options{}, sample.FS()), pipeline.IngestOptions{RunID: "demo", Log: a.log()})
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "%d sample articles: %d taken in, %d there already\n\n", sum.Read, sum.Committed, sum.Present)
	c, err := p.OpenCorpus(a.corpus)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return a.tour(ctx, c)
}

// tour shows what there is to see in a corpus.
func (a *app) tour(ctx context.Context, c *pipeline.Corpus) error {
	totals, err := c.Totals(ctx)
	if err != nil {
		return err
	}
	slices.SortFunc(totals, func(x, y pipeline.ArticleTotals) int { return strings.Compare(x.URI, y.URI) })
	fmt.Fprintln(a.Out, "Counts by article and category: the sum of what counts towards a total (mentions in all)")
	if err := writeTable(a.Out, totalColumns("branch", "cadre", "checkpoint"), append(totals, sumOf(totals))); err != nil {
		return err
	}
	for _, q := range demoQueries {
		answer, err := c.Search(ctx, q, pipeline.SearchOptions{Limit: 3})
		if err != nil {
			return err
		}
		fmt.Fprintf(a.Out, "\njianbao search -c %s -n 3 -o table %s\n", a.corpus, q)
		if err := a.showHits(a.Out, answer, 0); err != nil {
			return err
		}
	}
	fmt.Fprintf(a.Out, "\njianbao files -c %s -o table\n", a.corpus)
	return writeTable(a.Out, fileColumns, liveFiles(c.Store(), demoTables))
}

var demoTables = []string{"documents", "mentions", "edits", "sentences", "sightings"}

func totalColumns(categories ...string) []column[pipeline.ArticleTotals] {
	columns := []column[pipeline.ArticleTotals]{
		{name: "article", value: func(t pipeline.ArticleTotals) string { return t.URI }},
		{name: "title", value: func(t pipeline.ArticleTotals) string { return shorten(t.Title, 36) }},
		{name: "script", value: func(t pipeline.ArticleTotals) string { return t.Script }},
		{name: "published", value: func(t pipeline.ArticleTotals) string { return t.Published[:min(len(t.Published), len("2006-01-02"))] }},
	}
	for _, category := range categories {
		columns = append(columns, column[pipeline.ArticleTotals]{name: category, right: true, value: func(t pipeline.ArticleTotals) string {
			total := t.Totals[category]
			switch {
			case total.Mentions == 0:
				return "-"
			case !total.Sum.Valid:
				return "? (" + strconv.Itoa(total.Mentions) + ")"
			}
			return fmt.Sprintf("%d (%d)", total.Sum.N, total.Mentions)
		}})
	}
	return columns
}

// sumOf is the last line of the table: of reprints one counts.
func sumOf(totals []pipeline.ArticleTotals) pipeline.ArticleTotals {
	all := pipeline.ArticleTotals{URI: "all, reprints once", Totals: map[string]pipeline.Total{}}
	seen := map[string]bool{}
	for _, t := range totals {
		if seen[t.Cluster] {
			continue
		}
		seen[t.Cluster] = true
		for category, x := range t.Totals {
			y := all.Totals[category]
			sum := corpus.Int64{N: x.Sum.N + y.Sum.N, Valid: x.Sum.Valid || y.Sum.Valid}
			all.Totals[category] = pipeline.Total{Sum: sum, Mentions: x.Mentions + y.Mentions}
		}
	}
	return all
}
