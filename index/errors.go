package index

import (
	"errors"
	"fmt"
)

var (
	// ErrNoIndex says that nothing has been published in the directory yet.
	ErrNoIndex = errors.New("no index has been published")

	// ErrCorrupt says that an index cannot be used. It is derived: delete the
	// directory, or open a writer with Options.Rebuild, and index again.
	ErrCorrupt = errors.New("the index is damaged: delete its directory and index again")

	// ErrStale says that an index was written by another version of this package,
	// or a live one with another language. Open it with Options.Rebuild.
	ErrStale = errors.New("the index was made with another dictionary or version: rebuild it")

	// ErrTooBroad says that a pattern of a query stands for more than
	// [MaxExpansion] words.
	ErrTooBroad = errors.New("this stands for more words than a search looks for: write more of the word")

	// ErrLocked says that another writer has the index open.
	ErrLocked = errors.New("another writer has the index open")
)

// guard turns a panic of the library over a damaged file into ErrCorrupt. The
// files are mapped into memory and trusted there, so a wrong byte surfaces as
// an index out of range.
func guard(dir string, err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%s: %w (%v)", dir, ErrCorrupt, r)
	}
}
