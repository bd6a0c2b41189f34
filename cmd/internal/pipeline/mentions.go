package pipeline

import (
	"context"
	"errors"
	"fmt"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// MentionOptions say which counts [Corpus.Mentions] and [Corpus.Sums] take.
type MentionOptions struct {
	Query        string       // empty: of every article
	Since, Until *corpus.Date // of publication, both inclusive; with either, articles of unknown day stay out
	Filter       MentionFilter
	Order        MentionOrder // of Mentions
	Limit        int          // of Mentions; negative for all
}

// MentionsFound says how much there was.
type MentionsFound struct {
	Parsed string // the query as it was understood; empty when there was none
	Total  int64  // counts that passed the filter, shown or not
}

// Mentions calls emit with the counts of the articles that o asks for, of all
// of them: an index that is behind the tables is an error. A wrong query is a
// *query.SyntaxError. Without an order they come as the tables have them; with
// one, what does not fit in memory waits in temporary files. A count is valid
// until emit returns.
func (c *Corpus) Mentions(ctx context.Context, o MentionOptions, emit func(*table.Mention) error) (MentionsFound, error) {
	s, err := c.chooseCounts(ctx, o)
	if err != nil {
		return MentionsFound{}, err
	}
	if o.Limit >= 0 && o.Limit <= pageOfMentions {
		return c.firstMentions(ctx, s, o, emit)
	}
	total, err := o.listMentions(emit, func(do func(*table.Mention, *chosen) error) error {
		return eachMention[wholeRow](ctx, c.store, s, o.Filter.prepare(c.p), do)
	})
	return MentionsFound{parsedOf(s), total}, err
}

// chooseCounts chooses the articles whose counts are asked for; nil for every
// article.
func (c *Corpus) chooseCounts(ctx context.Context, o MentionOptions) (*selection, error) {
	if o.Query == "" && o.Since == nil && o.Until == nil {
		return nil, nil
	}
	return c.choose(ctx, ExportOptions{Query: o.Query, Since: o.Since, Until: o.Until})
}

// listMentions calls emit with the counts that each yields, in the order and up
// to the limit of o, and returns how many there were.
func (o MentionOptions) listMentions(emit func(*table.Mention) error, each func(do func(*table.Mention, *chosen) error) error) (total int64, err error) {
	var sorter *mentionSorter
	if o.Order != "" {
		sorter = newMentionSorter(o.Order, o.Limit)
		defer func() { err = errors.Join(err, sorter.close()) }()
	}
	err = each(func(m *table.Mention, _ *chosen) error {
		total++
		switch {
		case sorter != nil:
			return sorter.add(m)
		case o.Limit >= 0 && total > int64(o.Limit):
			return nil
		}
		return emit(m)
	})
	if err == nil && sorter != nil {
		err = sorter.each(emit)
	}
	return total, err
}

// pageOfMentions is up to how many counts are looked up one by one once it is
// known which they are.
const pageOfMentions = 200

// firstMentions is [Corpus.Mentions] for few of the counts. It goes over the
// columns that say which they are, and reads these alone as a whole.
func (c *Corpus) firstMentions(ctx context.Context, s *selection, o MentionOptions, emit func(*table.Mention) error) (found MentionsFound, err error) {
	var page []keyRow
	var ids []string
	add := func(m *table.Mention) error {
		page, ids = append(page, keyRow{m.DocID, m.Seq}), append(ids, m.DocID)
		return nil
	}
	found.Parsed = parsedOf(s)
	found.Total, err = o.listMentions(add, func(do func(*table.Mention, *chosen) error) error {
		m := o.Filter.prepare(c.p)
		if o.Order == "" && m.wantsAll() {
			return eachMention[keyRow](ctx, c.store, s, m, do)
		}
		return eachMention[filterRow](ctx, c.store, s, m, do)
	})
	if err != nil || len(page) == 0 {
		return found, err
	}
	rows, err := collect(store.Find[table.Mention](ctx, c.store, table.Mentions, ids...), func(all map[keyRow]table.Mention, m table.Mention) {
		all[keyRow{m.DocID, m.Seq}] = m
	})
	for i := 0; err == nil && i < len(page); i++ {
		m, ok := rows[page[i]]
		if !ok {
			return found, fmt.Errorf("count %d of %s is gone: %w", page[i].Seq, page[i].DocID, store.ErrDamaged)
		}
		err = emit(&m)
	}
	return found, err
}

// parsedOf is the query of a selection as it was understood; empty when there was
// none.
func parsedOf(s *selection) string {
	if s == nil || s.about.Query == nil {
		return ""
	}
	return s.about.Query.Parsed
}

// Articles describes articles by their doc_ids.
func (c *Corpus) Articles(ctx context.Context, docIDs []string) (map[string]Article, error) {
	return c.articles(ctx, docIDs)
}
