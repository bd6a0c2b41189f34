package index

import (
	"strings"

	"jianbao/index/query"
)

// countCompiler makes trees over atoms.
type countCompiler struct{ fold func(string) string }

// askedOf is by which keys a node is answered.
type askedOf int

const (
	askedOfHead askedOf = iota
	askedOfKind
	askedOfMore // several keys of one mention, or others
)

func askedBy(n query.Node) askedOf {
	switch n := n.(type) {
	case query.And:
		return askedByAny(n.Nodes)
	case query.Or:
		return askedByAny(n.Nodes)
	case query.Not:
		return askedBy(n.Node)
	case query.Range:
		return askedOfMore
	case query.Term:
		return askedIn(n.Field)
	case query.Phrase:
		return askedIn(n.Field)
	case query.Wildcard:
		return askedIn(n.Field)
	}
	return askedOfHead // nothing is found
}

func askedByAny(nodes []query.Node) askedOf {
	most := askedOfHead
	for _, n := range nodes {
		most = max(most, askedBy(n))
	}
	return most
}

func askedIn(field string) askedOf {
	switch field {
	case query.Place, query.CountAdcode:
		return askedOfMore
	case query.CountTerm, query.CountSubtype, query.CountUnit, query.CountModifier, query.CountFlag, query.Rule:
		return askedOfKind
	}
	return askedOfHead
}

// test is the test of mentions that n is.
func (c countCompiler) test(n query.Node) func(*query.Mention) bool {
	return query.Count{Node: n}.Matcher(c.fold)
}

// headTest is the test of heads that n is.
func (c countCompiler) headTest(n query.Node) headTest {
	test := c.test(n)
	return func(h head) bool { return test(&query.Mention{Category: h.category, Counted: h.counted}) }
}

// node compiles n. Atoms look only for mentions whose heads pass the test of,
// where they have heads.
func (c countCompiler) node(n query.Node, of headTest) mentionNode {
	switch askedBy(n) {
	case askedOfHead:
		return &atomNode{headAtom{of.and(c.headTest(n))}}
	case askedOfKind:
		if _, ok := n.(query.And); !ok {
			return &atomNode{kindAtom{of, c.test(n)}}
		}
	}
	switch n := n.(type) {
	case query.And:
		return c.and(n.Nodes, of)
	case query.Or:
		var out mentionsOfSome
		for _, one := range n.Nodes {
			out.nodes = append(out.nodes, c.node(one, of))
		}
		return out
	case query.Not:
		return mentionsOfAll{not: []mentionNode{c.node(n.Node, of)}}
	case query.Range:
		if n.Field == query.CountAsOf {
			from, to := n.Days()
			return &atomNode{dayAtom{from, to}}
		}
		return &atomNode{newNumberAtom(n, of, c.test(n))}
	}
	return c.place(n)
}

// and compiles nodes of which all must hold. Those about the head are a test
// for the others; those about the kind are one atom.
func (c countCompiler) and(nodes []query.Node, of headTest) mentionNode {
	var heads, kinds, more []query.Node
	for _, n := range nodes {
		switch askedBy(n) {
		case askedOfHead:
			heads = append(heads, n)
		case askedOfKind:
			kinds = append(kinds, n)
		default:
			more = append(more, n)
		}
	}
	if len(heads) > 0 {
		of = of.and(c.headTest(query.And{Nodes: heads}))
	}
	var out mentionsOfAll
	if len(kinds) > 0 {
		out.nodes = append(out.nodes, &atomNode{kindAtom{of, c.test(query.And{Nodes: kinds})}})
	}
	for _, n := range more {
		if not, ok := n.(query.Not); ok {
			out.not = append(out.not, c.node(not.Node, of))
		} else {
			out.nodes = append(out.nodes, c.node(n, of))
		}
	}
	if len(heads) > 0 && !out.headed() {
		out.nodes = append(out.nodes, &atomNode{headAtom{of}})
	}
	return out
}

// place compiles a test of a place or its code. One that mentions without any
// pass is what the opposite test leaves.
func (c countCompiler) place(n query.Node) mentionNode {
	switch n := n.(type) {
	case query.Term:
		return c.placeText(n.Field, c.fold(strings.TrimSpace(n.Text)))
	case query.Phrase:
		return c.placeText(n.Field, c.fold(strings.TrimSpace(n.Text)))
	case query.Wildcard:
		glob := query.NewGlob(c.fold(n.Pattern))
		return passing(textAtom{placesOf(n.Field), glob.Prefix(), glob.Match})
	}
	return mentionsOfSome{}
}

func (c countCompiler) placeText(field, text string) mentionNode {
	switch {
	case field == query.CountAdcode:
		return passing(textAtom{placesOf(field), text, func(code string) bool { return code == text }})
	case isSuffix(text):
		return &atomNode{textAtom{letters: []string{wordKeys, suffixKeys}, prefix: text}}
	}
	return passing(textAtom{placesOf(field), "", func(place string) bool { return strings.Contains(place, text) }})
}

// placesOf are the letters of the keys that hold all that a field says.
func placesOf(field string) []string {
	if field == query.CountAdcode {
		return []string{adcodeKeys}
	}
	return []string{wordKeys, placeKeys}
}

// passing is mentions that pass the test of a, also those without a key.
func passing(a textAtom) mentionNode {
	if !a.test("") {
		return &atomNode{a}
	}
	fails := func(s string) bool { return !a.test(s) }
	return mentionsOfAll{not: []mentionNode{&atomNode{textAtom{a.letters, "", fails}}}}
}
