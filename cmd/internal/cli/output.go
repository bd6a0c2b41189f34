package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"jianbao/corpus/sheet"
)

// The formats in which a list is printed.
const (
	asTable = "table"
	asJSON  = "json"
	asJSONL = "jsonl"
	asCSV   = "csv"
)

// output is the -o flag.
type output struct{ format string }

func (o *output) addFlag(a *app, c *cobra.Command) {
	o.addFormats(a, c, asTable, asJSON, asJSONL, asCSV)
}

// addFormats adds the flag to a command that knows table, jsonl and perhaps
// more.
func (o *output) addFormats(a *app, c *cobra.Command, formats ...string) {
	last := len(formats) - 1
	known := strings.Join(formats[:last], ", ") + " or " + formats[last]
	c.Flags().StringVarP(&o.format, "output", "o", "", known+" (default table on a terminal, else jsonl)")
	check := c.RunE
	c.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case o.format == "" && a.terminal:
			o.format = asTable
		case o.format == "":
			o.format = asJSONL
		case !slices.Contains(formats, o.format):
			return usageError{fmt.Errorf("unknown output format %q (%s)", o.format, known)}
		}
		return check(c, args)
	}
}

// column is one column of a printed list.
type column[T any] struct {
	name  string
	right bool // numbers stand right
	value func(T) string
}

// list prints rows in the chosen format. As JSON a row is what it is; in a
// table or CSV it is its columns.
func list[T any](w io.Writer, format string, columns []column[T], rows []T) error {
	switch format {
	case asJSON:
		if rows == nil {
			rows = []T{}
		}
		return writeJSON(w, rows)
	case asJSONL:
		for _, row := range rows {
			if err := writeJSON(w, row); err != nil {
				return err
			}
		}
		return nil
	case asCSV:
		return writeCSV(w, columns, rows)
	}
	return writeTable(w, columns, rows)
}

// writeJSON writes one line, Chinese and brackets as they are.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

func writeCSV[T any](w io.Writer, columns []column[T], rows []T) error {
	out := sheet.NewWriter(w)
	record := make([]string, len(columns))
	for i, c := range columns {
		record[i] = c.name
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for _, row := range rows {
		for i, c := range columns {
			record[i] = c.value(row)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	return out.Flush()
}

// writeTable aligns columns by terminal cells.
func writeTable[T any](w io.Writer, columns []column[T], rows []T) error {
	grid := make([][]string, 0, len(rows)+1)
	header := make([]string, len(columns))
	for i, c := range columns {
		header[i] = c.name
	}
	grid = append(grid, header)
	for _, row := range rows {
		line := make([]string, len(columns))
		for i, c := range columns {
			line[i] = printable(strings.ReplaceAll(c.value(row), "\n", " "))
		}
		grid = append(grid, line)
	}
	widths := make([]int, len(columns))
	for _, line := range grid {
		for i, cell := range line {
			widths[i] = max(widths[i], cells(cell))
		}
	}
	for _, line := range grid {
		var b strings.Builder
		for i, cell := range line {
			gap := strings.Repeat(" ", widths[i]-cells(cell))
			if columns[i].right {
				b.WriteString(gap + cell)
			} else {
				b.WriteString(cell + gap)
			}
			b.WriteString("  ")
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " ")); err != nil {
			return err
		}
	}
	return nil
}
