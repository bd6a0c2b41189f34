package pipeline

import (
	"context"
	"errors"
	"time"
)

// ForgetSummary counts what was forgotten.
type ForgetSummary struct {
	RunID     string  `json:"run_id"`
	Forgotten int     `json:"forgotten"` // now, not before
	Documents int64   `json:"documents"` // that are left
	Seconds   float64 `json:"seconds"`
}

// Forget removes documents from tables, quarantine, index and clusters, in this
// order; when it is interrupted after the first, the next command that writes
// does the rest. Without grace the index is made anew, so that no file of it has
// their words.
func (p *Pipeline) Forget(ctx context.Context, dir string, docIDs []string, opts UpkeepOptions) (sum ForgetSummary, err error) {
	start := time.Now()
	u, err := p.openUpkeep(ctx, dir, opts)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, u.close()) }()
	before := len(u.store.Manifest().Forgotten)
	if err := u.store.Forget(ctx, docIDs...); err != nil {
		return sum, err
	}
	m := u.store.Manifest()
	sum = ForgetSummary{RunID: opts.RunID, Forgotten: len(m.Forgotten) - before, Documents: m.Counts.Documents}
	u.log.Info("forgotten", "documents", sum.Forgotten, "manifest", m.Number)
	if opts.Grace < 0 {
		_, err = u.indexer.makeAnew(ctx, 1)
	} else {
		err = u.indexer.catchUp(ctx)
	}
	if err == nil {
		err = u.group(ctx)
	}
	sum.Seconds = time.Since(start).Seconds()
	return sum, err
}
