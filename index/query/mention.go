package query

import (
	"slices"
	"strings"

	"jianbao/corpus"
)

// Mention is what count( ) can ask of one mention. All texts are folded.
type Mention struct {
	Category, Term, Subtype, Unit, Modifier, Rule string
	Place, Adcode                                 string
	Value, Lo, Hi                                 corpus.Int64 // inclusive bounds
	Flags                                         []string
	Counted                                       bool
	AsOf                                          string // 2020-02-23; empty when unknown
}

// Matcher is c as a test of mentions. Fold brings a text of the query into the
// form that the texts of mentions have.
//
// A value is compared as printed. A number that was printed without one (数百,
// 3至5) matches when any number between its bounds would; one of which nothing
// is known (若干) matches no range. A place matches when it holds what was
// asked for, any other text when it equals it.
func (c Count) Matcher(fold func(string) string) func(*Mention) bool {
	return mentionTest(c.Node, fold)
}

func mentionTest(n Node, fold func(string) string) func(*Mention) bool {
	switch n := n.(type) {
	case And:
		return every(n.Nodes, fold)
	case Or:
		return some(n.Nodes, fold)
	case Not:
		test := mentionTest(n.Node, fold)
		return func(m *Mention) bool { return !test(m) }
	case Range:
		return rangeTest(n)
	case Term:
		return textTest(n.Field, n.Text, fold)
	case Phrase:
		return textTest(n.Field, n.Text, fold)
	case Wildcard:
		glob := NewGlob(fold(n.Pattern))
		return func(m *Mention) bool { return slices.ContainsFunc(m.texts(n.Field), glob.Match) }
	}
	return func(*Mention) bool { return false }
}

func tests(nodes []Node, fold func(string) string) []func(*Mention) bool {
	out := make([]func(*Mention) bool, len(nodes))
	for i, n := range nodes {
		out[i] = mentionTest(n, fold)
	}
	return out
}

func every(nodes []Node, fold func(string) string) func(*Mention) bool {
	all := tests(nodes, fold)
	return func(m *Mention) bool {
		return !slices.ContainsFunc(all, func(test func(*Mention) bool) bool { return !test(m) })
	}
}

func some(nodes []Node, fold func(string) string) func(*Mention) bool {
	all := tests(nodes, fold)
	return func(m *Mention) bool {
		return slices.ContainsFunc(all, func(test func(*Mention) bool) bool { return test(m) })
	}
}

func textTest(field, typed string, fold func(string) string) func(*Mention) bool {
	text := fold(strings.TrimSpace(typed))
	switch field {
	case CountCounted:
		return func(m *Mention) bool { return m.Counted == (text == "true") }
	case Place:
		return func(m *Mention) bool { return strings.Contains(m.Place, text) }
	}
	return func(m *Mention) bool { return slices.Contains(m.texts(field), text) }
}

func rangeTest(n Range) func(*Mention) bool {
	if n.Field == CountAsOf {
		from, to := n.Days()
		return func(m *Mention) bool { return m.AsOf != "" && from <= m.AsOf && m.AsOf <= to }
	}
	lo, hi := n.Numbers()
	within := func(v corpus.Int64) bool { return v.Valid && lo <= v.N && v.N <= hi }
	switch n.Field {
	case CountLo:
		return func(m *Mention) bool { return within(m.Lo) }
	case CountHi:
		return func(m *Mention) bool { return within(m.Hi) }
	}
	if n.Lo.Text == "" && n.Hi.Text == "" {
		return func(m *Mention) bool { return m.Value.Valid }
	}
	return func(m *Mention) bool {
		return within(m.Value) || !m.Value.Valid && (m.Lo.Valid || m.Hi.Valid) &&
			(!m.Lo.Valid || m.Lo.N <= hi) && (!m.Hi.Valid || m.Hi.N >= lo)
	}
}

// texts are what a field of text holds.
func (m *Mention) texts(field string) []string {
	switch field {
	case Category:
		return []string{m.Category}
	case CountTerm:
		return []string{m.Term}
	case CountSubtype:
		return []string{m.Subtype}
	case CountUnit:
		return []string{m.Unit}
	case CountModifier:
		return []string{m.Modifier}
	case CountAdcode:
		return []string{m.Adcode}
	case Place:
		return []string{m.Place}
	case Rule:
		return []string{m.Rule}
	case CountFlag:
		return m.Flags
	}
	return nil
}
