package pipeline

import (
	"context"
	"errors"
	"time"
)

// RebuildSummary counts what was indexed.
type RebuildSummary struct {
	Documents int64   `json:"documents"`
	Batches   int     `json:"batches"`
	Manifest  int64   `json:"manifest"`
	Seconds   float64 `json:"seconds"`
}

// RebuildIndex makes the index anew from the tables. Until it is published,
// readers see the old one, also when the work is interrupted: then the next
// command that writes to the index begins it anew.
func (p *Pipeline) RebuildIndex(ctx context.Context, dir string, opts UpkeepOptions) (sum RebuildSummary, err error) {
	start := time.Now()
	u, err := p.openUpkeep(ctx, dir, opts)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, u.close()) }()
	m, err := u.indexer.makeAnew(ctx, 0)
	if err != nil {
		return sum, err
	}
	if err := u.indexer.saveReprints(ctx, u.store); err != nil {
		return sum, err
	}
	return RebuildSummary{
		Documents: m.Counts.Documents, Batches: len(m.Batches), Manifest: m.Number, Seconds: time.Since(start).Seconds(),
	}, nil
}
