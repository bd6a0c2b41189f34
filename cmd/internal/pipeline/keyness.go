package pipeline

import (
	"context"
	"errors"
	"strings"

	"jianbao/corpus/frequency"
)

// Keyness is the keywords of one sub-corpus against another: the shape of `terms
// --keyness -o json`.
type Keyness struct {
	Query           string          `json:"query"`
	Against         string          `json:"against"` // empty: all other articles
	Articles        int64           `json:"articles"`
	AgainstArticles int64           `json:"against_articles"`
	Found           int64           `json:"found,omitempty"` // articles, when they are more than are counted
	AgainstFound    int64           `json:"against_found,omitempty"`
	Both            int64           `json:"both"` // articles that are in both
	Total           int64           `json:"total"`
	AgainstTotal    int64           `json:"against_total"`
	Words           []frequency.Key `json:"words"`
}

// Keyness lists the words that tell the articles that o.Query finds from those
// that against finds, or when that is empty from all others. Without a word on
// either side there are none.
func (c *Corpus) Keyness(ctx context.Context, against string, o TermOptions) (out Keyness, err error) {
	sides, found, err := c.sides(ctx, o, against)
	if err != nil {
		return out, err
	}
	l := frequency.NewList(o.counting())
	defer func() { err = errors.Join(err, l.Close()) }()
	out.Query, out.Against, out.Words = o.Query, against, []frequency.Key{}
	err = c.eachText(ctx, func(docID string) bool { return len(sides(docID)) > 0 }, func(t *counting) error {
		in := sides(t.docID)
		out.count(in)
		return l.Add(t.words, in...)
	})
	if err != nil {
		return out, err
	}
	out.Found, out.AgainstFound = beyond(found[0], out.Articles), beyond(found[1], out.AgainstArticles)
	if out.Total, out.AgainstTotal = l.Total(0), l.Total(1); out.Total == 0 || out.AgainstTotal == 0 {
		return out, nil
	}
	out.Words, err = frequency.Top(l.Keys(), o.Limit, frequency.ByKeyness)
	return out, err
}

func (k *Keyness) count(sides []int) {
	for _, side := range sides {
		if side == 0 {
			k.Articles++
		} else {
			k.AgainstArticles++
		}
	}
	if len(sides) == 2 {
		k.Both++
	}
}

// sides says on which sides an article is counted: 0 is what the first query
// finds, 1 what the second does or, when that is empty, all that has no reprint
// among the first. Of each at most o.Most are drawn; found is how many there are.
func (c *Corpus) sides(ctx context.Context, o TermOptions, second string) (sides func(docID string) []int, found [2]int, err error) {
	a, err := c.choose(ctx, ExportOptions{Query: o.Query})
	if err != nil {
		return nil, found, err
	}
	b, err := c.choose(ctx, ExportOptions{Query: second})
	if err != nil {
		return nil, found, err
	}
	if second == "" {
		b.without(a, o.Reprints)
	}
	found = [2]int{a.draw(o.Most, o.Reprints), b.draw(o.Most, o.Reprints)}
	inA, inB := a.wanted(o.Reprints), b.wanted(o.Reprints)
	return func(docID string) []int {
		switch one, two := inA(docID), inB(docID); {
		case one && two:
			return []int{0, 1}
		case one:
			return []int{0}
		case two:
			return []int{1}
		}
		return nil
	}, found, nil
}

// without takes the articles of another selection out, and, unless reprints count
// each, those of their clusters.
func (s *selection) without(others *selection, reprints bool) {
	clusters := map[articleID]bool{}
	for _, x := range others.articles {
		clusters[x.cluster] = !reprints
	}
	for id, x := range s.articles {
		if others.articles[id] != nil || clusters[x.cluster] {
			delete(s.articles, id)
		}
	}
}

func joined(words []string) string { return strings.Join(words, " ") }
