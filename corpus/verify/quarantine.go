package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"jianbao/corpus/store"
)

// Quarantine checks that the entries decode and that their bytes are those that
// were kept. Where all bytes were kept, identity must make of an entry with its
// bytes the hash that names it.
func (c *Checker) Quarantine(ctx context.Context, identity func(store.Bad) string) error {
	if c.opts.Quick {
		return nil
	}
	for b, err := range c.reader.Quarantine(ctx) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		check, message := Unreadable, ""
		if err != nil {
			message = err.Error()
		} else {
			check, message = c.entry(b, identity)
		}
		if message == "" {
			continue
		}
		c.report.add(Problem{Severity: Error, Check: check, File: store.EntryFile(b), Message: message, Mend: retry})
	}
	return nil
}

// entry says what is wrong with an entry; "" when nothing is.
func (c *Checker) entry(b store.Bad, identity func(store.Bad) string) (Check, string) {
	raw, err := c.kept(b)
	if errors.Is(err, fs.ErrNotExist) { // a writer took the document in meanwhile, or the bytes are lost
		if _, gone := c.reader.Entry(b.SHA256); errors.Is(gone, fs.ErrNotExist) {
			return "", ""
		}
		return Missing, "its raw bytes are not there"
	}
	if err != nil {
		return Unreadable, err.Error()
	}
	if int64(len(raw)) != b.Kept {
		return Size, fmt.Sprintf("%d raw bytes, the entry says %d", len(raw), b.Kept)
	}
	b.Raw = raw
	if got := identity(b); b.Kept == b.Bytes && got != b.SHA256 {
		return Identity, "its raw bytes are those of " + got
	}
	return "", ""
}

// kept is what is kept of the bytes of b: at most what it says, and one more.
func (c *Checker) kept(b store.Bad) ([]byte, error) {
	if b.Kept == 0 {
		return nil, nil
	}
	f, err := c.reader.Bytes(b)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, b.Kept+1))
}
