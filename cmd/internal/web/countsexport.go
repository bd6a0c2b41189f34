package web

import (
	"net/http"
	"net/url"

	"jianbao/corpus/table"
)

// mentionRows are counts as `jianbao mentions` writes them.
var mentionRows = rowsOf[table.Mention, table.Mention]{
	columns: columnNames(table.Columns[table.Mention]()),
	cells: func(m table.Mention) []string {
		texts, err := table.Texts(m)
		if err != nil {
			return nil // numbers, days and strings are always written
		}
		return texts
	},
	row: func(m table.Mention) table.Mention { return m },
}

func columnNames(columns []table.Column) []string {
	var names []string
	for _, c := range columns {
		names = append(names, c.Name)
	}
	return names
}

// exportCounts hands out all counts of a view, in its order; Parquet in that of
// the table.
func (s *Server) exportCounts(format string) reading {
	return func(w http.ResponseWriter, r *http.Request, c *volume) error {
		o, err := askCounts(r.URL.Query(), c.Categories())
		if err != nil {
			return err
		}
		if err := c.complete(o.Query); err != nil {
			return err
		}
		o.Limit = -1
		return sendRows(w, r, s, newDownload(c, format, "counts", o.Query), mentionRows, func(emit func(table.Mention) error) error {
			list := c.Mentions
			if format == inParquet {
				list = c.MentionsInTableOrder
			}
			_, err := list(r.Context(), o.MentionOptions, func(m *table.Mention) error { return emit(*m) })
			return err
		})
	}
}

// exports are the addresses from which all counts of the view can be had.
func (v *countsView) exports() []option {
	var all []option
	for _, f := range downloadFormats {
		values := v.address.Query()
		for _, name := range []string{"page", "lang", "level"} {
			values.Del(name)
		}
		address := url.URL{Path: "/counts." + f.name, RawQuery: values.Encode()}
		all = append(all, option{Value: address.String(), Label: f.label})
	}
	return all
}
