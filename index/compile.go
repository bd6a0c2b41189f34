package index

import (
	"strings"

	"github.com/blevesearch/bleve/v2"
	blevequery "github.com/blevesearch/bleve/v2/search/query"

	"jianbao/index/query"
)

// titleBoost is how much more a word weighs in the title than in the text.
const titleBoost = 2

// compiler turns a parsed query into the library's.
type compiler struct {
	lang   *Language
	fields map[string]bool // those that were asked for
}

// node compiles n. It returns nil for what has no word in it (a lone comma):
// that asks for nothing and forbids nothing.
func (c *compiler) node(n query.Node) blevequery.Query {
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
		return c.inFields(n.Field, func(field string, boost float64) blevequery.Query { return c.near(field, n, boost) })
	case query.Wildcard, query.Fuzzy, query.Regexp:
		field, p, _ := c.lang.pattern(n)
		return patterns(p, fieldsOf(field)...)
	case query.Range:
		return c.between(n)
	case query.Count:
		return c.lang.mentioned(n)
	case query.All:
		return bleve.NewMatchAllQuery()
	}
	return nil
}

// root compiles a whole query. Alone, cluster:all asks for every document.
func (c *compiler) root(n query.Node) blevequery.Query {
	if _, ok := n.(query.Unfold); ok {
		n = query.All{}
	}
	return c.node(n)
}

// fieldsOf are the fields in which what names no field is looked for.
func fieldsOf(field string) []string {
	if field == "" {
		return []string{query.Title, query.Text}
	}
	return []string{field}
}

// inFields compiles for each field that is meant, a title weighing more.
func (c *compiler) inFields(field string, compile func(field string, boost float64) blevequery.Query) blevequery.Query {
	var out []blevequery.Query
	for _, f := range fieldsOf(field) {
		boost := 1.0
		if field == "" && f == query.Title {
			boost = titleBoost
		}
		if q := compile(f, boost); q != nil {
			out = append(out, q)
		}
	}
	return either(out)
}

// between compiles a range: of days, or of the values of a category.
func (c *compiler) between(n query.Range) blevequery.Query {
	if n.Field != query.Published {
		values := query.Range{Field: query.CountValue, Lo: n.Lo, Hi: n.Hi}
		return c.lang.mentioned(query.Count{Node: query.And{Nodes: []query.Node{
			query.Term{Field: query.Category, Text: n.Field}, values,
		}}})
	}
	from, to := n.Days()
	return patterns(pattern{n.String(), "", func(day string) bool { return from <= day && day <= to }, 0}, query.Published)
}

func (c *compiler) nodes(nodes []query.Node) []blevequery.Query {
	var out []blevequery.Query
	for _, n := range nodes {
		if q := c.node(n); q != nil {
			out = append(out, q)
		}
	}
	return out
}

func (c *compiler) and(nodes []query.Node) blevequery.Query {
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
	return blevequery.NewBooleanQuery(must, nil, mustNot)
}

func either(queries []blevequery.Query) blevequery.Query {
	switch len(queries) {
	case 0:
		return nil
	case 1:
		return queries[0]
	}
	return blevequery.NewDisjunctionQuery(queries)
}

// text compiles a term or a phrase.
func (c *compiler) text(field, text string) blevequery.Query {
	switch field {
	case "", query.Title, query.Text, query.Source, query.Author, query.Place:
		words := c.lang.words(text)
		return c.inFields(field, func(field string, boost float64) blevequery.Query { return c.words(field, words, boost) })
	case query.Exact:
		return c.inFields("", func(field string, boost float64) blevequery.Query { return c.exact(field, text, boost) })
	}
	key := c.lang.normalText(text)
	if key == "" {
		return nil
	}
	return c.key(field, key)
}

// words finds words at the distances from each other that they have here.
func (c *compiler) words(field string, words []term, boost float64) blevequery.Query {
	if len(words) == 0 {
		return nil
	}
	c.fields[field] = true
	if len(words) == 1 {
		return wordQuery{field, words[0].text, boost}
	}
	return phraseQuery{parts: []part{newPart(field, words)}, boost: boost}
}

// key finds a value that was matched whole.
func (c *compiler) key(field, key string) blevequery.Query {
	c.fields[field] = true
	q := blevequery.NewTermQuery(key)
	q.SetField(field)
	return q
}

// near finds parts close together. Without white space in the text its words
// are the parts.
func (c *compiler) near(field string, n query.Near, boost float64) blevequery.Query {
	parts := c.lang.parts(field, n)
	if len(parts) == 0 {
		return nil
	}
	c.fields[field] = true
	return phraseQuery{parts: parts, near: nearness{n.Distance, n.Ordered}, boost: boost}
}

// parts are the parts of a Near in a field.
func (l *Language) parts(field string, n query.Near) []part {
	var out []part
	typed := strings.Fields(n.Text)
	for _, text := range typed {
		if words := l.words(text); len(words) > 0 {
			out = append(out, newPart(field, words))
		}
	}
	if len(typed) > 1 {
		return out
	}
	out = nil
	for _, w := range l.words(n.Text) {
		out = append(out, newPart(field, []term{w}))
	}
	return out
}

// exact finds words as they were printed.
func (c *compiler) exact(field, text string, boost float64) blevequery.Query {
	p, ok := c.lang.printedPart(field, text)
	if !ok {
		return nil
	}
	c.fields[field], c.fields[printedField(field)] = true, true
	return phraseQuery{parts: []part{p}, boost: boost}
}
