package web

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/frequency"
	"jianbao/index/query"
)

// textsOf are the words and phrases that a query asks for in texts, each once.
func textsOf(n query.Node) []string {
	switch n := n.(type) {
	case query.And:
		return textsOfAll(n.Nodes)
	case query.Or:
		return textsOfAll(n.Nodes)
	case query.Term:
		if n.Field == "" || n.Field == query.Text {
			return []string{n.Text}
		}
	case query.Phrase:
		if n.Field == "" || n.Field == query.Text {
			return []string{n.Text}
		}
	}
	return nil
}

func textsOfAll(nodes []query.Node) []string {
	var out []string
	for _, n := range nodes {
		for _, text := range textsOf(n) {
			if !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	return out
}

// wordNode asks for a word as lists have it: those of an n-gram have spaces
// between them.
func wordNode(word string) query.Node {
	if strings.Contains(word, " ") {
		return query.Phrase{Text: word}
	}
	return query.Term{Text: word}
}

// within asks for a word in the articles of a query, which may be nil.
func within(n query.Node, word string) string { return plus(n, wordNode(word)) }

// searchFor and linesFor are the addresses of a search and of a concordance.
func searchFor(q string) string {
	address := url.URL{Path: "/", RawQuery: url.Values{"q": {q}}.Encode()}
	return address.String()
}

func linesFor(q string) string {
	address := url.URL{Path: "/kwic", RawQuery: url.Values{"q": {q}}.Encode()}
	return address.String()
}

// orderOf is how collocates are ordered: by logdice or g2.
func orderOf(name string) func(a, b frequency.Collocate) int {
	if name == "g2" {
		return frequency.ByG2
	}
	return frequency.ByLogDice
}

// rankings are the orders of collocates, with their addresses.
func rankings(v view, chosen string) []option {
	return []option{
		{withParams(v.address, "by", "", "lang", ""), v.T("col.logdice"), chosen != "g2"},
		{withParams(v.address, "by", "g2", "lang", ""), v.T("col.g2"), chosen == "g2"},
	}
}

func isNoWord(err error) bool { return errors.Is(err, pipeline.ErrNoWord) }
