package store

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Leftovers are paths, relative to the corpus, that the manifest does not know:
// batches that an interrupted writer left or that one is writing now, and
// temporary files. The next writer sweeps them. It fails with [ErrDamaged] when
// a batch is later than the manifest: then the manifest is not the last one.
func (r *Reader) Leftovers() ([]string, error) {
	keep := make(map[string]bool)
	for _, b := range r.manifest.Batches {
		keep[b.ID] = true
	}
	for _, b := range r.manifest.Retired {
		keep[b.ID] = true
	}
	left, err := unlisted(filepath.Join(r.dir, batchesDir), keep, r.manifest.Number)
	if err != nil {
		return nil, err
	}
	for i, path := range left {
		left[i] = filepath.Join(batchesDir, filepath.Base(path))
	}
	for _, dir := range []string{".", quarantineDir} {
		names, err := fileNames(filepath.Join(r.dir, dir))
		if err != nil {
			return nil, fmt.Errorf("look for leftovers: %w", err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, tmpSuffix) {
				left = append(left, filepath.Join(dir, name))
			}
		}
	}
	slices.Sort(left)
	return left, nil
}

// Bytes opens what is kept of the raw bytes of a quarantined document. It fails
// with fs.ErrNotExist when nothing is.
func (r *Reader) Bytes(b Bad) (io.ReadCloser, error) {
	if !hexSHA256.MatchString(b.SHA256) {
		return nil, fmt.Errorf("%w: quarantined document %q", fs.ErrNotExist, b.SHA256)
	}
	return os.Open(filepath.Join(r.dir, quarantineDir, b.SHA256+rawSuffix))
}

// Entry is the entry of a quarantined document as it is now. It fails with
// fs.ErrNotExist when a writer has removed it.
func (r *Reader) Entry(sha256 string) (Bad, error) {
	return readBad(filepath.Join(r.dir, EntryFile(Bad{SHA256: sha256})))
}

// EntryFile is where the entry of a quarantined document is, relative to the
// corpus.
func EntryFile(b Bad) string { return filepath.Join(quarantineDir, b.SHA256+entrySuffix) }
