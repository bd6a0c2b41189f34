package index

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"iter"
	"os"
	"path/filepath"
)

// segmentSuffix ends the name of a file that holds a part of the index. Its
// last four bytes are the CRC-32 of all before them.
const segmentSuffix = ".zap"

// Path is the directory of the generation.
func (r *Reader) Path() string { return r.path }

// Check reads all segments of the generation and compares their checksums,
// which searching never does, and looks at its reprints. It fails with
// ErrCorrupt.
func (r *Reader) Check(ctx context.Context) error {
	paths, err := filepath.Glob(filepath.Join(r.path, "store", "*"+segmentSuffix))
	if err != nil {
		return fmt.Errorf("check index: %w", err)
	}
	for _, path := range paths {
		if err := errors.Join(ctx.Err(), checkSegment(path)); err != nil {
			return err
		}
	}
	return checkReprints(r.path)
}

func checkSegment(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("check index: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("check index: %w", err)
	}
	var last [4]byte
	sum := crc32.NewIEEE()
	_, err = io.Copy(sum, io.NewSectionReader(f, 0, info.Size()-int64(len(last))))
	if err == nil {
		_, err = f.ReadAt(last[:], info.Size()-int64(len(last)))
	}
	if err != nil {
		return fmt.Errorf("check index: read %s: %w", path, err)
	}
	if binary.BigEndian.Uint32(last[:]) != sum.Sum32() {
		return fmt.Errorf("%s: %w: checksum", path, ErrCorrupt)
	}
	return nil
}

// IDs yields the ids of all documents, in no order. The first error ends it.
func (r *Reader) IDs(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		wanted := true
		err := r.eachID(ctx, func(id string) bool {
			wanted = yield(id, nil)
			return wanted
		})
		if err != nil && wanted {
			yield("", err)
		}
	}
}

// eachID calls f with ids until it returns false. Only the library is guarded,
// not f.
func (r *Reader) eachID(ctx context.Context, f func(string) bool) (err error) {
	next, stop, err := r.openIDs()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	for {
		id, err := next()
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if id == "" || !f(id) {
			return nil
		}
	}
}

// openIDs returns a function that gives one id after the other, "" behind the
// last, and one that ends that.
func (r *Reader) openIDs() (next func() (string, error), stop func() error, err error) {
	defer guard(r.path, &err)
	inner, err := r.idx.Advanced()
	if err != nil {
		return nil, nil, fmt.Errorf("list documents: %w", err)
	}
	snapshot, err := inner.Reader()
	if err != nil {
		return nil, nil, fmt.Errorf("list documents: %w", err)
	}
	docs, err := snapshot.DocIDReaderAll()
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("list documents: %w", err), snapshot.Close())
	}
	next = func() (id string, err error) {
		defer guard(r.path, &err)
		internal, err := docs.Next()
		if err != nil || internal == nil {
			return "", err
		}
		return snapshot.ExternalID(internal)
	}
	return next, func() error { return errors.Join(docs.Close(), snapshot.Close()) }, nil
}
