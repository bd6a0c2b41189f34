package verify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// file checks one file without looking at its rows.
func (c *Checker) file(ctx context.Context, l listed) error {
	before := c.sum.Errors
	defer func() {
		if c.sum.Errors > before {
			c.spoiled[l.name] = true
		}
	}()
	c.sum.Files++
	f, err := os.Open(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		c.missing(l)
		return nil
	}
	if err != nil {
		c.wrong(l, Unreadable, "%v", err)
		return nil
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("verify %s: %w", l.name, err)
	}
	c.sum.Bytes += info.Size()
	if info.Size() != l.want.Bytes {
		c.wrong(l, Size, "%d bytes, the manifest says %d", info.Size(), l.want.Bytes)
		return nil
	}
	c.footer(l, f)
	if c.opts.Quick {
		return nil
	}
	return c.hash(ctx, l, f)
}

// missing tells a file that is lost from one that a writer removed since the
// manifest was read.
func (c *Checker) missing(l listed) {
	now, err := store.OpenReader(c.reader.Derived(""))
	if err == nil && !slices.ContainsFunc(now.Manifest().Batches, func(b store.Batch) bool { return b.ID == l.batch.ID }) {
		c.spoiled[l.name] = true
		c.report.add(Problem{Severity: Warning, Check: Missing, File: l.name, Message: "removed by a writer while this went on", Mend: "run jianbao verify again"})
		return
	}
	c.wrong(l, Missing, "the file is not there")
}

// footer checks what can be told of a Parquet file from its end.
func (c *Checker) footer(l listed, f *os.File) {
	info, err := inspect(l.table, f, l.want.Bytes)
	switch {
	case errors.Is(err, table.ErrForeign):
		c.wrong(l, Schema, "%v", err)
		return
	case err != nil:
		c.wrong(l, Footer, "%v", err)
		return
	}
	if info.Rows != l.want.Rows {
		c.wrong(l, RowCount, "%d rows, the manifest says %d", info.Rows, l.want.Rows)
	}
	for _, want := range []struct{ key, value string }{
		{table.KeyTable, l.table},
		{table.KeyOffsets, "code points"},
		{table.KeyPipelineVersion, l.batch.PipelineVersion},
		{table.KeyFingerprint, l.batch.Fingerprint},
		{table.KeyBatchID, l.batch.ID},
	} {
		if got := info.Metadata[want.key]; got != want.value {
			c.wrong(l, Metadata, "its key %s is %q, not %q", want.key, got, want.value)
		}
	}
}

func inspect(name string, r io.ReaderAt, size int64) (table.Info, error) {
	switch name {
	case table.Documents:
		return table.Inspect[table.Document](r, size)
	case table.Mentions:
		return table.Inspect[table.Mention](r, size)
	case table.Edits:
		return table.Inspect[table.Edit](r, size)
	case table.Sentences:
		return table.Inspect[table.Sentence](r, size)
	case table.Sightings:
		return table.Inspect[table.Sighting](r, size)
	case table.Batches:
		return table.Inspect[table.Batch](r, size)
	}
	return table.Info{}, fmt.Errorf("no table is called %q", name)
}

// hash compares the SHA-256 of a file with that of the manifest.
func (c *Checker) hash(ctx context.Context, l listed, f *os.File) error {
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(reading{ctx, f}, 0, l.want.Bytes)); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		c.wrong(l, Unreadable, "%v", err)
		return nil
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != l.want.SHA256 {
		c.wrong(l, Hash, "its SHA-256 is %s, the manifest says %s", got, l.want.SHA256)
	}
	return nil
}

// reading ends when its context does.
type reading struct {
	ctx context.Context
	io.ReaderAt
}

func (r reading) ReadAt(p []byte, off int64) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.ReaderAt.ReadAt(p, off)
}
