// Package sheet writes CSV that a spreadsheet can open without running it:
// articles come from strangers, and a cell that begins with = is a formula.
//
//	w := sheet.NewWriter(file)
//	err := w.Write([]string{"党支部", "12"})
//	err = w.Flush()
package sheet

import (
	"encoding/csv"
	"io"
	"strings"
)

// Writer writes CSV as RFC 4180 has it, in UTF-8, lines ending in \n.
type Writer struct {
	out    *csv.Writer
	record []string
}

// NewWriter returns a writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{out: csv.NewWriter(w)} }

// Write adds a line. A cell that could be taken for a formula gets an
// apostrophe in front.
func (w *Writer) Write(cells []string) error {
	w.record = w.record[:0]
	for _, cell := range cells {
		w.record = append(w.record, guard(cell))
	}
	return w.out.Write(w.record)
}

// Flush writes what is buffered.
func (w *Writer) Flush() error {
	w.out.Flush()
	return w.out.Error()
}

func guard(cell string) string {
	if s := strings.TrimLeft(cell, " \t\r\n\u00a0\u3000"); s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + cell
	}
	return cell
}
