package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"jianbao/corpus/concordance"
	"jianbao/corpus/sheet"
)

// The bounds of a page of the API.
const (
	apiLines    = 100
	apiMaxLines = 1000
)

// lineFormats are the formats of a download of lines.
var lineFormats = []option{{Value: inCSV, Label: "CSV"}, {Value: inJSONL, Label: "JSON lines"}}

// foundLines is a page of a concordance.
type foundLines struct {
	Query      string             `json:"query"`
	Parsed     string             `json:"parsed"`
	Hits       int                `json:"hits"`     // that were found
	Articles   int                `json:"articles"` // that have them
	Complete   bool               `json:"complete"` // false when the search ended with this page
	Found      int                `json:"found"`    // articles that match
	Drawn      int                `json:"drawn"`    // of them whose lines were looked for
	Generation int64              `json:"generation"`
	Lines      []concordance.Line `json:"lines"`
	Next       string             `json:"next,omitempty"`
}

func (s *Server) apiConcordance(w http.ResponseWriter, r *http.Request, c *volume) error {
	a, err := wantConcordance(r)
	if err != nil {
		return err
	}
	size, err := numberOf(r, "limit", apiLines, 1, apiMaxLines)
	if err != nil {
		return err
	}
	generation, err := c.generation()
	if err != nil {
		return err
	}
	cur := cursor{Asked: askedBy(a.values().Encode(), "kwic"), Generation: generation}
	from, err := cur.read(r.FormValue("cursor"))
	if err != nil {
		return err
	}
	found, err := a.read(r.Context(), c, min(from, maxLines), size)
	if err != nil {
		return err
	}
	about := found.about
	out := foundLines{
		Query: about.Query, Parsed: about.Parsed, Hits: about.Hits, Articles: about.Articles, Complete: about.Complete,
		Found: about.Found, Drawn: about.Drawn, Generation: generation, Lines: append([]concordance.Line{}, found.lines...),
	}
	if found.more {
		out.Next = cur.at(from + size)
	}
	s.sendJSON(w, r, http.StatusOK, "application/json", out)
	return nil
}

// wantConcordance is readConcordance of a request that must have a query.
func wantConcordance(r *http.Request) (concordanceRequest, error) {
	a, err := readConcordance(r)
	if err == nil && a.q == "" {
		err = requestError{fmt.Sprintf("q must be a query of 1 to %d bytes", maxQuery)}
	}
	return a, err
}

// downloadLines answers with all lines, in a format.
func (s *Server) downloadLines(format string) reading {
	return func(w http.ResponseWriter, r *http.Request, c *volume) error {
		a, err := wantConcordance(r)
		if err != nil {
			return err
		}
		out := newStream(w, r, newDownload(c, format, "lines", a.q), s.opts.Timeout)
		if r.Method == http.MethodHead {
			return out.begin()
		}
		emit, end := writeLines(out, format)
		if _, err := c.KWIC(r.Context(), a.q, a.options, emit); err != nil {
			return out.broken(s, r, err)
		}
		if err := errors.Join(end(), out.end()); err != nil {
			return out.broken(s, r, err)
		}
		return nil
	}
}

// writeLines writes lines as `jianbao kwic` does.
func writeLines(out io.Writer, format string) (emit func(concordance.Line) error, end func() error) {
	if format == inJSONL {
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		return func(l concordance.Line) error { return e.Encode(l) }, func() error { return nil }
	}
	sheet := sheet.NewWriter(out)
	err := sheet.Write(concordance.Columns())
	return func(l concordance.Line) error {
		if err != nil {
			return err
		}
		return sheet.Write(l.Cells())
	}, sheet.Flush
}
