package table

import (
	"fmt"
	"io"
	"iter"

	"github.com/parquet-go/parquet-go"
)

// docKey reads the column by which rows are looked up.
type docKey struct {
	DocID string `parquet:"doc_id"`
}

// Find yields the rows whose doc_id is one of ids, in the order of the file.
// Row groups without any of them are left out by their bloom filters, mostly;
// of the others only doc_id is read whole. T is as in [Read].
func Find[T any](r io.ReaderAt, size int64, ids []string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		file, err := open[T](r, size)
		if err == nil {
			err = checkColumns(parquet.SchemaOf(docKey{}), file.Schema())
		}
		if err != nil {
			yield(none, err)
			return
		}
		for _, group := range file.RowGroups() {
			for row, err := range findInGroup[T](group, ids) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// FindFile is [Find] in the file at path, which its errors name.
func FindFile[T any](path string, ids []string) iter.Seq2[T, error] {
	return overFile(path, func(r io.ReaderAt, size int64) iter.Seq2[T, error] { return Find[T](r, size, ids) })
}

func findInGroup[T any](group parquet.RowGroup, ids []string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		at, err := rowsOf(group, ids)
		if err != nil {
			yield(none, err)
			return
		}
		if len(at) == 0 {
			return
		}
		reader, err := newRowReader[T](group)
		if err != nil {
			yield(none, err)
			return
		}
		defer reader.close()
		for _, i := range at {
			row, err := readRow(reader, i)
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// rowsOf is where in group the rows of ids are.
func rowsOf(group parquet.RowGroup, ids []string) (at []int64, err error) {
	wanted, err := mayHold(group, ids)
	if err != nil || len(wanted) == 0 {
		return nil, err
	}
	var i int64
	for key, err := range readGroup[docKey](group) {
		if err != nil {
			return nil, err
		}
		if wanted[key.DocID] {
			at = append(at, i)
		}
		i++
	}
	return at, nil
}

// mayHold are those of ids that the bloom filter of group does not rule out:
// all of them when it has none.
func mayHold(group parquet.RowGroup, ids []string) (map[string]bool, error) {
	column, _ := group.Schema().Lookup("doc_id")
	wanted := make(map[string]bool)
	err := guard(func() error {
		filter := group.ColumnChunks()[column.ColumnIndex].BloomFilter()
		for _, id := range ids {
			held := true
			if filter != nil {
				var err error
				if held, err = filter.Check(parquet.ValueOf(id)); err != nil {
					return err
				}
			}
			if held {
				wanted[id] = true
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%w: bloom filter: %w", ErrDamaged, err)
	}
	return wanted, nil
}

func readRow[T any](reader *rowReader[T], i int64) (row T, err error) {
	if err := reader.seek(i); err != nil {
		return row, err
	}
	rows, err := reader.read(1)
	if err != nil {
		return row, err
	}
	return rows[0], nil
}
