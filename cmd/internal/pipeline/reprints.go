package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/index"
)

// openReprints tells the index which articles are reprints, as far as they are
// grouped. What saveReprints left is read in a hundredth of the time that the
// clusters take, with the same result.
func (c *Corpus) openReprints(ctx context.Context, idx *index.Reader) (*index.Reprints, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	path := c.store.Derived(clustersFile)
	if _, err := os.Stat(path); c.reprints != nil || errors.Is(err, fs.ErrNotExist) {
		return c.reprints, nil
	}
	stamp, err := table.StampFile(path)
	if err != nil {
		return nil, fmt.Errorf("read clusters: %w", err)
	}
	if saved, ok := idx.SavedReprints(stamp); ok {
		c.reprints = saved
		return saved, nil
	}
	if c.reprints, err = idx.Reprints(ctx, reprintRows(path)); err != nil {
		return nil, fmt.Errorf("read clusters: %w", err)
	}
	return c.reprints, nil
}

// reprintRows yields the ids of the documents of clusters and of their
// clusters. A document that is alone in its cluster is left out.
func reprintRows(path string) iter.Seq2[[2]string, error] {
	type member struct { // of a table with a row for every article: no more is read than is asked
		DocID     string `parquet:"doc_id"`
		ClusterID string `parquet:"cluster_id"`
		Size      int64  `parquet:"cluster_size"`
	}
	return func(yield func([2]string, error) bool) {
		for row, err := range table.ReadFile[member](path) {
			if err == nil && row.Size == 1 {
				continue
			}
			if !yield([2]string{row.DocID, row.ClusterID}, err) || err != nil {
				return
			}
		}
	}
}

// saveReprints puts the reprints of the clusters beside the newest generation
// of the index, for searches that begin with it, unless that was done. Both
// should have been brought to the manifest before; what another index or other
// clusters left behind is not read. What is damaged is left to those that need
// it, and searches look reprints up in the clusters.
func (x *indexer) saveReprints(ctx context.Context, w *store.Writer) error {
	err := x.putReprints(ctx, w)
	for _, unusable := range []error{index.ErrStale, index.ErrCorrupt, table.ErrDamaged, table.ErrForeign} {
		if errors.Is(err, unusable) {
			x.log.Warn("reprints are not kept beside the index", "why", err)
			return nil
		}
	}
	if err != nil {
		return fmt.Errorf("save reprints: %w", err)
	}
	return nil
}

func (x *indexer) putReprints(ctx context.Context, w *store.Writer) (err error) {
	r, err := store.OpenReader(x.corpus)
	if err != nil {
		return err
	}
	path := r.Derived(clustersFile)
	stamp, err := table.StampFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	idx, err := index.OpenReader(r.Derived(indexDir), x.p.language())
	if errors.Is(err, index.ErrNoIndex) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, idx.Close()) }()
	if _, ok := idx.SavedReprints(stamp); ok {
		return nil
	}
	reprints, err := idx.Reprints(ctx, reprintRows(path))
	if err != nil {
		return err
	}
	name := indexDir + "/" + filepath.Base(idx.Path()) + "/" + index.ReprintsFile
	return w.Derive(name, func(w io.Writer) error { return idx.WriteReprints(w, stamp, reprints) })
}
