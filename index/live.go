package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
	bolterrors "go.etcd.io/bbolt/errors"
)

const (
	liveName   = "live"
	tempPrefix = "tmp-"

	// lockWait is how long an index that another process has open is waited
	// for. The library's own default is for ever.
	lockWait = "250ms"
)

// openLive opens the live index in dir, making an empty one if there is none. No
// segment of more than segmentDocs documents is made by a merge.
func openLive(dir string, lang *Language, segmentDocs int) (bleve.Index, state, error) {
	path := filepath.Join(dir, liveName)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := createLive(dir, lang); err != nil {
			return nil, state{}, err
		}
	}
	idx, st, err := openBleve(path, map[string]any{
		"scorchMergePlanOptions": map[string]any{"MaxSegmentSize": segmentDocs},
	})
	if err != nil {
		return nil, st, err
	}
	if st.Format != format || st.Language != lang.Version {
		err := fmt.Errorf("%s: %w (has %d, %q; want %d, %q)",
			path, ErrStale, st.Format, st.Language, format, lang.Version)
		return nil, st, errors.Join(err, idx.Close())
	}
	return idx, st, nil
}

// createLive makes an empty live index under another name first, so that one
// with its own name is always whole.
func createLive(dir string, lang *Language) (err error) {
	temp, err := os.MkdirTemp(dir, tempPrefix)
	if err != nil {
		return fmt.Errorf("create index: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()

	mapping := bleve.NewIndexMapping()
	mapping.ScoringModel = bleveindex.BM25Scoring
	made := filepath.Join(temp, liveName)
	idx, err := bleve.NewUsing(made, mapping, scorch.Name, scorch.Name, map[string]any{"bolt_timeout": lockWait})
	if err != nil {
		return fmt.Errorf("create index: %w", err)
	}
	st := state{Format: format, Language: lang.Version}
	value, err := st.marshal()
	if err == nil {
		err = idx.SetInternal([]byte(stateKey), value)
	}
	if err := errors.Join(err, idx.Close()); err != nil {
		return fmt.Errorf("create index: %w", err)
	}
	err = os.Rename(made, filepath.Join(dir, liveName))
	if err != nil && !errors.Is(err, fs.ErrExist) { // ErrExist: another writer made one meanwhile
		return fmt.Errorf("create index: %w", err)
	}
	return syncPath(dir)
}

// openBleve opens the index at path with its state. A failure is ErrCorrupt,
// unless the index is locked or its files are not to be had.
func openBleve(path string, config map[string]any) (idx bleve.Index, st state, err error) {
	defer guard(path, &err)
	config["bolt_timeout"] = lockWait
	opened, err := bleve.OpenUsing(path, config)
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, st, fmt.Errorf("%s: %w", path, ErrLocked)
	case errors.Is(err, fs.ErrPermission):
		return nil, st, fmt.Errorf("open index: %w", err)
	case err != nil: // opened is a typed nil then
		return nil, st, fmt.Errorf("%s: %w: %w", path, ErrCorrupt, err)
	}
	if st, err = readState(opened); err != nil {
		return nil, st, errors.Join(fmt.Errorf("%s: %w: %w", path, ErrCorrupt, err), opened.Close())
	}
	return opened, st, nil
}

// clearTemp removes what a writer that was killed left behind.
func clearTemp(dir string) error {
	left, err := filepath.Glob(filepath.Join(dir, tempPrefix+"*"))
	if err != nil {
		return fmt.Errorf("clear index directory: %w", err)
	}
	for _, path := range left {
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("clear index directory: %w", err)
		}
	}
	return nil
}

// discard removes a directory in dir. It loses its name at once, so that
// nobody opens it half removed.
func discard(dir, name string) error {
	temp, err := os.MkdirTemp(dir, tempPrefix)
	if err != nil {
		return fmt.Errorf("remove %s: %w", name, err)
	}
	err = os.Rename(filepath.Join(dir, name), filepath.Join(temp, name))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err := errors.Join(err, os.RemoveAll(temp)); err != nil {
		return fmt.Errorf("remove %s: %w", name, err)
	}
	return nil
}

// syncPath makes a file, or the names in a directory, durable.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("sync %s: %w", path, err)
	}
	return nil
}
