package query

import (
	"fmt"
	"strings"
)

// Node is a parsed query: [And], [Or], [Not], [Term], [Phrase], [Near],
// [Wildcard], [Fuzzy], [Regexp], [Range], [Count], [All] or [Unfold].
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

// Near is parts of text that stand close together: in one stretch of text with
// at most Distance characters that belong to none of them. What white space
// divides are the parts; a text without any is divided into its words.
type Near struct {
	Field    string // empty: the title or the text
	Text     string
	Distance int
	Ordered  bool // the parts stand in the order in which they were typed
}

// Wildcard is a pattern for one word: * stands for any characters, ? for one.
// A backslash stands before a literal *, ? or backslash and before nothing else.
type Wildcard struct{ Field, Pattern string }

// Fuzzy is a word that may differ in a number of characters: one that is
// another, one that is missing, one too many.
type Fuzzy struct {
	Field, Text string
	Edits       int // 1 or 2
}

// Regexp is an expression in Go's syntax that a whole word must match.
type Regexp struct{ Field, Expr string }

// Range is numbers or days between two bounds. Of an article, a range in the
// field of a category asks for some mention of it with such a value.
type Range struct {
	Field  string
	Lo, Hi Bound
}

// Count asks for one mention that is all of what its node says. In there every
// node has a field, one of [CountFields]: nodes are And, Or, Not, Term, Phrase,
// Wildcard and Range.
type Count struct{ Node Node }

// Unfold is cluster:all: reprints are hits of their own. It stands alone or in
// an And that is the whole query.
type Unfold struct{}

func (And) node()      {}
func (Or) node()       {}
func (Not) node()      {}
func (Term) node()     {}
func (Phrase) node()   {}
func (All) node()      {}
func (Near) node()     {}
func (Wildcard) node() {}
func (Fuzzy) node()    {}
func (Regexp) node()   {}
func (Range) node()    {}
func (Count) node()    {}
func (Unfold) node()   {}

func (n And) String() string { return join(n.Nodes, " AND ") }
func (n Or) String() string  { return join(n.Nodes, " OR ") }
func (n Not) String() string { return "NOT " + enclose(n.Node) }
func (All) String() string   { return everything }

func (Unfold) String() string { return Cluster + ":all" }

func (n Term) String() string {
	if _, number := numberBound(n.Text); number && IsExtra(n.Field) {
		return prefix(n.Field) + `\` + n.Text // a term, not a range
	}
	return prefix(n.Field) + escapeWord(n.Text)
}

func (n Phrase) String() string { return prefix(n.Field) + `"` + escapePhrase(n.Text) + `"` }

func (n Near) String() string {
	sign := map[bool]string{false: "~", true: "~>"}[n.Ordered]
	return fmt.Sprintf("%s%s%d", Phrase{n.Field, n.Text}, sign, n.Distance)
}

func (n Wildcard) String() string { return prefix(n.Field) + escapePattern(n.Pattern) }
func (n Fuzzy) String() string    { return fmt.Sprintf("%s~%d", Term{n.Field, n.Text}, n.Edits) }
func (n Count) String() string    { return "count(" + n.Node.String() + ")" }

func (n Regexp) String() string {
	return prefix(n.Field) + "/" + strings.ReplaceAll(n.Expr, "/", `\/`) + "/"
}

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
	case Count:
		return 1 + depth(n.Node)
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
