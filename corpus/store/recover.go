package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// prepare checks that dir is a corpus or may become one, and creates it when
// it is missing. Otherwise it touches nothing.
func prepare(d disk, dir string) error {
	_, err := readManifest(dir)
	if !errors.Is(err, ErrNotCorpus) {
		return err
	}
	entries, readErr := os.ReadDir(dir)
	if errors.Is(readErr, fs.ErrNotExist) {
		if err := ensureDir(d, dir); err != nil {
			return fmt.Errorf("create corpus: %w", err)
		}
		return nil
	}
	if readErr != nil {
		return err
	}
	for _, e := range entries {
		if !ownBeforeManifest(e.Name()) {
			return fmt.Errorf("%w, but %s: a corpus is created only in an empty directory", err, e.Name())
		}
	}
	return nil
}

// ownBeforeManifest reports whether name may stand in a directory that becomes
// a corpus: what an interrupted first opening leaves, and what a file system
// keeps in its root.
func ownBeforeManifest(name string) bool {
	switch name {
	case lockFile, holderFile, manifestFile + tmpSuffix, "lost+found":
		return true
	}
	return false
}

// openOrCreateManifest is called with the lock held.
func openOrCreateManifest(d disk, dir string) (Manifest, error) {
	m, err := readManifest(dir)
	if !errors.Is(err, ErrNotCorpus) {
		return m, err
	}
	m = Manifest{Format: Format, CommittedAt: time.Now().UTC(), Batches: []Batch{}}
	if err := m.write(d, dir); err != nil {
		return Manifest{}, fmt.Errorf("create corpus: %w", err)
	}
	return m, nil
}

// sweepBatches removes what the manifest does not list: interrupted batches,
// and retired ones whose time is over by now. It returns the retired ones that
// remain. Files that no writer made are left alone.
func sweepBatches(d disk, dir string, m Manifest, now time.Time) ([]Retired, error) {
	retired := slices.DeleteFunc(slices.Clone(m.Retired), func(r Retired) bool { return r.Until.Before(now) })
	keep := make(map[string]bool)
	for _, b := range m.Batches {
		keep[b.ID] = true
	}
	for _, r := range retired {
		keep[r.ID] = true
	}
	swept, err := unlisted(filepath.Join(dir, batchesDir), keep, m.Number)
	if err != nil {
		return nil, err
	}
	for _, path := range append(swept, filepath.Join(dir, manifestFile+tmpSuffix)) {
		if err := removeIfThere(d, path); err != nil {
			return nil, err
		}
	}
	return retired, nil
}

// unlisted are the batches in dir that are not kept, whole or half-written. A
// crash leaves at most the one that would have made manifest number+1; one of a
// later number means that the manifest is not the last one, and then nothing may
// be swept.
func unlisted(dir string, keep map[string]bool, number int64) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, e := range entries {
		id := strings.TrimSuffix(e.Name(), tmpSuffix)
		if keep[e.Name()] || !batchID.MatchString(id) {
			continue
		}
		if n, _ := strconv.ParseInt(id[:10], 10, 64); n > number+1 {
			return nil, fmt.Errorf("%w: batch %s is later than manifest number %d: was an older %s put back?", ErrDamaged, id, number, manifestFile)
		}
		paths = append(paths, filepath.Join(dir, e.Name()))
	}
	return paths, nil
}

func removeIfThere(d disk, path string) error {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return d.RemoveAll(path)
}
