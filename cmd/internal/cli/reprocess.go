package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
)

type reprocessOptions struct {
	upkeepOptions
	dryRun, retry bool
	workers       int
}

func (a *app) reprocess() *cobra.Command {
	var o reprocessOptions
	c := &cobra.Command{
		Use:   "reprocess -c DIR",
		Short: "Make the rows anew that another version or other rules made",
		Long: `Puts the articles that were taken in by another version of the program, or under other rules, through the stages
again, from the bytes that the corpus keeps. When only rules or words changed, body and edits stay and the counts are
read anew. doc_id, sightings and ingested_at stay. Quarantined documents whose bytes are kept are tried again.
A run that was interrupted goes on where it stopped. An article that fails now keeps its old rows (exit code 3).
The last line on standard output is a JSON summary.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runReprocess(c.Context(), o) },
	}
	a.corpusFlag(c)
	o.addFlags(c)
	f := c.Flags()
	f.BoolVar(&o.dryRun, "dry-run", false, "count what would be made anew, and change nothing")
	f.BoolVar(&o.retry, "retry", false, "try all of the quarantine again, also what failed under these very rules")
	f.IntVar(&o.workers, "workers", 0, "documents worked on at once (default one a processor)")
	return c
}

func (a *app) runReprocess(ctx context.Context, o reprocessOptions) error {
	if o.workers < 0 {
		return usageError{errors.New("--workers must not be negative")}
	}
	opts, err := a.upkeep(o.upkeepOptions)
	if err != nil {
		return err
	}
	dir, p, err := a.corpusAndStages()
	if err != nil {
		return err
	}
	counter := a.counter()
	sum, err := p.Reprocess(ctx, dir, pipeline.ReprocessOptions{
		UpkeepOptions: opts, DryRun: o.dryRun, Retry: o.retry, Workers: o.workers,
		Progress: func(s pipeline.ReprocessSummary) {
			counter.show("%d documents, %d batches done", s.Read, s.Batches)
		},
	})
	counter.finish()
	if sum.Read+sum.Retried > 0 || err == nil {
		err = errors.Join(err, writeJSON(a.Out, sum))
	}
	if err == nil && sum.Failed > 0 {
		fmt.Fprintf(a.Err, "%d documents keep their old rows\n", sum.Failed)
		return errQuarantined
	}
	return err
}
