package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
)

// sums is the shape of `mentions --sum -o json`.
type sums struct {
	Query     string           `json:"query"`
	Parsed    string           `json:"parsed"`
	By        []string         `json:"by"`
	Sums      []map[string]any `json:"sums"`
	Reprints  int64            `json:"reprints"`
	Excluded  map[string]int64 `json:"excluded"`
	Ungrouped int64            `json:"ungrouped"`
}

func (a *app) runSums(ctx context.Context, c *pipeline.Corpus, o mentionsOptions) error {
	found, err := c.Sums(ctx, o.MentionOptions, o.sum)
	if err != nil {
		return err
	}
	switch o.format {
	case asJSON:
		out := sums{
			Query: o.Query, Parsed: found.Parsed, By: found.By, Sums: []map[string]any{},
			Reprints: found.Reprints, Excluded: found.LeftOut, Ungrouped: found.Ungrouped,
		}
		for _, row := range found.Rows {
			out.Sums = append(out.Sums, sumObject(row, found.By))
		}
		return writeJSON(a.Out, out)
	case asJSONL:
		for _, row := range found.Rows {
			if err := writeJSON(a.Out, sumObject(row, found.By)); err != nil {
				return err
			}
		}
	default:
		if err := list(a.Out, o.format, sumColumns(found.By, o.format), found.Rows); err != nil {
			return err
		}
	}
	said := a.Err
	if o.format == asTable {
		said = a.Out
	}
	_, err = fmt.Fprintln(said, leftOut(found))
	return err
}

// sumObject is a sum with the keys that were asked for. What is not known is
// null.
func sumObject(row pipeline.SumRow, keys []string) map[string]any {
	object := map[string]any{
		"articles": row.Articles, "mentions": row.Mentions, "valued": row.Valued,
		"total": nullable(row.Total), "lo": nullable(row.Lo), "hi": nullable(row.Hi),
	}
	for _, key := range keys {
		object[key] = row.Of(key)
		if key == "place" {
			object["adcode"] = row.Adcode
		}
	}
	return object
}

// sumColumns are the keys and what was summed. In a table an unknown sum is a
// question mark, in CSV it is empty.
func sumColumns(keys []string, format string) []column[pipeline.SumRow] {
	var columns []column[pipeline.SumRow]
	for _, key := range keys {
		columns = append(columns, column[pipeline.SumRow]{name: key, value: func(r pipeline.SumRow) string { return r.Of(key) }})
		if key == "place" {
			columns = append(columns, column[pipeline.SumRow]{name: "adcode", value: func(r pipeline.SumRow) string { return r.Adcode }})
		}
	}
	number := func(name string, of func(pipeline.SumRow) corpus.Int64) {
		columns = append(columns, column[pipeline.SumRow]{name: name, right: true, value: func(r pipeline.SumRow) string {
			n := of(r)
			if !n.Valid && format == asTable {
				return "?"
			}
			if !n.Valid {
				return ""
			}
			return strconv.FormatInt(n.N, 10)
		}})
	}
	number("articles", func(r pipeline.SumRow) corpus.Int64 { return corpus.Some(r.Articles) })
	number("mentions", func(r pipeline.SumRow) corpus.Int64 { return corpus.Some(r.Mentions) })
	number("valued", func(r pipeline.SumRow) corpus.Int64 { return corpus.Some(r.Valued) })
	number("total", func(r pipeline.SumRow) corpus.Int64 { return r.Total })
	number("lo", func(r pipeline.SumRow) corpus.Int64 { return r.Lo })
	number("hi", func(r pipeline.SumRow) corpus.Int64 { return r.Hi })
	return columns
}

// leftOut says what a sum does not hold.
func leftOut(s pipeline.Sums) string {
	var parts []string
	for _, flag := range slices.Sorted(maps.Keys(s.LeftOut)) {
		parts = append(parts, fmt.Sprintf("%d %s", s.LeftOut[flag], flag))
	}
	if s.Reprints > 0 {
		parts = append(parts, fmt.Sprintf("%d in reprints", s.Reprints))
	}
	line := "left out: nothing"
	if len(parts) > 0 {
		line = "left out: " + strings.Join(parts, ", ")
	}
	if s.Ungrouped > 0 {
		line += fmt.Sprintf("; %d articles are not grouped yet and may be reprints: the next ingest groups them", s.Ungrouped)
	}
	return line
}
