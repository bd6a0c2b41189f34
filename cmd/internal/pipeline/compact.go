package pipeline

import (
	"context"
	"errors"
	"time"

	"jianbao/corpus/store"
)

// CompactSummary counts what a compaction did.
type CompactSummary struct {
	RunID   string  `json:"run_id"`
	Merged  int     `json:"merged"`  // batches that were replaced
	Batches int     `json:"batches"` // live ones, afterwards
	Seconds float64 `json:"seconds"`
}

// Compact merges small batches into large ones. Index and clusters stay as they
// are: they hold the same.
func (p *Pipeline) Compact(ctx context.Context, dir string, opts UpkeepOptions) (sum CompactSummary, err error) {
	start := time.Now()
	u, err := p.openUpkeep(ctx, dir, opts)
	if err != nil {
		return sum, err
	}
	sum.RunID = opts.RunID
	defer func() { err = errors.Join(err, u.close()) }()
	follow := u.grouper.merged(ctx)
	err = u.store.Compact(ctx, store.CompactOptions{}, func(round []store.Merged) error {
		for _, m := range round {
			sum.Merged += len(m.Of)
		}
		return follow(round)
	})
	sum.Batches = len(u.store.Manifest().Batches)
	sum.Seconds = time.Since(start).Seconds()
	return sum, err
}
