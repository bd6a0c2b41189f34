package pipeline

import (
	"slices"

	"jianbao/corpus"
)

// sumsBy are sums by a key that has the category: the mentions of an article
// in one category come one after another.
type sumsBy[K comparable] map[K]*tallied

func (s sumsBy[K]) add(key K, a *chosen, n corpus.Count) { s.of(key).add(a, n) }

func (s sumsBy[K]) of(key K) *tallied {
	t := s[key]
	if t == nil {
		t = &tallied{}
		s[key] = t
	}
	return t
}

// merge adds sums of other articles.
func (s sumsBy[K]) merge(o sumsBy[K]) {
	for key, t := range o {
		s.of(key).merge(t)
	}
}

// merge adds a sum of other articles.
func (t *tallied) merge(o *tallied) {
	t.articles += o.articles
	t.mentions += o.mentions
	t.valued += o.valued
	t.sum.Merge(o.sum)
}

// monthKey is a category and the first day of a month, unknownDay for none.
type monthKey struct {
	category string
	month    corpus.Date
}

// monthSums are sums by month. Since an article has one day, those of a year
// are the sums of its months, and so on.
type monthSums = sumsBy[monthKey]

// sumRows are the sums by the keys that groupOf gives, in their order.
func sumRows[K comparable](s sumsBy[K], keys []string, group func(K) SumGroup) []SumRow {
	merged := sumsBy[SumGroup]{}
	for key, t := range s {
		merged.of(group(key)).merge(t)
	}
	rows := make([]SumRow, 0, len(merged))
	for g, t := range merged {
		rows = append(rows, g.row(t))
	}
	slices.SortFunc(rows, func(a, b SumRow) int { return compareGroups(a.SumGroup, b.SumGroup, keys) })
	return rows
}

func byCategory(s monthSums) []SumRow {
	return sumRows(s, []string{"category"}, func(k monthKey) SumGroup { return SumGroup{Category: k.category} })
}

// byTime are the sums by month, or by year when that would be many.
func byTime(s monthSums) (step string, rows []SumRow) {
	first, last := unknownDay, corpus.Date(0)
	begun := false
	for k := range s {
		if k.month == unknownDay {
			continue
		}
		if !begun {
			first, last, begun = k.month, k.month, true
		}
		first, last = min(first, k.month), max(last, k.month)
	}
	if begun && monthNumber(last)-monthNumber(first) >= maxMonths {
		return StepYear, sumRows(s, []string{"category", "year"}, func(k monthKey) SumGroup {
			return SumGroup{Category: k.category, Year: (&chosen{day: k.month}).dayPrefix("2006")}
		})
	}
	return StepMonth, sumRows(s, []string{"category", "month"}, func(k monthKey) SumGroup {
		return SumGroup{Category: k.category, Month: (&chosen{day: k.month}).dayPrefix("2006-01")}
	})
}

func monthNumber(day corpus.Date) int {
	t := day.Time()
	return t.Year()*12 + int(t.Month())
}
