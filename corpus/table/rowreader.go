package table

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// rowReader decodes the rows of a row group.
type rowReader[T any] struct {
	rows   *parquet.GenericReader[T]
	schema *parquet.Schema
	leaves []leaf
	buffer []parquet.Row
	next   int64 // row that is read next
}

// leaf is a column as the schema has it.
type leaf struct {
	kind     parquet.Kind
	repeated bool
	embedded []int // index of its field, if that is a pointer in an embedded struct
}

// embeddedPointers are the fields of T by the names of their columns that are
// pointers in an embedded struct. parquet-go makes these point to a zero where
// the value is null.
func embeddedPointers[T any]() map[string][]int {
	found := make(map[string][]int)
	for _, field := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		if len(field.Index) > 1 && field.Type.Kind() == reflect.Pointer {
			name, _, _ := strings.Cut(field.Tag.Get("parquet"), ",")
			found[name] = field.Index
		}
	}
	return found
}

func newRowReader[T any](group parquet.RowGroup) (*rowReader[T], error) {
	r := &rowReader[T]{schema: parquet.SchemaOf(new(T))}
	embedded := embeddedPointers[T]()
	for _, path := range r.schema.Columns() {
		column, _ := r.schema.Lookup(path...)
		r.leaves = append(r.leaves, leaf{column.Node.Type().Kind(), column.MaxRepetitionLevel > 0, embedded[path[0]]})
	}
	err := guard(func() error {
		r.rows = parquet.NewGenericRowGroupReader[T](group)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return r, nil
}

func (r *rowReader[T]) close() { r.rows.Close() }

// nearRows is how far ahead a row is reached by reading on: a seek decodes its
// pages again, also where they are the ones that are open.
const nearRows = 1024

// seek makes row i the next one.
func (r *rowReader[T]) seek(i int64) error {
	err := guard(func() error {
		if i < r.next || i-r.next > nearRows {
			r.next = i
			return r.rows.SeekToRow(i)
		}
		for r.next < i {
			if _, err := r.fill(min(i-r.next, chunkRows)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("%w: row %d: %w", ErrDamaged, i, err)
	}
	return nil
}

// fill reads at least one and at most n rows into the buffer.
func (r *rowReader[T]) fill(n int64) (int, error) {
	if int64(len(r.buffer)) < n {
		r.buffer = make([]parquet.Row, n)
	}
	got, err := r.rows.ReadRows(r.buffer[:n])
	if got == 0 {
		return 0, fmt.Errorf("%d rows are missing: %w", n, errors.Join(io.ErrUnexpectedEOF, err))
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	r.next += int64(got)
	return got, nil
}

// read decodes at least one and at most n rows, into fresh memory: pointers in
// rows that were handed out must not change.
func (r *rowReader[T]) read(n int64) (rows []T, err error) {
	err = guard(func() error {
		got, err := r.fill(n)
		if err != nil {
			return err
		}
		rows = make([]T, got)
		return r.decode(rows)
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return rows, nil
}

func (r *rowReader[T]) decode(rows []T) error {
	for i := range rows {
		if err := r.check(r.buffer[i]); err != nil {
			return err
		}
		if err := r.schema.Reconstruct(&rows[i], r.buffer[i]); err != nil {
			return err
		}
		for _, v := range r.buffer[i] {
			if field := r.leaves[v.Column()].embedded; field != nil && v.IsNull() {
				reflect.ValueOf(&rows[i]).Elem().FieldByIndex(field).SetZero()
			}
		}
	}
	return nil
}

// check wants in a row each column once, or more often if it is a list, with
// values of its kind. parquet-go takes this for granted: a damaged page header
// would make it read a number as the address of a string.
func (r *rowReader[T]) check(row parquet.Row) error {
	last := -1
	for _, v := range row {
		c := v.Column()
		if c != last+1 && (c != last || last < 0 || !r.leaves[last].repeated) || c >= len(r.leaves) {
			return fmt.Errorf("column %d comes after column %d", c, last)
		}
		if !v.IsNull() && v.Kind() != r.leaves[c].kind {
			return fmt.Errorf("column %d holds a value of kind %s", c, v.Kind())
		}
		last = c
	}
	if last != len(r.leaves)-1 {
		return fmt.Errorf("a row ends after column %d", last)
	}
	return nil
}
