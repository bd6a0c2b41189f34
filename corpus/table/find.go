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
	return overGroups[T](r, size, func(group parquet.RowGroup) (func(string) bool, error) {
		wanted, err := mayHold(group, ids)
		if err != nil || len(wanted) == 0 {
			return nil, err
		}
		return func(docID string) bool { return wanted[docID] }, nil
	})
}

// FindFile is [Find] in the file at path, which its errors name.
func FindFile[T any](path string, ids []string) iter.Seq2[T, error] {
	return overFile(path, func(r io.ReaderAt, size int64) iter.Seq2[T, error] { return Find[T](r, size, ids) })
}

// WhereFile yields the rows of the file at path whose doc_id is wanted, in
// their order. It is for many of them: only doc_id is read whole, and no page
// twice. T is as in [Read].
func WhereFile[T any](path string, wanted func(docID string) bool) iter.Seq2[T, error] {
	return overFile(path, func(r io.ReaderAt, size int64) iter.Seq2[T, error] {
		return overGroups[T](r, size, func(parquet.RowGroup) (func(string) bool, error) { return wanted, nil })
	})
}

// overGroups yields the rows of a file whose doc_id is wanted. Of each row group
// choose says which are; nil means none.
func overGroups[T any](r io.ReaderAt, size int64, choose func(parquet.RowGroup) (func(string) bool, error)) iter.Seq2[T, error] {
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
			wanted, err := choose(group)
			if err != nil {
				yield(none, err)
				return
			}
			if wanted == nil {
				continue
			}
			for row, err := range findInGroup[T](group, wanted) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

func findInGroup[T any](group parquet.RowGroup, wanted func(string) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		at, err := rowsOf(group, wanted)
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

// rowsOf is where in group the wanted rows are.
func rowsOf(group parquet.RowGroup, wanted func(string) bool) (at []int64, err error) {
	var i int64
	for key, err := range readGroup[docKey](group) {
		if err != nil {
			return nil, err
		}
		if wanted(key.DocID) {
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
