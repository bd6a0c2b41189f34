package pipeline

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"jianbao/corpus/store"
)

// UpkeepOptions are those of the commands that work on a corpus as a whole.
type UpkeepOptions struct {
	RunID string
	Grace time.Duration // how long files that were replaced stay; 0 means an hour, less than 0 that they go at once
	Log   *slog.Logger
}

// upkeep is a corpus open for such a command, with what is derived from it.
type upkeep struct {
	p       *Pipeline
	dir     string
	store   *store.Writer
	indexer *indexer
	grouper *grouper
	log     *slog.Logger
}

// openUpkeep opens a corpus that is there for writing.
func (p *Pipeline) openUpkeep(ctx context.Context, dir string, opts UpkeepOptions) (*upkeep, error) {
	if _, err := store.OpenReader(dir); err != nil {
		return nil, err
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	w, err := store.OpenWriter(ctx, dir, store.WriterOptions{
		RunID: opts.RunID, PipelineVersion: Version, Fingerprint: p.fingerprint, Fold: fold, Grace: opts.Grace,
	})
	if err != nil {
		return nil, err
	}
	return &upkeep{
		p: p, dir: dir, store: w, log: opts.Log,
		indexer: newIndexer(dir, p, opts.Log),
		grouper: &grouper{corpus: dir, store: w, log: opts.Log},
	}, nil
}

func (u *upkeep) close() error { return errors.Join(u.indexer.close(), u.store.Close()) }

// group brings the clusters to the newest manifest, where the index must be by
// then, and lets the index know of them.
func (u *upkeep) group(ctx context.Context) error {
	if err := u.grouper.catchUp(ctx); err != nil {
		return err
	}
	return u.indexer.saveReprints(ctx, u.store)
}

// derive brings index and clusters to the newest manifest.
func (u *upkeep) derive(ctx context.Context) error {
	if err := u.indexer.catchUp(ctx); err != nil {
		return err
	}
	return u.group(ctx)
}
