package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"jianbao/corpus/table"
)

// Reader is one state of a corpus. It takes no lock; a writer beside it goes
// on, and its commits are seen by the next Reader. It may be used from any
// goroutine.
type Reader struct {
	dir      string
	manifest Manifest
	stamp    fs.FileInfo // of the manifest's file, taken before it was read
}

// OpenReader reads the manifest of dir. It fails with [ErrNotCorpus],
// [ErrNewerFormat] or [ErrDamaged].
func OpenReader(dir string) (*Reader, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open corpus: %w", err)
	}
	stamp, err := os.Stat(filepath.Join(dir, manifestFile))
	if err != nil {
		stamp = nil // readManifest says why
	}
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	return &Reader{dir: dir, manifest: m, stamp: stamp}, nil
}

// Changed reports whether something was committed since r was opened. It reads
// nothing but the directory.
func (r *Reader) Changed() (bool, error) {
	now, err := os.Stat(filepath.Join(r.dir, manifestFile))
	if err != nil {
		return false, fmt.Errorf("look at manifest: %w", err)
	}
	same := r.stamp != nil && os.SameFile(now, r.stamp) && now.Size() == r.stamp.Size() && now.ModTime().Equal(r.stamp.ModTime())
	return !same, nil
}

// Manifest is the state that r reads.
func (r *Reader) Manifest() Manifest { return r.manifest }

// Files are the absolute paths of a table's live Parquet files, in the order
// of commits.
func (r *Reader) Files(name string) []string {
	paths := make([]string, len(r.manifest.Batches))
	for i, b := range r.manifest.Batches {
		paths[i] = r.path(b, name)
	}
	return paths
}

func (r *Reader) path(b Batch, name string) string {
	return filepath.Join(r.dir, batchesDir, b.ID, fileName(name))
}

// Derived is where something that is made from the corpus is kept in its
// directory: the index, the clusters.
func (r *Reader) Derived(name string) string { return filepath.Join(r.dir, name) }

// Documents yields all documents, batch by batch.
func (r *Reader) Documents(ctx context.Context) iter.Seq2[table.Document, error] {
	return Rows[table.Document](ctx, r, table.Documents)
}

// Mentions yields all mentions, batch by batch.
func (r *Reader) Mentions(ctx context.Context) iter.Seq2[table.Mention, error] {
	return Rows[table.Mention](ctx, r, table.Mentions)
}

// Document is the document of that doc_id, or [ErrNoDocument].
func (r *Reader) Document(ctx context.Context, docID string) (table.Document, error) {
	for d, err := range Find[table.Document](ctx, r, table.Documents, docID) {
		return d, err
	}
	return table.Document{}, fmt.Errorf("%w: %s", ErrNoDocument, docID)
}

// Rows yields the rows of a table, batch by batch. T is the table's row or has
// some of its columns, as in [table.Read].
func Rows[T any](ctx context.Context, r *Reader, name string) iter.Seq2[T, error] {
	return overBatches(ctx, r, name, table.ReadFile[T])
}

// Find yields the rows of a table that belong to the given documents, batch by
// batch. T is as in [Rows].
func Find[T any](ctx context.Context, r *Reader, name string, docIDs ...string) iter.Seq2[T, error] {
	return overBatches(ctx, r, name, func(path string) iter.Seq2[T, error] {
		return table.FindFile[T](path, docIDs)
	})
}

// overBatches reads a table's file in each batch. The first error ends the
// sequence.
func overBatches[T any](ctx context.Context, r *Reader, name string, read func(path string) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for _, b := range r.manifest.Batches {
			path := r.path(b, name)
			if err := errors.Join(ctx.Err(), checkFile(path, b.Files[name])); err != nil {
				yield(none, err)
				return
			}
			for row, err := range read(path) {
				if errors.Is(err, table.ErrDamaged) || errors.Is(err, table.ErrForeign) {
					err = fmt.Errorf("%w: %w", ErrDamaged, err)
				}
				if err = errors.Join(err, ctx.Err()); err != nil {
					yield(none, err)
					return
				}
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// CheckFiles wants every file that the manifest lists to be there, with its
// size. It fails with [ErrDamaged] and names the first one that is not.
func (r *Reader) CheckFiles() error {
	for _, b := range r.manifest.Batches {
		for _, name := range slices.Sorted(maps.Keys(b.Files)) {
			if err := checkFile(r.path(b, name), b.Files[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkFile finds a missing or a cut-off file before it is parsed.
func checkFile(path string, want File) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if info.Size() != want.Bytes {
		return fmt.Errorf("%w: %s has %d bytes, not the %d of the manifest", ErrDamaged, path, info.Size(), want.Bytes)
	}
	return nil
}

// Stats are the counts of a corpus.
type Stats struct {
	Documents   int64 `json:"documents"`
	Mentions    int64 `json:"mentions"`
	Batches     int64 `json:"batches"`
	Quarantined int64 `json:"quarantined"`
}

func statsOf(m Manifest, quarantined int64) Stats {
	return Stats{
		Documents:   m.Counts.Documents,
		Mentions:    m.Counts.Mentions,
		Batches:     int64(len(m.Batches)),
		Quarantined: quarantined,
	}
}

// Stats counts what r reads, and what is in quarantine now.
func (r *Reader) Stats() (Stats, error) {
	names, err := fileNames(filepath.Join(r.dir, quarantineDir))
	if err != nil {
		return Stats{}, fmt.Errorf("count quarantine: %w", err)
	}
	var n int64
	for _, name := range names {
		if sha, ok := strings.CutSuffix(name, entrySuffix); ok && hexSHA256.MatchString(sha) {
			n++
		}
	}
	return statsOf(r.manifest, n), nil
}

// Quarantine yields the entries of the quarantine, ordered by their hash. Their
// Raw is not read. One that a writer removes meanwhile is left out. After one
// that does not decode, which is ErrDamaged and has its hash alone, it goes on.
func (r *Reader) Quarantine(ctx context.Context) iter.Seq2[Bad, error] {
	return r.QuarantineAfter(ctx, "")
}

// QuarantineAfter is Quarantine from the first entry behind a hash.
func (r *Reader) QuarantineAfter(ctx context.Context, after string) iter.Seq2[Bad, error] {
	return func(yield func(Bad, error) bool) {
		dir := filepath.Join(r.dir, quarantineDir)
		names, err := fileNames(dir)
		if err != nil {
			yield(Bad{}, fmt.Errorf("read quarantine: %w", err))
			return
		}
		for _, name := range names {
			sha, ok := strings.CutSuffix(name, entrySuffix)
			if !ok || !hexSHA256.MatchString(sha) || sha <= after {
				continue
			}
			b, err := readBad(filepath.Join(dir, name))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err == nil && b.SHA256 != sha {
				err = fmt.Errorf("%w: %s: it is about %q", ErrDamaged, filepath.Join(dir, name), b.SHA256)
			}
			if err != nil {
				b = Bad{SHA256: sha}
			}
			if stop := ctx.Err(); stop != nil {
				yield(Bad{}, stop)
				return
			}
			if !yield(b, err) {
				return
			}
		}
	}
}
