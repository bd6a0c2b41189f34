package table

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// valueBuffer is how many values of a column are read at a time.
const valueBuffer = 256

// columnReader decodes the rows of a row group column by column. parquet-go goes
// by rows, and looks at each value of a row three times over until it stands in
// a struct: this takes a fifth of the time.
type columnReader[T any] struct {
	columns []*column
}

// column is one leaf of a row group and the field that it fills.
type column struct {
	name  string
	field int
	kind  parquet.Kind
	full  int // the definition level of a value that is there
	list  bool

	pages  parquet.Pages
	values parquet.ValueReader
	buffer []parquet.Value
	next   int // in the buffer
	last   string
}

// isPlain reports whether the fields of T are such as a columnReader fills:
// numbers, truth values and texts, pointers to numbers, lists of texts.
func isPlain(t reflect.Type) bool {
	for i := range t.NumField() {
		switch f := t.Field(i); f.Type.Kind() {
		case reflect.String, reflect.Bool, reflect.Int32, reflect.Int64, reflect.Float64:
			if f.Anonymous || !f.IsExported() {
				return false
			}
		case reflect.Pointer:
			if k := f.Type.Elem().Kind(); k != reflect.Int32 && k != reflect.Int64 {
				return false
			}
		case reflect.Slice:
			if f.Type.Elem().Kind() != reflect.String {
				return false
			}
		default:
			return false
		}
	}
	return t.NumField() > 0
}

// newColumnReader opens the columns of T, which [isPlain].
func newColumnReader[T any](group parquet.RowGroup) (r *columnReader[T], err error) {
	r = &columnReader[T]{}
	err = guard(func() error {
		fields := map[string]int{}
		for i := range reflect.TypeFor[T]().NumField() {
			name, _, _ := strings.Cut(reflect.TypeFor[T]().Field(i).Tag.Get("parquet"), ",")
			fields[name] = i
		}
		for _, field := range parquet.SchemaOf(new(T)).Fields() {
			path := []string{field.Name()}
			if !field.Leaf() {
				path = append(path, "list", "element")
			}
			leaf, ok := group.Schema().Lookup(path...)
			if !ok {
				return fmt.Errorf("no column %q", path)
			}
			r.columns = append(r.columns, &column{
				name: field.Name(), field: fields[field.Name()], kind: leaf.Node.Type().Kind(), full: leaf.MaxDefinitionLevel, list: leaf.MaxRepetitionLevel > 0,
				pages: group.ColumnChunks()[leaf.ColumnIndex].Pages(),
			})
		}
		return nil
	})
	if err != nil {
		r.close()
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return r, nil
}

func (r *columnReader[T]) close() {
	for _, c := range r.columns {
		c.pages.Close() // of what was only read
	}
}

// read decodes the next n rows, into fresh memory: pointers in rows that were
// handed out must not change.
func (r *columnReader[T]) read(n int64) (rows []T, err error) {
	rows = make([]T, n)
	err = guard(func() error {
		for _, c := range r.columns {
			if err := c.fill(reflect.ValueOf(rows)); err != nil {
				return fmt.Errorf("column %q: %w", c.name, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return rows, nil
}

// fill sets the field in each of rows.
func (c *column) fill(rows reflect.Value) error {
	n := rows.Len()
	t := rows.Type().Elem().Field(c.field).Type
	var room reflect.Value // of what the pointers point to
	if t.Kind() == reflect.Pointer {
		room = reflect.MakeSlice(reflect.SliceOf(t.Elem()), n, n)
	}
	for i := range n {
		field := rows.Index(i).Field(c.field)
		if c.list {
			if err := c.fillList(field); err != nil {
				return err
			}
			continue
		}
		v, err := c.take()
		switch {
		case err != nil:
			return err
		case v.IsNull():
			continue
		case room.IsValid():
			room.Index(i).SetInt(int64Of(v))
			field.Set(room.Index(i).Addr())
		default:
			c.set(field, v)
		}
	}
	return nil
}

// fillList sets a list: its values up to the first of the next row.
func (c *column) fillList(field reflect.Value) error {
	v, err := c.take()
	if err != nil {
		return err
	}
	if v.RepetitionLevel() != 0 {
		return errors.New("a row begins within a list")
	}
	all := reflect.MakeSlice(field.Type(), 0, 0)
	for {
		if v.DefinitionLevel() == c.full {
			item := reflect.New(field.Type().Elem()).Elem()
			c.set(item, v)
			all = reflect.Append(all, item)
		}
		more, err := c.peek()
		if errors.Is(err, io.EOF) || err == nil && more.RepetitionLevel() == 0 {
			field.Set(all)
			return nil
		}
		if err != nil {
			return err
		}
		if v, err = c.take(); err != nil {
			return err
		}
	}
}

// set sets a field that is no pointer. Equal texts that follow each other share
// their memory: tables are sorted.
func (c *column) set(field reflect.Value, v parquet.Value) {
	switch field.Kind() {
	case reflect.String:
		if b := v.ByteArray(); string(b) != c.last {
			c.last = string(b)
		}
		field.SetString(c.last)
	case reflect.Bool:
		field.SetBool(v.Boolean())
	case reflect.Float64:
		field.SetFloat(v.Double())
	default:
		field.SetInt(int64Of(v))
	}
}

func int64Of(v parquet.Value) int64 {
	if v.Kind() == parquet.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
}

// take is the next value; io.ErrUnexpectedEOF when there is none.
func (c *column) take() (parquet.Value, error) {
	v, err := c.peek()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return v, err
	}
	c.next++
	// A damaged page header would make a number the address of a text.
	if !v.IsNull() && v.Kind() != c.kind {
		return v, fmt.Errorf("a value of kind %s", v.Kind())
	}
	return v, nil
}

// peek is the next value, which stays; io.EOF at the end.
func (c *column) peek() (parquet.Value, error) {
	for c.next == len(c.buffer) {
		if err := c.refill(); err != nil {
			return parquet.Value{}, err
		}
	}
	return c.buffer[c.next], nil
}

// refill reads on in the page, or in the next one.
func (c *column) refill() error {
	if c.values == nil {
		page, err := c.pages.ReadPage()
		if err != nil {
			return err
		}
		c.values = page.Values()
	}
	if c.buffer == nil {
		c.buffer = make([]parquet.Value, valueBuffer)
	}
	n, err := c.values.ReadValues(c.buffer[:cap(c.buffer)])
	c.buffer, c.next = c.buffer[:n], 0
	if errors.Is(err, io.EOF) {
		c.values, err = nil, nil
	}
	return err
}
