package pipeline

import (
	"context"
	"iter"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// The table mentions has some forty columns. Those who need few of them read
// few: the others of a table.Mention stay empty then.

// keyRow is which count it is.
type keyRow struct {
	DocID string `parquet:"doc_id"`
	Seq   int32  `parquet:"seq"`
}

func (r *keyRow) fill(m *table.Mention) { m.DocID, m.Seq = r.DocID, r.Seq }

// filterRow is what filters and orders go by.
type filterRow struct {
	DocID     string       `parquet:"doc_id"`
	Seq       int32        `parquet:"seq"`
	Category  string       `parquet:"category"`
	Value     *int64       `parquet:"value"`
	Lo        *int64       `parquet:"lo"`
	Hi        *int64       `parquet:"hi"`
	Place     string       `parquet:"place"`
	Adcode    string       `parquet:"adcode"`
	AsOf      *corpus.Date `parquet:"as_of,date"`
	Flags     []string     `parquet:"flags,list"`
	Counted   bool         `parquet:"counted"`
	RuleID    string       `parquet:"rule_id"`
	Published *corpus.Date `parquet:"published,date"`
}

func (r *filterRow) fill(m *table.Mention) {
	m.DocID, m.Seq, m.Category, m.RuleID = r.DocID, r.Seq, r.Category, r.RuleID
	m.Value, m.Lo, m.Hi, m.Flags, m.Counted = r.Value, r.Lo, r.Hi, r.Flags, r.Counted
	m.Place, m.Adcode, m.AsOf, m.Published = r.Place, r.Adcode, r.AsOf, r.Published
}

// sumRow is what sums go by, and their filters.
type sumRow struct {
	DocID      string   `parquet:"doc_id"`
	Category   string   `parquet:"category"`
	Subtype    string   `parquet:"subtype"`
	Term       string   `parquet:"term"`
	Value      *int64   `parquet:"value"`
	Lo         *int64   `parquet:"lo"`
	Hi         *int64   `parquet:"hi"`
	Place      string   `parquet:"place"`
	Adcode     string   `parquet:"adcode"`
	Flags      []string `parquet:"flags,list"`
	Counted    bool     `parquet:"counted"`
	ExcludedBy string   `parquet:"excluded_by"`
	RuleID     string   `parquet:"rule_id"`
	Source     string   `parquet:"source"`
}

func (r *sumRow) fill(m *table.Mention) {
	m.DocID, m.Category, m.Subtype, m.Term, m.RuleID = r.DocID, r.Category, r.Subtype, r.Term, r.RuleID
	m.Value, m.Lo, m.Hi, m.Flags, m.Counted, m.ExcludedBy = r.Value, r.Lo, r.Hi, r.Flags, r.Counted, r.ExcludedBy
	m.Place, m.Adcode, m.Source = r.Place, r.Adcode, r.Source
}

// wholeRow is all of it.
type wholeRow table.Mention

func (r *wholeRow) fill(m *table.Mention) { *m = table.Mention(*r) }

// eachMention calls do with the counts of the chosen articles that pass, in the
// order of the tables: of every article, which is nil then, when s is nil. R is
// the columns that are read. A count is valid until do returns.
func eachMention[R any, P interface {
	*R
	fill(*table.Mention)
}](ctx context.Context, r *store.Reader, s *selection, m *matcher, do func(*table.Mention, *chosen) error) error {
	type passed struct {
		row R
		of  *chosen
	}
	var count table.Mention
	return overBatches(ctx, r, mentionRows[R](r, s), func(row *R) (p passed, ok bool) {
		var x table.Mention
		P(row).fill(&x)
		if s != nil {
			if p.of = s.find(x.DocID); p.of == nil {
				return p, false
			}
		}
		p.row = *row
		return p, m.wants(&x)
	}, func(p passed) (bool, error) {
		P(&p.row).fill(&count)
		return true, do(&count, p.of)
	})
}

// mentionRows reads the rows of a batch that can belong to chosen articles:
// those of few are looked up.
func mentionRows[R any](r *store.Reader, s *selection) func(context.Context, store.Batch) iter.Seq2[R, error] {
	if s == nil || len(s.articles) > few {
		return func(ctx context.Context, b store.Batch) iter.Seq2[R, error] {
			return store.BatchRows[R](ctx, r, b, table.Mentions)
		}
	}
	ids := s.ids()
	return func(ctx context.Context, b store.Batch) iter.Seq2[R, error] {
		return store.FindInBatch[R](ctx, r, b, table.Mentions, ids...)
	}
}
