package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
)

func (a *app) saved() *cobra.Command {
	c := &cobra.Command{
		Use:   "saved",
		Short: "Keep queries under names, for watch",
		Long: `Saved queries are kept in the corpus, in saved.json. That file has a lock of its own, which is held for a moment only:
neither does a batch that runs keep anyone from saving a query, nor the other way round.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.savedAdd(), a.savedList(), a.savedRemove())
	return c
}

func (a *app) savedAdd() *cobra.Command {
	var s pipeline.Saved
	c := &cobra.Command{
		Use:     "add -c DIR NAME QUERY...",
		Short:   "Keep a query; what the corpus holds now is not new to it",
		Example: "  jianbao saved add -c corpus/ checkpoints --for mentions 检查站",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			s.Name, s.Query = args[0], strings.Join(args[1:], " ")
			if !slices.Contains([]string{pipeline.ForSearch, pipeline.ForMentions}, s.For) {
				return usageError{fmt.Errorf("unknown --for %q (search or mentions)", s.For)}
			}
			if s.Query == "" && s.For == pipeline.ForSearch {
				return usageError{errors.New("no query (--for mentions alone goes without: all counts)")}
			}
			return a.withCorpus(func(corpus *pipeline.Corpus) error {
				err := corpus.Save(c.Context(), s)
				if errors.Is(err, pipeline.ErrSavedName) {
					return usageError{err}
				}
				return err
			})
		},
	}
	a.corpusFlag(c)
	c.Flags().StringVar(&s.For, "for", pipeline.ForSearch, "what watch shows: search (articles) or mentions (their counts)")
	return c
}

var savedColumns = []column[pipeline.Saved]{
	{name: "name", value: func(s pipeline.Saved) string { return s.Name }},
	{name: "for", value: func(s pipeline.Saved) string { return s.For }},
	{name: "query", value: func(s pipeline.Saved) string { return s.Query }},
	{name: "manifest", right: true, value: func(s pipeline.Saved) string { return fmt.Sprint(s.Manifest) }},
	{name: "ingested", value: func(s pipeline.Saved) string { return s.Ingested.String() }},
}

func (a *app) savedList() *cobra.Command {
	var o output
	c := &cobra.Command{
		Use:   "list -c DIR",
		Short: "List the saved queries, with up to when they were watched",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return a.withCorpus(func(corpus *pipeline.Corpus) error {
				all, err := corpus.SavedQueries()
				if err != nil {
					return err
				}
				return list(a.Out, o.format, savedColumns, all)
			})
		},
	}
	a.corpusFlag(c)
	o.addFlag(a, c)
	return c
}

func (a *app) savedRemove() *cobra.Command {
	c := &cobra.Command{
		Use:   "remove -c DIR NAME",
		Short: "Forget a saved query",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.withCorpus(func(corpus *pipeline.Corpus) error { return corpus.RemoveSaved(c.Context(), args[0]) })
		},
	}
	a.corpusFlag(c)
	return c
}
