package pipeline

import (
	"context"
	"iter"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// countRow is what sums and orders need of a mention: the sentence and the
// spans are most of a row.
type countRow struct {
	DocID      string       `parquet:"doc_id,dict"`
	Seq        int32        `parquet:"seq"`
	Category   string       `parquet:"category,dict"`
	Value      *int64       `parquet:"value"`
	Lo         *int64       `parquet:"lo"`
	Hi         *int64       `parquet:"hi"`
	Place      string       `parquet:"place,dict"`
	Adcode     string       `parquet:"adcode,dict"`
	AsOf       *corpus.Date `parquet:"as_of,date"`
	Flags      []string     `parquet:"flags,list" parquet-element:",dict"`
	Counted    bool         `parquet:"counted"`
	ExcludedBy string       `parquet:"excluded_by,dict"`
	RuleID     string       `parquet:"rule_id,dict"`
}

// mention is the row as a row of the table, whose other columns are empty. Of
// its article it has the day.
func (r *countRow) mention(a *chosen) table.Mention {
	m := table.Mention{
		DocID: r.DocID, Seq: r.Seq, Category: r.Category, Value: r.Value, Lo: r.Lo, Hi: r.Hi,
		Place: r.Place, Adcode: r.Adcode, AsOf: r.AsOf, Flags: r.Flags, Counted: r.Counted, ExcludedBy: r.ExcludedBy, RuleID: r.RuleID,
	}
	if a.day != unknownDay {
		m.Published = &a.day
	}
	return m
}

// survey is what one worker of an overview has seen.
type survey struct {
	o       *OverviewOptions
	matcher *matcher
	leveler *leveler

	total, joint, reprints int64
	leftOut                map[string]int64
	months                 monthSums
	places, named          sumsBy[placeKey]
	top                    topMentions
}

func (c *Corpus) newSurvey(o *OverviewOptions) *survey {
	s := &survey{
		o: o, matcher: o.Filter.prepare(c.p), leveler: newLeveler(c.p, o.Level, o.Filter.Place), leftOut: map[string]int64{},
		months: monthSums{}, places: sumsBy[placeKey]{}, named: sumsBy[placeKey]{},
	}
	s.top = newTopMentions(o.Order, o.After, o.From+max(0, o.Limit)+1)
	return s
}

// survey looks over all counts of the chosen articles, a batch a processor.
func (c *Corpus) survey(ctx context.Context, s *selection, o *OverviewOptions) (*survey, error) {
	workers := make([]*survey, runtime.GOMAXPROCS(0))
	batches := make(chan store.Batch)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(batches)
		for _, b := range c.store.Manifest().Batches {
			if !offer(ctx, batches, b) {
				return ctx.Err()
			}
		}
		return nil
	})
	rows := mentionRows[countRow](c.store, s)
	for i := range workers {
		workers[i] = c.newSurvey(o)
		group.Go(func() error {
			for b := range batches {
				if err := workers[i].read(rows(ctx, b), s); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, w := range workers[1:] {
		workers[0].merge(w)
	}
	return workers[0], nil
}

// read adds the rows that pass. Those of an article stand together.
func (w *survey) read(rows iter.Seq2[countRow, error], s *selection) error {
	var docID string
	var a *chosen
	for row, err := range rows {
		if err != nil {
			return err
		}
		if row.DocID != docID {
			docID, a = row.DocID, s.find(row.DocID)
		}
		if a == nil {
			continue
		}
		if m := row.mention(a); w.matcher.wants(&m) {
			w.add(&m, a)
		}
	}
	return nil
}

func (w *survey) add(m *table.Mention, a *chosen) {
	w.total++
	w.top.add(m)
	switch {
	case !a.representative:
		w.reprints++
		return
	case !m.Counted:
		w.leftOut[m.ExcludedBy]++
		return
	}
	if slices.Contains(m.Flags, string(corpus.Joint)) {
		w.joint++
	}
	n := corpus.Count{Value: known(m.Value), Lo: known(m.Lo), Hi: known(m.Hi)}
	w.months.add(monthKey{m.Category, a.month()}, a, n)
	w.places.add(w.leveler.of(m), a, n)
	if w.leveler.undecided {
		w.named.add(placeKey{m.Category, m.Place, m.Adcode}, a, n)
	}
}

// merge adds what another worker has seen of other articles.
func (w *survey) merge(o *survey) {
	w.total += o.total
	w.joint += o.joint
	w.reprints += o.reprints
	for by, n := range o.leftOut {
		w.leftOut[by] += n
	}
	w.months.merge(o.months)
	w.places.merge(o.places)
	w.named.merge(o.named)
	for i := range o.top.kept {
		w.top.add(&o.top.kept[i])
	}
}
