package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

func (a *app) forget() *cobra.Command {
	var o upkeepOptions
	c := &cobra.Command{
		Use:   "forget -c DIR DOC_ID...",
		Short: "Remove articles from the corpus for good",
		Long: `Removes articles from all tables, the index, the clusters and the quarantine. Their doc_ids are remembered: when they
are crawled again they count as present, and nothing of them is kept. The files that held them stay for --grace and are
removed by the next command that writes to the corpus after that; --now removes them at once and builds the index anew.
A doc_id that is not known is an error, and nothing is changed.`,
		Example: "  jianbao forget -c corpus/ --now 1680909f3bd81240c9b4b36b8027abe6",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return a.runForget(c.Context(), o, args) },
	}
	a.corpusFlag(c)
	o.addFlags(c)
	return c
}

func (a *app) runForget(ctx context.Context, o upkeepOptions, docIDs []string) error {
	opts, err := a.upkeep(o)
	if err != nil {
		return err
	}
	dir, p, err := a.corpusAndStages()
	if err != nil {
		return err
	}
	sum, err := p.Forget(ctx, dir, docIDs, opts)
	if sum.RunID == "" {
		return err
	}
	if err == nil && sum.Forgotten > 0 && !o.now {
		fmt.Fprintf(a.Err, "the files that held them are removed by the next command that writes to the corpus after %s\n", time.Now().Add(o.grace).Format(time.DateTime))
	}
	return errors.Join(err, writeJSON(a.Out, sum))
}
