// Package table is how a corpus is written down: the rows of its Parquet
// tables, their writer and their reader. It is the only importer of
// parquet-go.
//
//	w := table.NewWriter[table.Document](file, table.Options{})
//	err := w.Write(rows) // sorted, see Sort
//	err = w.Close()
//
//	for doc, err := range table.ReadFile[table.Document](path) { … }
//
// # Rows
//
// A row struct is the schema: its fields are the columns, in order, under the
// names of their tags, in Parquet and in JSON alike. What may be unknown is a
// pointer, and unknown text is the empty string. Lists are real Parquet lists
// and never null. Every offset is in code points, half-open, so that Python's
// text[start:end] is right; [FromDocument] is the one place where byte offsets
// become code points.
//
// # Narrow reads
//
// [Read] takes any struct whose fields are some of a table's columns, and reads
// only these from the file:
//
//	type key struct {
//		DocID string `parquet:"doc_id"`
//	}
//	for k, err := range table.ReadFile[key](path) { … }
package table
