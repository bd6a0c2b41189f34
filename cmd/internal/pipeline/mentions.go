package pipeline

import (
	"context"
	"errors"

	"jianbao/corpus"
	"jianbao/corpus/release"
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
// one, what does not fit in memory waits in temporary files.
func (c *Corpus) Mentions(ctx context.Context, o MentionOptions, emit func(*table.Mention) error) (found MentionsFound, err error) {
	take := func(m *table.Mention) error {
		if o.Limit >= 0 && found.Total > int64(o.Limit) {
			return nil
		}
		return emit(m)
	}
	var sorter *mentionSorter
	if o.Order != "" {
		sorter = newMentionSorter(o.Order, o.Limit)
		defer func() { err = errors.Join(err, sorter.close()) }()
	}
	found.Parsed, err = c.eachMention(ctx, o, func(m *table.Mention, _ *chosen) error {
		found.Total++
		if sorter != nil {
			return sorter.add(m)
		}
		return take(m)
	})
	if err == nil && sorter != nil {
		err = sorter.each(emit)
	}
	return found, err
}

// eachMention calls do with the counts that pass. The article is nil when every
// article was asked for. It returns the query as it was understood.
func (c *Corpus) eachMention(ctx context.Context, o MentionOptions, do func(*table.Mention, *chosen) error) (parsed string, err error) {
	m := o.Filter.prepare(c.p)
	if o.Query == "" && o.Since == nil && o.Until == nil {
		for row, err := range c.store.Mentions(ctx) {
			if err != nil {
				return "", err
			}
			if !m.wants(&row) {
				continue
			}
			if err := do(&row, nil); err != nil {
				return "", err
			}
		}
		return "", nil
	}
	s, err := c.choose(ctx, ExportOptions{Query: o.Query, Since: o.Since, Until: o.Until})
	if err != nil {
		return "", err
	}
	return parsedOf(s.about), s.eachMention(ctx, c.store, m, do)
}

func parsedOf(about release.About) string {
	if about.Query == nil {
		return ""
	}
	return about.Query.Parsed
}

// eachMention calls do with the counts of the chosen articles that pass.
func (s *selection) eachMention(ctx context.Context, r *store.Reader, m *matcher, do func(*table.Mention, *chosen) error) error {
	docID := func(x *table.Mention) string { return x.DocID }
	return eachRow(ctx, r, s, table.Mentions, docID, func(x *table.Mention, a *chosen) error {
		if !m.wants(x) {
			return nil
		}
		return do(x, a)
	})
}

// Articles describes articles by their doc_ids.
func (c *Corpus) Articles(ctx context.Context, docIDs []string) (map[string]Article, error) {
	return c.articles(ctx, docIDs)
}
