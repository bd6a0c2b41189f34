package pipeline

import (
	"strconv"
	"strings"
	"time"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

// HitColumns are the columns of hits as CSV.
func HitColumns() []string {
	return []string{"doc_id", "uri", "title", "published", "source", "score", "snippet"}
}

// Cells are the values of [HitColumns].
func (h Hit) Cells() []string {
	return []string{h.DocID, h.URI, h.Title, h.Published, h.Source, strconv.FormatFloat(h.Score, 'f', 4, 64), h.snippet()}
}

// snippet is all snippets in one, with what was found in brackets.
func (h Hit) snippet() string {
	var parts []string
	for _, s := range h.Snippets {
		parts = append(parts, s.Marked("⟦", "⟧"))
	}
	return strings.Join(parts, " … ")
}

// Row is the hit as a row of the table hits.
func (h Hit) Row() table.Hit {
	row := table.Hit{DocID: h.DocID, URI: h.URI, Title: h.Title, Source: h.Source, Score: h.Score, Reprints: int64(h.Reprints), Snippet: h.snippet()}
	if at, err := time.Parse(time.RFC3339, h.Published); err == nil {
		moment := table.TimestampOf(at)
		row.PublishedAt = &moment
	}
	day := h.Published[:min(len(h.Published), len(time.DateOnly))]
	if t, err := time.Parse(time.DateOnly, day); err == nil {
		if d, ok := corpus.DateOf(t.Year(), int(t.Month()), t.Day()); ok {
			row.Published = &d
		}
	}
	return row
}
