package table

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// Cell is one column of a foreign row. Value is nil, a bool, int64, float64,
// string (text, and dates as 2006-01-02), []byte (bytes of which the file does
// not say that they are text), time.Time in UTC, []any (a list) or
// map[string]any (a group), of the same.
type Cell struct {
	Name  string
	Value any
}

// foreignRows is how many foreign rows are decoded at a time; they may be
// large.
const foreignRows = 16

// Foreign yields the rows of any Parquet file, with their cells in the order
// of its columns. What it yields stays valid. The first error ends the
// sequence; it wraps ErrForeign or ErrDamaged when the file is at fault.
func Foreign(r io.ReaderAt, size int64) iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		file, err := open[struct{}](r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
		if err != nil {
			yield(nil, err)
			return
		}
		f := &foreign{root: file.Root()}
		f.addLeaves(f.root)
		for _, group := range file.RowGroups() {
			for cells, err := range f.rows(group) {
				if !yield(cells, err) || err != nil {
					return
				}
			}
		}
	}
}

// foreign is the schema of a foreign file.
type foreign struct {
	root   *parquet.Column
	leaves []leaf
}

func (f *foreign) addLeaves(c *parquet.Column) {
	if c.Leaf() {
		f.leaves = append(f.leaves, leaf{kind: c.Type().Kind(), repeated: c.MaxRepetitionLevel() > 0})
	}
	for _, child := range c.Columns() {
		f.addLeaves(child)
	}
}

// rows yields the rows of one row group.
func (f *foreign) rows(group parquet.RowGroup) iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		var rows parquet.Rows
		if err := guard(func() error { rows = group.Rows(); return nil }); err != nil {
			yield(nil, fmt.Errorf("%w: %w", ErrDamaged, err))
			return
		}
		defer rows.Close()
		buffer := make([]parquet.Row, foreignRows)
		for left := group.NumRows(); left > 0; {
			chunk, err := f.read(rows, buffer[:min(left, foreignRows)])
			if err != nil {
				yield(nil, fmt.Errorf("%w: %w", ErrDamaged, err))
				return
			}
			for _, cells := range chunk {
				if !yield(cells, nil) {
					return
				}
			}
			left -= int64(len(chunk))
		}
	}
}

