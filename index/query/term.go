package query

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// term makes a node of one lexeme in the field that is open.
func (p *parser) term(x lexeme) (Node, error) {
	t := typeOf(p.field, p.within)
	if x.kind != rangeKind && strings.TrimSpace(x.text) == "" {
		return nil, p.fail(x, EmptyTerm)
	}
	if utf8.RuneCountInString(x.text) > MaxRunes {
		return nil, p.fail(x, LongTerm, strconv.Itoa(MaxRunes))
	}
	if err := p.count(x); err != nil {
		return nil, err
	}
	if p.within && p.field == "" {
		return nil, p.fail(x, FieldMissing)
	}
	switch t {
	case dayField, numberField:
		return p.bounded(x, t)
	case choiceField:
		return p.choice(x)
	case countField:
		if _, number := numberBound(x.text); x.kind == rangeKind || x.kind == wordKind && x.plain && number {
			return p.bounded(x, t)
		}
	}
	return p.pattern(x, t)
}

// pattern makes a node that looks for text.
func (p *parser) pattern(x lexeme, t fieldType) (Node, error) {
	field := p.field
	switch {
	case x.kind == wordKind:
		return Term{field, x.text}, nil
	case x.kind == phraseKind:
		return Phrase{field, x.text}, nil
	case x.kind == rangeKind && field == "":
		return nil, p.fail(x, RangeWithoutField)
	case x.kind == rangeKind:
		return nil, p.fail(x, NoRange, field)
	case t == exactField:
		return nil, p.fail(x, NotExact)
	case x.kind == nearKind && t != wordsField:
		return nil, p.fail(x, NoDistance, field)
	case x.kind == nearKind:
		return Near{field, x.text, x.number, x.ordered}, nil
	case x.kind == wildcardKind && t == wordsField && strings.Trim(x.text, "*") == "":
		return nil, p.fail(x, WildcardAlone)
	case x.kind == wildcardKind:
		return Wildcard{field, x.text}, nil
	case p.within:
		return nil, p.fail(x, NoSuchTerm, field)
	case x.kind == fuzzyKind:
		return Fuzzy{field, x.text, x.number}, nil
	}
	return Regexp{field, x.text}, nil
}

// bounded makes a range of days or numbers.
func (p *parser) bounded(x lexeme, t fieldType) (Node, error) {
	r := Range{p.field, x.lo, x.hi}
	switch {
	case x.kind == wildcardKind && x.text == "*":
	case x.kind == wordKind, x.kind == phraseKind:
		r.Lo.Text, r.Hi.Text = x.text, x.text
	case x.kind != rangeKind:
		return nil, p.notBounded(x, t)
	}
	read := numberBound
	if t == dayField {
		read = dayBound
	}
	for _, b := range []*Bound{&r.Lo, &r.Hi} {
		if b.Text == "" {
			*b = Bound{}
			continue
		}
		var ok bool
		if b.Text, ok = read(b.Text); !ok {
			return nil, p.notBounded(x, t)
		}
	}
	if r.isEmpty(t) {
		return nil, p.fail(x, EmptyRange)
	}
	return r, nil
}

func (p *parser) notBounded(x lexeme, t fieldType) error {
	if t == dayField {
		return p.fail(x, NotDay, p.field)
	}
	return p.fail(x, NotNumber, p.field)
}

// choice makes a node of one of a few words.
func (p *parser) choice(x lexeme) (Node, error) {
	known := choices(p.field)
	word := strings.ToLower(x.text)
	if x.kind != wordKind || !slices.Contains(known, word) {
		offer := func(between string) string { return p.field + ":" + strings.Join(known, between+p.field+":") }
		return nil, p.fail(x, NotChoice, p.field, offer(" or "), offer(", "))
	}
	if p.field == Cluster {
		return Unfold{}, nil
	}
	return Term{p.field, word}, nil
}

// mention reads what stands in count( ).
func (p *parser) mention(x lexeme) (Node, error) {
	switch {
	case p.within:
		return nil, p.fail(x, CountWithin)
	case p.field != "":
		return nil, p.fail(x, CountInField)
	}
	p.within = true
	n, err := p.group(p.read())
	p.within = false
	return Count{n}, err
}

// checkUnfold reports a cluster:all that is not of the whole query.
func (p *parser) checkUnfold(n Node) error {
	parts := []Node{n}
	if and, ok := n.(And); ok {
		parts = and.Nodes
	}
	for _, part := range parts {
		if _, ok := part.(Unfold); !ok && hasUnfold(part) {
			return newError(PartialUnfold, p.src, max(0, strings.Index(strings.ToLower(p.src), Cluster)))
		}
	}
	return nil
}

func hasUnfold(n Node) bool {
	switch n := n.(type) {
	case Unfold:
		return true
	case Not:
		return hasUnfold(n.Node)
	case And:
		return slices.ContainsFunc(n.Nodes, hasUnfold)
	case Or:
		return slices.ContainsFunc(n.Nodes, hasUnfold)
	}
	return false
}

// Unfolds reports whether a query says cluster:all.
func Unfolds(n Node) bool { return hasUnfold(n) }

// example is what may stand behind a field's name.
func example(t fieldType, name string) string {
	switch t {
	case dayField:
		return "2020-03"
	case numberField, countField:
		return ">=100"
	case choiceField:
		return choices(name)[0]
	case exactField:
		return "臨時黨支部"
	}
	return "百色"
}
