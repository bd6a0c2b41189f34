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

	"jianbao/index/query"
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
func (r *Reader) IDs(ctx context.Context) iter.Seq2[string, error] { return r.Match(ctx, query.All{}) }
