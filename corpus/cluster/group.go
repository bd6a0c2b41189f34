package cluster

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strconv"
)

// Options of [Group] and [GroupRuns]. The zero value is ready, but for Dir.
type Options struct {
	// Dir is where temporary files go, in a directory grouping-* of their own that is
	// removed at the end, though not by a process that is killed: 12 bytes a band
	// (168 a document), 12 a pair of candidates, and the bodies of candidates. The
	// directory of the system when empty.
	Dir string
	// Threshold is the least exact Jaccard similarity to a leader. 0.72 when 0.
	Threshold float64
	// Neighbours bounds the candidates that a text has in one bucket. 16 when 0.
	Neighbours int
	// Memory is about how many bytes sorting may take, and gram sets after that.
	// 16 MiB when 0.
	Memory int64
	// Known are the pairs of an earlier grouping. They change the time only.
	Known *Pairs
	// MaxPairs bounds the pairs that the result gives back, 24 bytes each. 1<<20 when
	// 0.
	MaxPairs int
}

func (o Options) withDefaults() Options {
	if o.Threshold == 0 {
		o.Threshold = 0.72
	}
	if o.Neighbours <= 0 {
		o.Neighbours = 16
	}
	if o.Memory <= 0 {
		o.Memory = 16 << 20
	}
	if o.MaxPairs <= 0 {
		o.MaxPairs = 1 << 20
	}
	return o
}

// maxOpenRuns bounds the files that are merged at a time.
const maxOpenRuns = 64

// Group groups documents that come in any order. It fails with the first error of
// items and texts, with [ErrItem], with [ErrNoText], or when a temporary file
// cannot be written.
func Group(ctx context.Context, items iter.Seq2[Item, error], texts Texts, opts Options) (*Result, error) {
	opts = opts.withDefaults()
	dir, err := os.MkdirTemp(opts.Dir, "grouping-*")
	if err != nil {
		return nil, fmt.Errorf("group documents: %w", err)
	}
	defer os.RemoveAll(dir)
	paths, err := splitRuns(ctx, dir, items, opts.Memory)
	if err != nil {
		return nil, err
	}
	return group(ctx, dir, paths, texts, opts)
}

// GroupRuns groups the documents of runs that [WriteRun] or [MergeRuns] wrote, and
// gives what [Group] gives for the same documents. A run is opened when it is
// needed, 64 at a time. It fails as Group does, and with [ErrRun].
func GroupRuns(ctx context.Context, paths []string, texts Texts, opts Options) (*Result, error) {
	opts = opts.withDefaults()
	dir, err := os.MkdirTemp(opts.Dir, "grouping-*")
	if err != nil {
		return nil, fmt.Errorf("group documents: %w", err)
	}
	defer os.RemoveAll(dir)
	return group(ctx, dir, paths, texts, opts)
}

// splitRuns writes items as runs that fit in memory.
func splitRuns(ctx context.Context, dir string, items iter.Seq2[Item, error], memory int64) (paths []string, err error) {
	limit := int(max(memory/itemMemory, 1))
	var b runBuilder
	flush := func() error {
		path := filepath.Join(dir, "run-"+strconv.Itoa(len(paths)))
		paths = append(paths, path)
		err := writeFile(path, b.write)
		b.docs, b.records = b.docs[:0], b.records[:0]
		return err
	}
	for it, err := range cancellable(ctx, items) {
		if err != nil {
			return nil, fmt.Errorf("read documents to group: %w", err)
		}
		if err := b.add(&it); err != nil {
			return nil, err
		}
		if len(b.docs) == limit {
			if err := flush(); err != nil {
				return nil, err
			}
		}
	}
	return paths, flush()
}

// group does all the steps that follow the runs.
func group(ctx context.Context, dir string, paths []string, texts Texts, opts Options) (*Result, error) {
	paths, err := fewerRuns(ctx, dir, paths)
	if err != nil {
		return nil, err
	}
	found, err := findCandidates(ctx, dir, paths, opts)
	if err != nil {
		return nil, err
	}
	defer found.pairs.close()
	s := newSettler(found, opts)
	if err := s.byKnown(ctx); err != nil {
		return nil, err
	}
	bodies, err := newSpool(dir, found.catalog, s.wantedTexts(), opts.Memory)
	if err != nil {
		return nil, err
	}
	defer bodies.close()
	if err := bodies.fetch(ctx, texts); err != nil {
		return nil, err
	}
	if err := s.byTexts(ctx, bodies); err != nil {
		return nil, err
	}
	return newResult(s, len(bodies.numbers)), nil
}

// fewerRuns merges runs until they can all be open at a time.
func fewerRuns(ctx context.Context, dir string, paths []string) ([]string, error) {
	for level := 0; len(paths) > maxOpenRuns; level++ {
		var merged []string
		for i := 0; i < len(paths); i += maxOpenRuns {
			path := filepath.Join(dir, fmt.Sprintf("merged-%d-%d", level, len(merged)))
			part := paths[i:min(i+maxOpenRuns, len(paths))]
			err := writeFile(path, func(w io.Writer) error { return MergeRuns(ctx, w, part) })
			if err != nil {
				return nil, err
			}
			merged = append(merged, path)
		}
		paths = merged
	}
	return paths, nil
}

// findCandidates is the way from runs to sorted pairs. The caller closes them.
func findCandidates(ctx context.Context, dir string, paths []string, opts Options) (*candidates, error) {
	runs, docs, err := openRuns(paths)
	defer closeRuns(runs)
	if err != nil {
		return nil, err
	}
	catalog, err := newCatalog(docs)
	if err != nil {
		return nil, err
	}
	c := &candidates{catalog: catalog, neighbours: opts.Neighbours, pairs: newSorter(dir, opts.Memory)}
	if err := c.collect(cancellable(ctx, mergeRuns(runs))); err != nil {
		c.pairs.close()
		return nil, err
	}
	return c, nil
}

// writeFile writes a temporary file.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write temporary file: %w", err)
	}
	err = write(f)
	if closeErr := f.Close(); err == nil && closeErr != nil {
		err = fmt.Errorf("write temporary file: %w", closeErr)
	}
	return err
}
