package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
)

type termsOptions struct {
	output
	fresh bool
	limit int
}

func (a *app) terms() *cobra.Command {
	var o termsOptions
	c := &cobra.Command{
		Use:   "terms --new -c DIR",
		Short: "Find words of the corpus that no dictionary holds",
		Long: `Lists words that the articles use and that neither the dictionary nor the rules know, as candidates for a rule file or
the lexicon: runs of characters that keep together, in varying company. The best stand first.`,
		Example: "  jianbao terms --new -c corpus/ -n 50",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if !o.fresh {
				return usageError{fmt.Errorf("say --new: new words are the only terms that are listed")}
			}
			return a.withCorpus(func(corpus *pipeline.Corpus) error { return a.runTerms(c.Context(), corpus, o) })
		},
	}
	a.corpusFlag(c)
	o.addFlag(a, c)
	c.Flags().BoolVar(&o.fresh, "new", false, "words that no dictionary holds")
	c.Flags().IntVarP(&o.limit, "limit", "n", 100, "how many to list")
	return c
}

func (a *app) runTerms(ctx context.Context, c *pipeline.Corpus, o termsOptions) error {
	found, err := c.NewWords(ctx, o.limit)
	if err != nil {
		return err
	}
	return list(a.Out, o.format, termColumns, found)
}

var termColumns = []column[pipeline.NewWord]{
	{name: "word", value: func(w pipeline.NewWord) string { return w.Word }},
	{name: "frequency", right: true, value: func(w pipeline.NewWord) string { return strconv.Itoa(w.Frequency) }},
	{name: "documents", right: true, value: func(w pipeline.NewWord) string { return strconv.Itoa(w.Documents) }},
	{name: "cohesion", right: true, value: func(w pipeline.NewWord) string { return fmt.Sprintf("%.1f", w.Cohesion) }},
	{name: "left", right: true, value: func(w pipeline.NewWord) string { return fmt.Sprintf("%.1f", w.Left) }},
	{name: "right", right: true, value: func(w pipeline.NewWord) string { return fmt.Sprintf("%.1f", w.Right) }},
	{name: "by", value: func(w pipeline.NewWord) string { return strings.Join(w.By, "+") }},
	{name: "example", value: func(w pipeline.NewWord) string { return shorten(w.Example, 60) }},
}
