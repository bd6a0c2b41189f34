package index

import (
	"jianbao/corpus"
	"jianbao/index/query"
)

// mentionTest is the test that a node of a query makes of single mentions; nil
// for one that asks for something else.
func (l *Language) mentionTest(n query.Node) func(*query.Mention) bool {
	switch n := n.(type) {
	case query.Count:
		return n.Matcher(l.normalText)
	case query.Range:
		if n.Field != query.Published {
			return valuesOf(n).Matcher(l.normalText)
		}
	case query.Term:
		return l.keyTest(n.Field, n.Text)
	case query.Phrase:
		return l.keyTest(n.Field, n.Text)
	case query.Wildcard, query.Fuzzy, query.Regexp:
		field, p, _ := l.pattern(n)
		return keyTest(field, p.match)
	}
	return nil
}

func (l *Language) keyTest(field, typed string) func(*query.Mention) bool {
	key := l.normalText(typed)
	if key == "" {
		return nil
	}
	return keyTest(field, func(value string) bool { return value == key })
}

// keyTest is a test of that of a mention which a field of its article has; nil
// for a field that is not of mentions.
func keyTest(field string, match func(string) bool) func(*query.Mention) bool {
	switch {
	case field == query.Category:
		return func(m *query.Mention) bool { return match(m.Category) }
	case field == query.Rule:
		return func(m *query.Mention) bool { return match(m.Rule) }
	case query.IsExtra(field):
		return func(m *query.Mention) bool { return m.Category == field && match(m.Term) }
	}
	return nil
}

// mentioned are the places of the mentions that the query asks for, in the order
// of mentions.
func (h *Highlighter) mentioned(folded string, mentions []Mention) []match {
	if len(h.mentions) == 0 || len(mentions) == 0 {
		return nil
	}
	points := corpus.NewCodePoints(folded)
	var found []match
	for i := range mentions {
		m := &mentions[i]
		for asked, test := range h.mentions {
			if !test(&m.Mention) {
				continue
			}
			if span := trimmed(folded, points.Bytes(m.Start, m.End)); !span.Empty() {
				found = append(found, match{span, len(h.asked) + asked, true})
			}
		}
	}
	return found
}
