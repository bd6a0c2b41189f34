package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"jianbao/index/query"
)

// titleBoost is how much more a word weighs in the title than in the text.
const titleBoost = 2

// compiler turns a parsed query into a matcher of one view. It keeps the first
// error.
type compiler struct {
	ctx   context.Context
	lang  *Language
	view  *view
	state *state
	err   error
}

// compile is the matcher of a whole query; nil when there is no word in it.
// Alone, cluster:all asks for every document.
func (r *Reader) compile(ctx context.Context, v *view, n query.Node) (matcher, error) {
	c := &compiler{ctx: ctx, lang: &r.lang, view: v, state: &r.state}
	if _, ok := n.(query.Unfold); ok {
		n = query.All{}
	}
	m := c.node(n)
	return m, c.err
}

// node compiles n. It returns nil for what has no word in it (a lone comma):
// that asks for nothing and forbids nothing.
func (c *compiler) node(n query.Node) matcher {
	switch n := n.(type) {
	case query.And:
		return c.and(n.Nodes)
	case query.Or:
		return either(c.nodes(n.Nodes))
	case query.Not:
		return c.and([]query.Node{n})
	case query.Term:
		return c.text(n.Field, n.Text)
	case query.Phrase:
		return c.text(n.Field, n.Text)
	case query.Near:
		return c.inFields(n.Field, func(field string, boost float64) matcher {
			return c.phrase(field, c.lang.parts(field, n), nearness{n.Distance, n.Ordered}, boost)
		})
	case query.Wildcard, query.Fuzzy, query.Regexp:
		field, p, _ := c.lang.pattern(n)
		return c.patterns(p, fieldsOf(field))
	case query.Range:
		return c.between(n)
	case query.Count:
		return c.lang.mentioned(n)
	case query.All:
		return everything{}
	}
	return nil
}

// fieldsOf are the fields in which what names no field is looked for.
func fieldsOf(field string) []string {
	if field == "" {
		return []string{query.Title, query.Text}
	}
	return []string{field}
}

// inFields compiles for each field that is meant, a title weighing more.
func (c *compiler) inFields(field string, compile func(field string, boost float64) matcher) matcher {
	var out []matcher
	for _, f := range fieldsOf(field) {
		boost := 1.0
		if field == "" && f == query.Title {
			boost = titleBoost
		}
		if m := compile(f, boost); m != nil {
			out = append(out, m)
		}
	}
	return either(out)
}

// between compiles a range: of days, or of the values of a category.
func (c *compiler) between(n query.Range) matcher {
	if n.Field != query.Published {
		return c.lang.mentioned(valuesOf(n))
	}
	from, to := n.Days()
	return keysLike(query.Published, pattern{n.String(), "", func(day string) bool { return from <= day && day <= to }, 0})
}

// valuesOf is a range of the values of a category as a question about one
// mention.
func valuesOf(n query.Range) query.Count {
	return query.Count{Node: query.And{Nodes: []query.Node{
		query.Term{Field: query.Category, Text: n.Field}, query.Range{Field: query.CountValue, Lo: n.Lo, Hi: n.Hi},
	}}}
}

func (c *compiler) nodes(nodes []query.Node) []matcher {
	var out []matcher
	for _, n := range nodes {
		if m := c.node(n); m != nil {
			out = append(out, m)
		}
	}
	return out
}

func (c *compiler) and(nodes []query.Node) matcher {
	var with, without []query.Node
	for _, n := range nodes {
		if not, ok := n.(query.Not); ok {
			without = append(without, not.Node)
		} else {
			with = append(with, n)
		}
	}
	must, mustNot := c.nodes(with), c.nodes(without)
	switch {
	case len(must)+len(mustNot) == 0:
		return nil
	case len(must) == 1 && len(mustNot) == 0:
		return must[0]
	}
	return newAllOf(must, mustNot)
}

func either(matchers []matcher) matcher {
	switch len(matchers) {
	case 0:
		return nil
	case 1:
		return matchers[0]
	}
	return anyOf(matchers)
}

// text compiles a term or a phrase.
func (c *compiler) text(field, text string) matcher {
	switch field {
	case "", query.Title, query.Text, query.Source, query.Author, query.Place:
		words := c.lang.words(text)
		return c.inFields(field, func(field string, boost float64) matcher { return c.words(field, words, boost) })
	case query.Exact:
		return c.inFields("", func(field string, boost float64) matcher { return c.exact(field, text, boost) })
	}
	key := c.lang.normalText(text)
	if key == "" {
		return nil
	}
	return c.key(field, key)
}

// words finds words at the distances from each other that they have here.
func (c *compiler) words(field string, words []term, boost float64) matcher {
	switch len(words) {
	case 0:
		return nil
	case 1:
		p := c.postings(field, words[0].text)
		return wordMatcher{p, bm25{boost * idf(p.count, c.view.count), c.state.mean(field)}}
	}
	return c.phrase(field, []part{newPart(field, words)}, nearness{}, boost)
}

// exact finds words as they were printed.
func (c *compiler) exact(field, text string, boost float64) matcher {
	p, ok := c.lang.printedPart(field, text)
	if !ok {
		return nil
	}
	return c.phrase(field, []part{p}, nearness{}, boost)
}

// phrase finds parts close together. It weighs as much as all of its words.
func (c *compiler) phrase(field string, parts []part, near nearness, boost float64) matcher {
	if len(parts) == 0 {
		return nil
	}
	m := phraseMatcher{near: near, rank: bm25{mean: c.state.mean(field)}}
	for _, p := range parts {
		opened := partPostings{length: p.length}
		for _, w := range p.slots {
			s := slotPostings{postings: c.postings(w.field, w.text), pos: w.pos}
			m.rank.weight += boost * idf(s.count, c.view.count)
			if w.not != nil {
				s.not = c.beginning(w.not.field, w.not.text)
			}
			opened.slots = append(opened.slots, s)
		}
		m.parts = append(m.parts, opened)
	}
	return m
}

// key finds a value that was matched whole.
func (c *compiler) key(field, key string) matcher {
	p := c.postings(field, key)
	return setMatcher(func(_ context.Context, s segmentView) (*roaring.Bitmap, error) { return p.in(s, nil), nil })
}

// patterns finds words like p in one of the fields.
func (c *compiler) patterns(p pattern, fields []string) matcher {
	var words []postings
	for _, field := range fields {
		words = append(words, c.like(field, p)...)
	}
	return setMatcher(func(ctx context.Context, s segmentView) (*roaring.Bitmap, error) {
		docs := roaring.New()
		for _, w := range words {
			docs.Or(w.in(s, nil))
		}
		return docs, ctx.Err()
	})
}

// beginning are the words of a field that begin with prefix.
func (c *compiler) beginning(field, prefix string) []postings {
	return c.like(field, pattern{prefix: prefix, match: func(string) bool { return true }})
}

// like are the words of a field that p matches.
func (c *compiler) like(field string, p pattern) []postings {
	if c.err != nil {
		return nil
	}
	words, err := p.words(c.ctx, c.view, field)
	if err != nil {
		c.err = err
		return nil
	}
	out := make([]postings, len(words))
	for i, w := range words {
		out[i] = c.postings(field, w)
	}
	return out
}

func (c *compiler) postings(field, term string) postings {
	p, err := c.view.postings(field, term)
	if err != nil && c.err == nil {
		c.err = err
	}
	return p
}
