package table

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"reflect"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// Errors to branch on.
var (
	// ErrForeign is a file that is no Parquet, or lacks a column that was
	// asked for.
	ErrForeign = errors.New("not a table of this kind")
	// ErrDamaged is a Parquet file that is cut off or does not decode.
	ErrDamaged = errors.New("damaged table")
)

// chunkRows is how many rows are decoded at a time.
const chunkRows = 64

// Read yields the rows of a Parquet file in their order. T is a row of a
// table, or any struct that has some of its columns: only these are read. The
// first error ends the sequence; it wraps ErrForeign or ErrDamaged when the
// file is at fault.
func Read[T any](r io.ReaderAt, size int64) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		file, err := open[T](r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
		if err != nil {
			yield(none, err)
			return
		}
		for _, group := range file.RowGroups() {
			for row, err := range readGroup[T](group) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// ReadFile is [Read] of the file at path, which its errors name.
func ReadFile[T any](path string) iter.Seq2[T, error] {
	return overFile(path, Read[T])
}

// overFile runs read over the file at path.
func overFile[T any](path string, read func(io.ReaderAt, int64) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		f, err := os.Open(path)
		if err != nil {
			yield(none, fmt.Errorf("open table: %w", err))
			return
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			yield(none, fmt.Errorf("open table: %w", err))
			return
		}
		for row, err := range read(f, info.Size()) {
			if err != nil {
				yield(none, fmt.Errorf("read %s: %w", path, err))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// Metadata is the key-value metadata of a file.
func Metadata(r io.ReaderAt, size int64) (map[string]string, error) {
	file, err := open[struct{}](r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, err
	}
	return pairs(file), nil
}

// open reads the footer and checks that the file has the columns of T.
func open[T any](r io.ReaderAt, size int64, options ...parquet.FileOption) (*parquet.File, error) {
	if err := checkEnds(r, size); err != nil {
		return nil, err
	}
	var file *parquet.File
	err := guard(func() (err error) {
		file, err = parquet.OpenFile(r, size, options...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%w: footer: %w", ErrDamaged, err)
	}
	if err := checkChunks(file.Metadata(), size); err != nil {
		return nil, err
	}
	if reflect.TypeFor[T]().NumField() == 0 {
		return file, nil
	}
	return file, checkColumns(parquet.SchemaOf(new(T)), file.Schema())
}

// checkEnds looks at the frame of a Parquet file before its footer is trusted:
// "PAR1", pages, footer, length of the footer in four bytes, "PAR1".
func checkEnds(r io.ReaderAt, size int64) error {
	const magic = "PAR1"
	var head [4]byte
	if _, err := r.ReadAt(head[:], 0); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read table: %w", err)
	}
	if string(head[:]) != magic {
		return fmt.Errorf("%w: does not begin with %s", ErrForeign, magic)
	}
	var tail [8]byte
	if size < int64(len(head)+len(tail)) {
		return fmt.Errorf("%w: cut off after %d bytes", ErrDamaged, size)
	}
	if _, err := r.ReadAt(tail[:], size-int64(len(tail))); err != nil {
		return fmt.Errorf("read table: %w", err)
	}
	if string(tail[4:]) != magic {
		return fmt.Errorf("%w: does not end with %s: cut off at %d bytes", ErrDamaged, magic, size)
	}
	if footer := int64(binary.LittleEndian.Uint32(tail[:4])); footer > size-int64(len(head)+len(tail)) {
		return fmt.Errorf("%w: footer of %d bytes in a file of %d", ErrDamaged, footer, size)
	}
	return nil
}

// checkChunks wants each column chunk within the file. LZ4 is refused:
// parquet-go doubles its buffer for ever when such a page is damaged.
func checkChunks(footer *format.FileMetaData, size int64) error {
	for i, group := range footer.RowGroups {
		for j := range group.Columns {
			c := &group.Columns[j].MetaData
			if c.Codec == format.Lz4Raw {
				return fmt.Errorf("%w: compression %s is not supported", ErrForeign, c.Codec)
			}
			if c.DataPageOffset < 0 || c.TotalCompressedSize < 0 || c.DataPageOffset > size-8 || c.TotalCompressedSize > size {
				return fmt.Errorf("%w: row group %d, column %v: its pages lie outside the file", ErrDamaged, i, c.PathInSchema)
			}
		}
	}
	return nil
}

// checkColumns wants each column of want in have, under the same type.
// parquet-go would fill a missing one with zeroes.
func checkColumns(want, have *parquet.Schema) error {
	for _, path := range want.Columns() {
		w, _ := want.Lookup(path...)
		h, ok := have.Lookup(path...)
		if !ok {
			return fmt.Errorf("%w: no column %q", ErrForeign, path[0])
		}
		if got, expected := h.Node.Type().String(), w.Node.Type().String(); got != expected {
			return fmt.Errorf("%w: column %q is %s, not %s", ErrForeign, path[0], got, expected)
		}
	}
	return nil
}

// readGroup yields the rows of one row group.
func readGroup[T any](group parquet.RowGroup) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		reader, err := newGroupReader[T](group)
		if err != nil {
			yield(none, err)
			return
		}
		defer reader.close()
		for left := group.NumRows(); left > 0; {
			rows, err := reader.read(min(left, chunkRows))
			if err != nil {
				yield(none, err)
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
			left -= int64(len(rows))
		}
	}
}

// groupReader decodes the rows of a row group one after the other, at least one
// and at most n of them.
type groupReader[T any] interface {
	read(n int64) (rows []T, err error)
	close()
}

// newGroupReader goes by columns where the fields of T allow that.
func newGroupReader[T any](group parquet.RowGroup) (groupReader[T], error) {
	if isPlain(reflect.TypeFor[T]()) {
		return newColumnReader[T](group)
	}
	return newRowReader[T](group)
}

// guard runs f over bytes that may be anything: parquet-go panics on some of
// them.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return f()
}
