package pipeline

import (
	"context"

	"jianbao/corpus"
	"jianbao/corpus/release"
	"jianbao/corpus/table"
	"jianbao/extract"
)

// tally is the key of a row of the summary.
type tally struct {
	place, adcode, category string
	month                   corpus.Date // its first day; unknownDay when unknown
}

// tallied is a row of the summary while it is counted.
type tallied struct {
	articles, mentions, valued int64
	sum                        extract.Sum
	last                       *chosen // the article of the last mention
}

// summary counts by place, month and category: counted mentions only, of one
// article a cluster. In memory stands the summary.
func (e *exporter) summary(ctx context.Context) error {
	type mention struct {
		DocID    string `parquet:"doc_id"`
		Category string `parquet:"category"`
		Value    *int64 `parquet:"value"`
		Lo       *int64 `parquet:"lo"`
		Hi       *int64 `parquet:"hi"`
		Place    string `parquet:"place"`
		Adcode   string `parquet:"adcode"`
		Counted  bool   `parquet:"counted"`
	}
	all := map[tally]*tallied{}
	docID := func(m *mention) string { return m.DocID }
	err := eachRow(ctx, e.corpus.store, e.selection, table.Mentions, docID, func(m *mention, a *chosen) error {
		if !m.Counted || !a.representative {
			return nil
		}
		key := tally{m.Place, m.Adcode, m.Category, a.month()}
		t := all[key]
		if t == nil {
			t = &tallied{}
			all[key] = t
		}
		t.add(a, corpus.Count{Value: known(m.Value), Lo: known(m.Lo), Hi: known(m.Hi)})
		return nil
	})
	if err != nil {
		return err
	}
	out := release.NewTable[table.Summary](e.dir, e.opts)
	for key, t := range all {
		if err := out.Add(key.year(), key.row(t)); err != nil {
			return err
		}
	}
	return out.Close()
}

// add counts a mention. The mentions of an article in one category come one
// after another, so that an article is new when it is not the last one.
func (t *tallied) add(a *chosen, count corpus.Count) {
	if t.last != a {
		t.articles++
		t.last = a
	}
	t.mentions++
	if count.Value.Valid {
		t.valued++
	}
	t.sum.Add(count)
}

// known is a nullable number of a table.
func known(n *int64) corpus.Int64 {
	if n == nil {
		return corpus.Int64{}
	}
	return corpus.Some(*n)
}

// nullable is the other way round.
func nullable(n corpus.Int64) *int64 {
	if !n.Valid {
		return nil
	}
	return &n.N
}

// month is the first day of the month of an article.
func (c *chosen) month() corpus.Date {
	if c.day == unknownDay {
		return unknownDay
	}
	return c.day - corpus.Date(c.day.Time().Day()-1)
}

func (k tally) year() release.Year {
	if k.month == unknownDay {
		return 0
	}
	return release.Year(k.month.Time().Year())
}

func (k tally) row(t *tallied) table.Summary {
	row := table.Summary{
		Place: k.place, Adcode: k.adcode, Category: k.category,
		Articles: t.articles, Mentions: t.mentions, Valued: t.valued,
		Total: nullable(t.sum.Value()), Lo: nullable(t.sum.Lo()), Hi: nullable(t.sum.Hi()),
	}
	if k.month != unknownDay {
		row.Month = &k.month
	}
	return row
}
