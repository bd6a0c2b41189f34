package query

import (
	"slices"
	"strings"
)

// Node is a parsed query: [And], [Or], [Not], [Term], [Phrase] or [All].
type Node interface {
	// String writes the query down. Parsing it again, with the same fields,
	// gives the same tree.
	String() string

	node()
}

// And matches what all of its nodes match. It has at least two, none of them
// an And.
type And struct{ Nodes []Node }

// Or matches what at least one of its nodes matches. It has at least two, none
// of them an Or.
type Or struct{ Nodes []Node }

// Not matches what its node does not. Its node is never a Not.
type Not struct{ Node Node }

// Term is a word as it was typed, escapes resolved. The index decides how many
// words it really is.
type Term struct {
	Field string // empty: the title or the text
	Text  string
}

// Phrase is a quoted text: words side by side.
type Phrase struct {
	Field string // empty: the title or the text
	Text  string
}

// All matches every document.
type All struct{}

// The names of the fields that every corpus has.
const (
	Title    = "title"
	Text     = "text"
	Source   = "source"
	Place    = "place"
	Script   = "script"
	Category = "category"
)

// Fields are the names of the fields that every corpus has.
func Fields() []string { return []string{Title, Text, Source, Place, Script, Category} }

// IsExtra reports whether name can be a field beside those of [Fields]: small
// ASCII letters, and after the first also digits, dots and hyphens.
func IsExtra(name string) bool {
	return isName(name) && strings.ToLower(name) == name && !slices.Contains(Fields(), name)
}

func (And) node()    {}
func (Or) node()     {}
func (Not) node()    {}
func (Term) node()   {}
func (Phrase) node() {}
func (All) node()    {}

func (n And) String() string { return join(n.Nodes, " AND ") }
func (n Or) String() string  { return join(n.Nodes, " OR ") }
func (n Not) String() string { return "NOT " + enclose(n.Node) }
func (All) String() string   { return everything }

func (n Term) String() string   { return prefix(n.Field) + escapeWord(n.Text) }
func (n Phrase) String() string { return prefix(n.Field) + `"` + escapePhrase(n.Text) + `"` }

func join(nodes []Node, op string) string {
	parts := make([]string, len(nodes))
	for i, n := range nodes {
		parts[i] = enclose(n)
	}
	return strings.Join(parts, op)
}

// enclose puts a list within another node in parentheses, needed or not: who
// reads the query again should not have to know what binds tighter.
func enclose(n Node) string {
	switch n.(type) {
	case And, Or:
		return "(" + n.String() + ")"
	}
	return n.String()
}

// depth is how deep the parentheses are nested that enclose writes within n.
func depth(n Node) int {
	var nodes []Node
	switch n := n.(type) {
	case And:
		nodes = n.Nodes
	case Or:
		nodes = n.Nodes
	case Not:
		nodes = []Node{n.Node}
	}
	deepest := 0
	for _, m := range nodes {
		d := depth(m)
		switch m.(type) {
		case And, Or:
			d++
		}
		deepest = max(deepest, d)
	}
	return deepest
}

func prefix(field string) string {
	if field == "" {
		return ""
	}
	return field + ":"
}
