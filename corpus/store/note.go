package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// noteLockSuffix is behind the name of a note in that of its lock.
const noteLockSuffix = ".lock"

// noteRetry is how often a note's lock is asked for.
const noteRetry = 10 * time.Millisecond

// Note is the content of a small file that people keep in a corpus, beside what
// a writer makes of it; nil when there is none.
func (r *Reader) Note(name string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(r.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read note: %w", err)
	}
	return data, nil
}

// ChangeNote puts what change makes of a note in its place: the old content or
// the new is there, whatever happens. An error of change is returned and nothing
// is written, as when the content stays the same.
//
// It waits for others that change the note, by a lock of the note's own: a batch
// may run for hours and holds the lock of the corpus all that time, and neither
// touches what the other writes.
func (r *Reader) ChangeNote(ctx context.Context, name string, change func(old []byte) ([]byte, error)) (err error) {
	path := filepath.Join(r.dir, name)
	l := flock.New(path+noteLockSuffix, flock.SetPermissions(0o644))
	if _, err := l.TryLockContext(ctx, noteRetry); err != nil {
		return errors.Join(fmt.Errorf("lock %s: %w", path, err), l.Close())
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	old, err := r.Note(name)
	if err != nil {
		return err
	}
	data, err := change(old)
	if err != nil || string(data) == string(old) {
		return err
	}
	if err := replaceFile(osDisk{}, path, these(data)); err != nil {
		return fmt.Errorf("write note: %w", err)
	}
	return nil
}
