package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"jianbao/corpus"
	"jianbao/corpus/frequency"
)

// Parting is how a corpus is parted to show where a word stands.
type Parting string

// The ways to part a corpus.
const (
	ByTime   Parting = "time"   // the articles in the order of their days, in parts of as many articles each
	ByYear   Parting = "year"   // of publication
	BySource Parting = "source" // the largest, and the others together
)

// Partings are all ways.
func Partings() []Parting { return []Parting{ByTime, ByYear, BySource} }

// ParseParting reads a way to part a corpus; empty is by time.
func ParseParting(s string) (Parting, error) {
	p := Parting(cmp.Or(s, string(ByTime)))
	if !slices.Contains(Partings(), p) {
		return "", fmt.Errorf("unknown parts %q (time, year or source)", s)
	}
	return p, nil
}

// The most parts of a corpus.
const (
	timeParts   = 60
	sourceParts = 20 // beside the one of all others
)

// Scatter is where some words stand in the parts of a corpus.
type Scatter struct {
	Query    string          `json:"query"`
	By       Parting         `json:"by"`
	Articles int64           `json:"articles"`
	Found    int64           `json:"found,omitempty"` // articles, when they are more than are counted
	Undated  int64           `json:"undated"`         // articles without a day: in no part by time or year
	Total    int64           `json:"total"`           // words in all
	Parts    []Part          `json:"parts"`
	Words    []ScatteredWord `json:"words"`
}

// Part is a part of the corpus.
type Part struct {
	Name     string `json:"name"`            // a year or a source; empty for other sources, and by time
	First    string `json:"first,omitempty"` // by time: 2020-03-20, the first day
	Last     string `json:"last,omitempty"`
	Articles int64  `json:"articles"`
	Total    int64  `json:"total"` // words
}

// ScatteredWord is how a word is spread: what [Corpus.Dispersion] measures, and how
// often it stands in each part.
type ScatteredWord struct {
	Word       string   `json:"word"` // its words with a space between
	Frequency  int64    `json:"frequency"`
	PerMillion float64  `json:"per_million"`
	Over       []Spread `json:"over"`  // articles, months
	Parts      []int64  `json:"parts"` // frequency, in the order of Scatter.Parts
}

// Scatter shows where words stand. What is not a word is ErrNoWord.
func (c *Corpus) Scatter(ctx context.Context, typed []string, by Parting, o TermOptions) (out Scatter, err error) {
	nodes := make([][]string, len(typed))
	for i, word := range typed {
		if nodes[i], err = c.node(word); err != nil {
			return out, err
		}
	}
	s, err := c.choose(ctx, ExportOptions{Query: o.Query})
	if err != nil {
		return out, err
	}
	found := s.draw(o.Most, o.Reprints)
	var all []scored
	err = c.eachText(ctx, s.wanted(o.Reprints), func(t *counting) error {
		all = append(all, look(t, nodes))
		return nil
	})
	if err != nil {
		return out, err
	}
	out = Scatter{Query: o.Query, By: by, Articles: int64(len(all)), Found: beyond(found, int64(len(all))), Parts: []Part{}, Words: []ScatteredWord{}}
	for _, a := range all {
		out.Total += a.size
		if a.day == nil {
			out.Undated++
		}
	}
	parts := partition(all, by)
	for _, p := range parts {
		out.Parts = append(out.Parts, p.Part)
	}
	for i, node := range nodes {
		out.Words = append(out.Words, scattered(joined(node), i, all, parts))
	}
	return out, nil
}

// scored is what is kept of an article, about 100 bytes.
type scored struct {
	docID  string
	day    *corpus.Date
	source string
	size   int64
	counts []int64 // of each word
}

func look(t *counting, nodes [][]string) scored {
	a := scored{docID: t.docID, day: t.day, source: t.source, counts: make([]int64, len(nodes))}
	for i, node := range nodes {
		a.size, a.counts[i] = frequency.Occurrences(t.words, node)
	}
	return a
}

// scattered measures word i.
func scattered(word string, i int, all []scored, parts []partOf) ScatteredWord {
	var articles frequency.Parts
	months := map[corpus.Date]*Month{}
	for _, a := range all {
		articles.Add(a.size, a.counts[i])
		if a.day != nil {
			addToMonth(months, *a.day, a.size, a.counts[i])
		}
	}
	total, n := articles.Total()
	w := ScatteredWord{Word: word, Frequency: n, PerMillion: frequency.PerMillion(n, total), Parts: make([]int64, len(parts))}
	w.Over = []Spread{spread("articles", &articles), spread("months", partsOf(sortedMonths(months)))}
	for k, p := range parts {
		for _, a := range p.articles {
			w.Parts[k] += a.counts[i]
		}
	}
	return w
}
