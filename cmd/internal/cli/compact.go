package cli

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
)

// upkeepOptions are the flags of commands that replace files of a corpus.
type upkeepOptions struct {
	grace time.Duration
	now   bool
}

func (o *upkeepOptions) addFlags(c *cobra.Command) {
	f := c.Flags()
	f.DurationVar(&o.grace, "grace", time.Hour, "how long files that were replaced stay for readers that have them open")
	f.BoolVar(&o.now, "now", false, "remove files that were replaced at once (a reader that has them open fails)")
}

// upkeep is what the pipeline is told.
func (a *app) upkeep(o upkeepOptions) (pipeline.UpkeepOptions, error) {
	if o.grace <= 0 {
		return pipeline.UpkeepOptions{}, usageError{errors.New("--grace must be positive; --now is for none")}
	}
	if o.now {
		o.grace = -1
	}
	return pipeline.UpkeepOptions{RunID: newRunID(time.Now()), Grace: o.grace, Log: a.log()}, nil
}

func (a *app) compact() *cobra.Command {
	var o upkeepOptions
	c := &cobra.Command{
		Use:   "compact -c DIR",
		Short: "Merge small batches into large ones",
		Long: `Merges the small batches of the corpus into large ones: fewer files for notebooks, a shorter manifest. No row
changes, and neither index nor clusters are made anew. ingest does a part of this by itself.
The last line on standard output is a JSON summary.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.runCompact(c.Context(), o) },
	}
	a.corpusFlag(c)
	o.addFlags(c)
	return c
}

func (a *app) runCompact(ctx context.Context, o upkeepOptions) error {
	opts, err := a.upkeep(o)
	if err != nil {
		return err
	}
	dir, p, err := a.corpusAndStages()
	if err != nil {
		return err
	}
	sum, err := p.Compact(ctx, dir, opts)
	if sum.RunID == "" {
		return err
	}
	return errors.Join(err, writeJSON(a.Out, sum))
}
