package cli

import (
	"context"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
)

func (a *app) index() *cobra.Command {
	c := &cobra.Command{Use: "index", Short: "Look after the full-text index", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	rebuild := &cobra.Command{
		Use:   "rebuild -c DIR",
		Short: "Build the index anew from the tables",
		Long: `Builds the full-text index anew from the tables. Searches go on with the old one until the new one is published, and
keep it when the work is interrupted.
The last line on standard output is a JSON summary.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runRebuild(c.Context()) },
	}
	a.corpusFlag(rebuild)
	c.AddCommand(rebuild)
	return c
}

func (a *app) runRebuild(ctx context.Context) error {
	dir, p, err := a.corpusAndStages()
	if err != nil {
		return err
	}
	sum, err := p.RebuildIndex(ctx, dir, pipeline.UpkeepOptions{Log: a.log()})
	if err != nil {
		return err
	}
	return writeJSON(a.Out, sum)
}
