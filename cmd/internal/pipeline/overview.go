package pipeline

import (
	"context"
	"slices"

	"jianbao/corpus/table"
)

// OverviewOptions say what [Corpus.Overview] looks at, and what of it is listed.
type OverviewOptions struct {
	MentionOptions           // Limit is how many counts are listed, none when it is not positive; without an Order by falling value
	From           int       // how many of the first to pass over
	After          *Position // or up to which; nil for the first
	Level          string    // of the places, one of [Levels]; empty for the one that tells most
	MaxPlaces      int       // of a category; 0 for all
}

// Overview is the counts of a query at one look: their sums, as [Corpus.Sums]
// has them, by category, over time and by place, and some of them one by one.
type Overview struct {
	Parsed string // the query as it was understood; empty when there was none
	Total  int64  // counts that passed the filter, as [MentionsFound] has it

	Categories []SumRow
	Time       []SumRow         // by category and, as Step says, month or year
	Step       string           // StepMonth when that are few, else StepYear
	Places     []SumRow         // by category and place of Level: the greatest totals first, last what has no such place
	MorePlaces map[string]int64 // those that were not asked for, by category
	Level      string

	Joint     int64            // of the counts that were added up, those that are one number over several heads
	Reprints  int64            // as Sums has it, as the two below
	LeftOut   map[string]int64 //
	Ungrouped int64            //

	Listed []ListedMention
	More   bool // there are others behind those that are listed
}

// ListedMention is a count with what is said of its article.
type ListedMention struct {
	table.Mention
	Article Article
	Reprint bool // the sums have the counts of another article of the cluster
}

// Overview looks once over the counts that o asks for, without the sentences,
// on all processors. In memory stand the sums, about 100 bytes an article, and the counts up to the last that is listed.
// Errors are those of [Corpus.Mentions].
func (c *Corpus) Overview(ctx context.Context, o OverviewOptions) (Overview, error) {
	if o.Order == "" {
		o.Order = "-value"
	}
	s, err := c.choose(ctx, ExportOptions{Query: o.Query, Since: o.Since, Until: o.Until})
	if err != nil {
		return Overview{}, err
	}
	all, err := c.survey(ctx, s, &o)
	if err != nil {
		return Overview{}, err
	}
	out := Overview{
		Parsed: parsedOf(s), Total: all.total,
		Joint: all.joint, Reprints: all.reprints, LeftOut: all.leftOut, Ungrouped: s.about.Ungrouped,
	}
	out.Categories = byCategory(all.months)
	out.Step, out.Time = byTime(all.months)
	var places sumsBy[placeKey]
	out.Level, places = all.chooseLevel()
	out.Places, out.MorePlaces = greatestPlaces(places, o.MaxPlaces)
	listed := all.top.from(o.From)
	out.More = len(listed) > max(0, o.Limit)
	out.Listed, err = c.describeListed(ctx, s, listed[:min(len(listed), max(0, o.Limit))])
	return out, err
}

// describeListed reads the rows and the articles of the counts that are listed.
func (c *Corpus) describeListed(ctx context.Context, s *selection, listed []table.Mention) ([]ListedMention, error) {
	out := make([]ListedMention, len(listed))
	if len(listed) == 0 {
		return out, nil
	}
	rows, err := c.readMentions(ctx, listed)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, m := range listed {
		ids = append(ids, m.DocID)
	}
	slices.Sort(ids)
	articles, err := c.articles(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	for i, m := range rows {
		out[i] = ListedMention{Mention: m, Article: articles[m.DocID], Reprint: !s.find(m.DocID).representative}
	}
	return out, nil
}
