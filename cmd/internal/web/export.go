package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/table"
	"jianbao/index"
)

// hitRows are hits as `jianbao search --all` writes them.
var hitRows = rowsOf[pipeline.Hit, table.Hit]{pipeline.HitColumns(), pipeline.Hit.Cells, pipeline.Hit.Row}

// exportPage hands out all that a query finds, in a format.
func (s *Server) exportPage(format string) reading {
	return func(w http.ResponseWriter, r *http.Request, c *volume) error { return s.exportHits(w, r, c, format) }
}

// apiExport is exportPage with the format as a parameter.
func (s *Server) apiExport(w http.ResponseWriter, r *http.Request, c *volume) error {
	return s.exportHits(w, r, c, r.FormValue("format"))
}

func (s *Server) exportHits(w http.ResponseWriter, r *http.Request, c *volume, format string) error {
	q := strings.TrimSpace(r.FormValue("q"))
	if q == "" || len(q) > maxQuery {
		return requestError{fmt.Sprintf("q must be a query of 1 to %d bytes", maxQuery)}
	}
	order, err := index.ParseOrder(r.FormValue("sort"), c.Categories())
	if err != nil {
		return requestError{err.Error()}
	}
	return sendRows(w, r, s, newDownload(c, format, "hits", q), hitRows, func(emit func(pipeline.Hit) error) error {
		_, err := c.EachHit(r.Context(), q, pipeline.SearchOptions{Limit: -1, Order: order}, emit)
		return err
	})
}

// Exports are the addresses from which the whole result can be had.
func (v searchView) Exports() []option {
	var all []option
	for _, f := range downloadFormats {
		values := url.Values{"q": {v.Q}}
		if v.Sort != "" {
			values.Set("sort", v.Sort)
		}
		address := url.URL{Path: "/export." + f.name, RawQuery: values.Encode()}
		all = append(all, option{Value: address.String(), Label: f.label})
	}
	return all
}
