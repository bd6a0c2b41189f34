package web

import (
	"slices"
	"strings"

	"jianbao/index"
	"jianbao/index/query"
)

// clauses are what a query asks for one by one: the nodes of the And that it
// is, or itself. A query for everything asks for nothing.
func clauses(n query.Node) []query.Node {
	switch n := n.(type) {
	case nil, query.All:
		return nil
	case query.And:
		return n.Nodes
	}
	return []query.Node{n}
}

// joined is the query of some clauses.
func joined(all []query.Node) string {
	switch len(all) {
	case 0:
		return query.All{}.String()
	case 1:
		return all[0].String()
	}
	return query.And{Nodes: all}.String()
}

// plus is a query with one clause more. One that contradicts it goes.
func plus(n query.Node, more query.Node) string {
	all := slices.Clone(clauses(n))
	all = slices.DeleteFunc(all, func(c query.Node) bool {
		return same(c, more) || same(c, query.Not{Node: more}) || same(query.Not{Node: c}, more)
	})
	return joined(append(all, more))
}

// minus is a query without one clause.
func minus(n query.Node, less query.Node) string {
	return joined(slices.DeleteFunc(slices.Clone(clauses(n)), func(c query.Node) bool { return same(c, less) }))
}

func has(n query.Node, clause query.Node) bool {
	return slices.ContainsFunc(clauses(n), func(c query.Node) bool { return same(c, clause) })
}

func same(a, b query.Node) bool { return a.String() == b.String() }

// clauseOf asks for the value of a facet.
func clauseOf(facet, value string) query.Node {
	switch facet {
	case query.Source:
		return query.Phrase{Field: facet, Text: value}
	case index.FacetYear, index.FacetMonth:
		if n, err := query.Parse(query.Published + ":" + value); err == nil {
			return n
		}
		return query.Term{Field: query.Published, Text: value}
	}
	return query.Term{Field: facet, Text: value}
}

// chip is one clause of the query, with the address of the query without it.
type chip struct{ Text, Remove string }

// chips are the clauses, if there are several.
func chips(n query.Node, address func(q string) string) []chip {
	all := clauses(n)
	if len(all) < 2 {
		return nil
	}
	var out []chip
	for _, c := range all {
		out = append(out, chip{c.String(), address(minus(n, c))})
	}
	return out
}

// facetValue is a row of a facet.
type facetValue struct {
	Value, Label     string
	Count            int
	Active           bool // the query asks for it
	Include, Exclude string
}

// facet is the counts of one field.
type facet struct {
	Name        string
	First, Rest []facetValue
	More        int // values that are not shown
}

// The rows of a facet that are shown at once, and in all.
const (
	facetRows    = 6
	facetMaxRows = 30
)

// facets are the counts with addresses that narrow the query down.
func facets(n query.Node, names []string, counts map[string][]index.FacetCount, label func(facet, value string) string, address func(q string) string) []facet {
	var out []facet
	for _, name := range names {
		f := facet{Name: name, More: max(0, len(counts[name])-facetMaxRows)}
		for i, c := range counts[name][:min(len(counts[name]), facetMaxRows)] {
			if strings.TrimSpace(c.Value) == "" {
				continue
			}
			clause := clauseOf(name, c.Value)
			v := facetValue{Value: c.Value, Label: label(name, c.Value), Count: c.Count, Active: has(n, clause)}
			v.Include, v.Exclude = address(plus(n, clause)), address(plus(n, query.Not{Node: clause}))
			if v.Active {
				v.Include = address(minus(n, clause))
			}
			if i < facetRows {
				f.First = append(f.First, v)
			} else {
				f.Rest = append(f.Rest, v)
			}
		}
		if len(f.First) > 0 {
			out = append(out, f)
		}
	}
	return out
}
