package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"time"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

// parquet reads one article a row. The offset of a document is the number of
// its row, from 0.
func (r *reader) parquet(it item, in *bufio.Reader) {
	at, size, done, err := r.spool(it, in)
	if err != nil {
		r.failed(Bad{URI: it.uri, Err: err})
		return
	}
	defer done()
	row := int64(0)
	text := &meter{source: func() int64 { return size }, ratio: r.opts.MaxExpansion}
	for cells, err := range table.Foreign(at, size) {
		if err == nil {
			err = text.rowFits(cells)
		}
		if err != nil {
			r.failed(Bad{URI: it.uri, Offset: row, Err: parquetFault(err)})
			return
		}
		if !r.row(it, cells, row) {
			return
		}
		row++
	}
}

// rowFits counts a row: a dictionary can make gigabytes of one page.
func (m *meter) rowFits(cells []table.Cell) error {
	for _, c := range cells {
		switch v := c.Value.(type) {
		case string:
			m.n += int64(len(v))
		case []byte:
			m.n += int64(len(v))
		}
	}
	return m.check()
}

func (r *reader) row(it item, cells []table.Cell, n int64) bool {
	var fs fields
	for _, c := range cells {
		if f := cellField(c); f != nil {
			fs = append(fs, f)
		}
	}
	bad := Bad{URI: it.uri, Line: int(n) + 1, Offset: n}
	raw := &corpus.Raw{Container: it.uri, ContainerOffset: n}
	if fs.find(textNames, filled) == nil {
		bad.Bytes = fs.record()
	}
	return r.filled(raw, fs, bad)
}

// cellField makes a field of a cell; nil for a null.
func cellField(c table.Cell) *field {
	switch v := c.Value.(type) {
	case nil:
		return nil
	case string:
		return &field{name: c.Name, text: []byte(v), plain: true}
	case []byte:
		return &field{name: c.Name, text: v, plain: true, bytes: true}
	case time.Time:
		return &field{name: c.Name, text: []byte(v.In(corpus.Beijing).Format(time.RFC3339)), plain: true}
	}
	return &field{name: c.Name, json: encode(c.Value)}
}

func parquetFault(err error) error {
	switch {
	case errors.Is(err, table.ErrForeign):
		return &fault{NotParquet, fmt.Errorf("parquet: %w", err)}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &fault{Truncated, fmt.Errorf("parquet: %w", err)}
	case errors.Is(err, table.ErrDamaged):
		return &fault{Damaged, fmt.Errorf("parquet: %w", err)}
	}
	return err
}
