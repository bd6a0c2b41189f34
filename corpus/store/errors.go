package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Errors to branch on.
var (
	// ErrNotCorpus is a path that holds no corpus. It wraps fs.ErrNotExist
	// too when nothing is there.
	ErrNotCorpus = errors.New("not a corpus")
	// ErrNewerFormat is a corpus that a later version of this program wrote.
	ErrNewerFormat = errors.New("corpus of a newer format")
	// ErrDamaged is a file of the corpus that is missing, cut off or garbled.
	ErrDamaged = errors.New("damaged corpus")
	// ErrLocked is a corpus that another writer has open; see [LockedError].
	ErrLocked = errors.New("corpus is locked")
	// ErrNoDocument is a doc_id that the corpus does not hold.
	ErrNoDocument = errors.New("no such document")
	// ErrBroken is a writer whose last commit failed, or which was closed.
	ErrBroken = errors.New("corpus writer is not usable")
)

// notCorpus says why dir, which has no manifest, is no corpus.
func notCorpus(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w", ErrNotCorpus, err)
	case err != nil:
		return fmt.Errorf("open corpus: %w", err)
	case !info.IsDir():
		return fmt.Errorf("%w: %s is a file, not a directory", ErrNotCorpus, dir)
	}
	return fmt.Errorf("%w: no %s in %s", ErrNotCorpus, manifestFile, dir)
}
