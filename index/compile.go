package index

import (
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
	case query.All:
		return bleve.NewMatchAllQuery()
	}
	return nil
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
	case "":
		words := c.lang.words(text)
		if len(words) == 0 {
			return nil
		}
		return either([]blevequery.Query{
			c.words(query.Title, words, titleBoost),
			c.words(query.Text, words, 1),
		})
	case query.Title, query.Text, query.Source, query.Place:
		return c.words(field, c.lang.words(text), 1)
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
	return &wordsQuery{field: field, words: words, boost: boost}
}

// key finds a value that was matched whole.
func (c *compiler) key(field, key string) blevequery.Query {
	c.fields[field] = true
	q := blevequery.NewTermQuery(key)
	q.SetField(field)
	return q
}
