package concordance

import "strconv"

// Columns are the names of [Line.Cells].
func Columns() []string {
	return []string{"doc_id", "start", "end", "left", "hit", "right", "title", "published", "source"}
}

// Cells are a line as a row of a sheet.
func (l *Line) Cells() []string {
	return []string{l.DocID, strconv.Itoa(l.Start), strconv.Itoa(l.End), l.Left, l.Hit, l.Right, l.Title, l.Published, l.Source}
}
