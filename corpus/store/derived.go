package store

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"jianbao/corpus/table"
)

// Derive puts a derived file at name, relative to the corpus directory: the
// old content or the new is there, whatever happens.
func (w *Writer) Derive(name string, write func(io.Writer) error) error {
	path := filepath.Join(w.dir, filepath.FromSlash(name))
	if err := w.disk.MkdirAll(filepath.Dir(path)); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := replaceFile(w.disk, path, write); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// DerivedFrom is the number of the manifest that a derived table was made
// from; 0 when there is no such table or it does not say.
func (r *Reader) DerivedFrom(name string) (int64, error) {
	f, err := os.Open(r.Derived(name))
	if os.IsNotExist(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	keys, err := table.Metadata(f, info.Size())
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	n, err := strconv.ParseInt(keys[table.KeyManifest], 10, 64)
	if err != nil {
		return 0, nil
	}
	return n, nil
}
