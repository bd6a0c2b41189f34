package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

// SumKeys are what counts can be summed by.
func SumKeys() []string {
	return []string{"category", "subtype", "term", "place", "month", "year", "source"}
}

// ParseSumKeys reads a list of keys.
func ParseSumKeys(keys []string) error {
	for i, key := range keys {
		if !slices.Contains(SumKeys(), key) {
			return fmt.Errorf("cannot sum by %q (one of %v)", key, SumKeys())
		}
		if slices.Contains(keys[:i], key) {
			return fmt.Errorf("sums by %q twice", key)
		}
	}
	return nil
}

// SumGroup is by what a sum goes. Keys that were not asked for are empty.
type SumGroup struct {
	Category, Subtype, Term string
	Place, Adcode           string
	Month                   string // of publication, 2020-03; empty when unknown
	Year                    string
	Source                  string
}

// SumRow is the sum of a group by the rules of extract.Total, of one article a
// cluster.
type SumRow struct {
	SumGroup
	Articles, Mentions, Valued int64 // Valued: of the mentions, those that have a value
	Total, Lo, Hi              corpus.Int64
}

// Sums is the answer of [Corpus.Sums].
type Sums struct {
	By        []string
	Parsed    string // the query as it was understood; empty when there was none
	Rows      []SumRow
	Reprints  int64            // counts that were left out because another article of the cluster has them
	LeftOut   map[string]int64 // and those that a flag excludes, by flag
	Ungrouped int64            // articles of which it is not known yet whether they are reprints
}

// Sums adds up the counts that o asks for by the given keys, without counting
// anything twice: only those that count towards a total, and of reprints only
// those of the first article that was chosen. Nothing is added up across
// categories: where they are not among the keys they come first. In memory stand
// the sums and about 100 bytes an article.
func (c *Corpus) Sums(ctx context.Context, o MentionOptions, keys []string) (Sums, error) {
	s, err := c.choose(ctx, ExportOptions{Query: o.Query, Since: o.Since, Until: o.Until})
	if err != nil {
		return Sums{}, err
	}
	if !slices.Contains(keys, "category") {
		keys = slices.Concat([]string{"category"}, keys)
	}
	out := Sums{By: keys, Parsed: parsedOf(s), LeftOut: map[string]int64{}, Ungrouped: s.about.Ungrouped}
	groups := map[SumGroup]*tallied{}
	err = eachMention[sumRow](ctx, c.store, s, o.Filter.prepare(c.p), func(m *table.Mention, a *chosen) error {
		switch {
		case !a.representative:
			out.Reprints++
			return nil
		case !m.Counted:
			out.LeftOut[m.ExcludedBy]++
			return nil
		}
		key := groupOf(m, a, keys)
		if groups[key] == nil {
			groups[key] = &tallied{}
		}
		groups[key].add(a, corpus.Count{Value: known(m.Value), Lo: known(m.Lo), Hi: known(m.Hi)})
		return nil
	})
	for key, g := range groups {
		out.Rows = append(out.Rows, key.row(g))
	}
	slices.SortFunc(out.Rows, func(a, b SumRow) int { return compareGroups(a.SumGroup, b.SumGroup, keys) })
	return out, err
}

func (g SumGroup) row(t *tallied) SumRow {
	return SumRow{
		SumGroup: g, Articles: t.articles, Mentions: t.mentions, Valued: t.valued,
		Total: t.sum.Value(), Lo: t.sum.Lo(), Hi: t.sum.Hi(),
	}
}

// groupOf is the group of a mention.
func groupOf(m *table.Mention, a *chosen, keys []string) (g SumGroup) {
	for _, key := range keys {
		switch key {
		case "category":
			g.Category = m.Category
		case "subtype":
			g.Subtype = m.Subtype
		case "term":
			g.Term = m.Term
		case "place":
			g.Place, g.Adcode = m.Place, m.Adcode
		case "month":
			g.Month = a.dayPrefix("2006-01")
		case "year":
			g.Year = a.dayPrefix("2006")
		case "source":
			g.Source = m.Source
		}
	}
	return g
}

// dayPrefix is the day of an article in the given layout, empty when unknown.
func (c *chosen) dayPrefix(layout string) string {
	if c.day == unknownDay {
		return ""
	}
	return c.day.Time().Format(layout)
}

// Of is what g has for a key; of a place its name.
func (g SumGroup) Of(key string) string {
	switch key {
	case "category":
		return g.Category
	case "subtype":
		return g.Subtype
	case "term":
		return g.Term
	case "place":
		return g.Place
	case "month":
		return g.Month
	case "year":
		return g.Year
	case "source":
		return g.Source
	}
	return ""
}

// compareGroups goes by the keys in turn, places by their codes. What is empty
// comes last.
func compareGroups(a, b SumGroup, keys []string) int {
	emptyLast := func(x, y string) int {
		if (x == "") != (y == "") {
			return strings.Compare(y, x)
		}
		return strings.Compare(x, y)
	}
	for _, key := range keys {
		if key == "place" {
			if (a.Place == "") != (b.Place == "") {
				return emptyLast(a.Place, b.Place)
			}
			if c := emptyLast(a.Adcode, b.Adcode); c != 0 {
				return c
			}
		}
		if c := emptyLast(a.Of(key), b.Of(key)); c != 0 {
			return c
		}
	}
	return 0
}