// read decodes at least one row.
func (f *foreign) read(rows parquet.Rows, buffer []parquet.Row) (out [][]Cell, err error) {
	err = guard(func() error {
		n, err := rows.ReadRows(buffer)
		if n == 0 {
			return fmt.Errorf("%d rows are missing: %w", len(buffer), errors.Join(io.ErrUnexpectedEOF, err))
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		for _, row := range buffer[:n] {
			columns, err := f.split(row)
			if err != nil {
				return err
			}
			out = append(out, cells(f.root, columns))
		}
		return nil
	})
	return out, err
}

// split gives each leaf its values of a row. It wants each leaf once, or more
// often below a list, with values of its kind: parquet-go takes this for
// granted.
func (f *foreign) split(row parquet.Row) ([][]parquet.Value, error) {
	columns := make([][]parquet.Value, len(f.leaves))
	for _, v := range row {
		c := v.Column()
		if c < 0 || c >= len(columns) || len(columns[c]) > 0 && !f.leaves[c].repeated {
			return nil, fmt.Errorf("a value too many, in column %d", c)
		}
		if !v.IsNull() && v.Kind() != f.leaves[c].kind {
			return nil, fmt.Errorf("column %d holds a value of kind %s", c, v.Kind())
		}
		columns[c] = append(columns[c], v)
	}
	for c, values := range columns {
		if len(values) == 0 {
			return nil, fmt.Errorf("a row without column %d", c)
		}
	}
	return columns, nil
}

// cells takes one value for each child of a group out of the columns of its
// leaves.
func cells(group *parquet.Column, columns [][]parquet.Value) (out []Cell) {
	for _, child := range group.Columns() {
		n := countLeaves(child)
		out = append(out, Cell{child.Name(), assemble(child, columns[:n])})
		columns = columns[n:]
	}
	return out
}

func countLeaves(c *parquet.Column) (n int) {
	if c.Leaf() {
		return 1
	}
	for _, child := range c.Columns() {
		n += countLeaves(child)
	}
	return n
}

// assemble is the value of a column, nested as the schema is, after the rules
// of Dremel's record assembly.
func assemble(c *parquet.Column, columns [][]parquet.Value) any {
	if len(columns) == 0 || columns[0][0].DefinitionLevel() < c.MaxDefinitionLevel() {
		if c.Repeated() {
			return []any{}
		}
		return nil
	}
	if !c.Repeated() {
		return assembleOne(c, columns)
	}
	list := []any{}
	for rest := columns; rest != nil; {
		var item [][]parquet.Value
		item, rest = firstItem(rest, c.MaxRepetitionLevel())
		list = append(list, assembleOne(c, item))
	}
	return list
}

// firstItem splits off the first item of a list whose items begin at a repetition
// level of at most level.
func firstItem(columns [][]parquet.Value, level int) (item, rest [][]parquet.Value) {
	item = make([][]parquet.Value, len(columns))
	for i, values := range columns {
		n := 1
		for n < len(values) && values[n].RepetitionLevel() > level {
			n++
		}
		item[i] = values[:n]
		if n < len(values) {
			rest = append(rest, values[n:])
		}
	}
	if len(rest) < len(columns) { // all columns end together in a sound file
		return item, nil
	}
	return item, rest
}

func assembleOne(c *parquet.Column, columns [][]parquet.Value) any {
	if c.Leaf() {
		return foreignValue(c, columns[0][0])
	}
	group := cells(c, columns)
	if isList(c) {
		return elements(group[0].Value)
	}
	out := make(map[string]any, len(group))
	for _, cell := range group {
		out[cell.Name] = cell.Value
	}
	return out
}

// annotation is what the schema says of a column's meaning; nil for nothing.
func annotation(c *parquet.Column) format.LogicalTypeValue {
	if logical := c.Type().LogicalType(); logical != nil {
		return logical.Value
	}
	return nil
}

func isList(c *parquet.Column) bool {
	_, ok := annotation(c).(*format.ListType)
	return ok && len(c.Columns()) == 1 && c.Columns()[0].Repeated()
}

// elements takes the values out of the inner groups of a list: those have one
// member, whatever its name.
func elements(items any) any {
	list, _ := items.([]any)
	for i, item := range list {
		if group, ok := item.(map[string]any); ok && len(group) == 1 {
			for _, value := range group {
				list[i] = value
			}
		}
	}
	return list
}

// foreignValue is the value of a leaf, in memory of its own.
func foreignValue(c *parquet.Column, v parquet.Value) any {
	switch v.Kind() {
	case parquet.Boolean:
		return v.Boolean()
	case parquet.Int32, parquet.Int64:
		return foreignInt(c, v)
	case parquet.Int96:
		return moment96(v.Int96())
	case parquet.Float:
		return finite(float64(v.Float()))
	case parquet.Double:
		return finite(v.Double())
	}
	if isText(c) {
		return strings.Clone(string(v.ByteArray()))
	}
	return append([]byte{}, v.ByteArray()...)
}

// finite is nil for NaN and the infinities, which no JSON can hold.
func finite(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return x
}

func isText(c *parquet.Column) bool {
	switch annotation(c).(type) {
	case *format.StringType, *format.EnumType, *format.JsonType:
		return true
	}
	return false
}

func foreignInt(c *parquet.Column, v parquet.Value) any {
	n := v.Int64()
	if v.Kind() == parquet.Int32 {
		n = int64(v.Int32())
	}
	switch kind := annotation(c).(type) {
	case *format.DateType:
		return time.Unix(n*24*60*60, 0).UTC().Format(time.DateOnly)
	case *format.TimestampType:
		switch kind.Unit.Value.(type) {
		case *format.MilliSeconds:
			return time.UnixMilli(n).UTC()
		case *format.MicroSeconds:
			return time.UnixMicro(n).UTC()
		}
		return time.Unix(0, n).UTC()
	}
	return n
}

// moment96 is a time as Spark and Impala used to write one: nanoseconds of a
// day, then the Julian day.
func moment96(v deprecated.Int96) time.Time {
	const unixEpoch = 2440588
	nanos := int64(uint64(v[1])<<32 | uint64(v[0]))
	return time.Unix((int64(v[2])-unixEpoch)*24*60*60, nanos).UTC()
}
