package pipeline

import (
	"context"
	"maps"
	"slices"

	"jianbao/corpus"
	"jianbao/corpus/frequency"
)

// Dispersion is how evenly a word is spread: the shape of `terms --dispersion -o
// json`.
type Dispersion struct {
	Query      string   `json:"query"`
	Word       string   `json:"word"` // its words with a space between
	Articles   int64    `json:"articles"`
	Undated    int64    `json:"undated"` // articles that are in no month
	Total      int64    `json:"total"`   // words in all
	Frequency  int64    `json:"frequency"`
	PerMillion float64  `json:"per_million"`
	Over       []Spread `json:"over"` // articles, months
	Months     []Month  `json:"months"`
}

// Spread is the measures over parts of one kind. They are null for a word that is
// nowhere, and over less than two parts.
type Spread struct {
	Parts    string   `json:"parts"` // articles or months
	Number   int64    `json:"number"`
	With     int64    `json:"with"` // parts that have the word
	Juilland *float64 `json:"juilland_d"`
	DP       *float64 `json:"dp"`
	DPNorm   *float64 `json:"dp_norm"`
}

// Month is the articles of a month.
type Month struct {
	Month      string  `json:"month"` // 2020-03
	Total      int64   `json:"total"`
	Frequency  int64   `json:"frequency"`
	PerMillion float64 `json:"per_million"`
}

// Dispersion measures how a word is spread over articles and over the months of
// their publication. What is not a word is ErrNoWord.
func (c *Corpus) Dispersion(ctx context.Context, word string, o TermOptions) (out Dispersion, err error) {
	node, err := c.node(word)
	if err != nil {
		return out, err
	}
	s, err := c.choose(ctx, ExportOptions{Query: o.Query})
	if err != nil {
		return out, err
	}
	out.Query, out.Word = o.Query, joined(node)
	var articles frequency.Parts
	months := map[corpus.Date]*Month{}
	err = c.eachText(ctx, s.wanted(o.Reprints), func(t *counting) error {
		size, n := frequency.Occurrences(t.words, node)
		articles.Add(size, n)
		out.Articles++
		if t.day == nil {
			out.Undated++
			return nil
		}
		addToMonth(months, *t.day, size, n)
		return nil
	})
	if err != nil {
		return out, err
	}
	out.Total, out.Frequency = articles.Total()
	out.PerMillion = frequency.PerMillion(out.Frequency, out.Total)
	out.Months = sortedMonths(months)
	out.Over = []Spread{spread("articles", &articles), spread("months", partsOf(out.Months))}
	return out, nil
}

func addToMonth(months map[corpus.Date]*Month, day corpus.Date, size, n int64) {
	first := newChosen(articleID{}, day).month()
	m := months[first]
	if m == nil {
		m = &Month{Month: first.Time().Format("2006-01")}
		months[first] = m
	}
	m.Total += size
	m.Frequency += n
}

func sortedMonths(months map[corpus.Date]*Month) []Month {
	out := []Month{}
	for _, first := range slices.Sorted(maps.Keys(months)) {
		m := *months[first]
		m.PerMillion = frequency.PerMillion(m.Frequency, m.Total)
		out = append(out, m)
	}
	return out
}

func partsOf(months []Month) *frequency.Parts {
	var p frequency.Parts
	for _, m := range months {
		p.Add(m.Total, m.Frequency)
	}
	return &p
}

func spread(parts string, p *frequency.Parts) Spread {
	s := Spread{Parts: parts}
	s.Number, s.With = p.Count()
	if d, ok := p.Juilland(); ok {
		s.Juilland = &d
	}
	if dp, norm, ok := p.DP(); ok {
		s.DP, s.DPNorm = &dp, &norm
	}
	return s
}
