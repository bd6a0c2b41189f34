package query

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits on a query. They bound the time and the memory that one search takes;
// a query beyond them is a *SyntaxError.
const (
	MaxBytes = 16 << 10 // of the query, as typed and as String writes it
	MaxTerms = 1024     // terms and phrases
	MaxRunes = 128      // of one term or phrase
	MaxDepth = 32       // parentheses within parentheses, as typed and as String writes them
)

// Parse reads a query. Fields are the names that may stand before a colon
// beside those of [Fields]: the ids of categories, for instance; those that are
// not [IsExtra] are passed over. Case does not matter in a field's name as it is
// typed. Every error is a *[SyntaxError].
func Parse(text string, fields ...string) (Node, error) {
	if len(text) > MaxBytes {
		return nil, tooLong(text)
	}
	if at := invalidAt(text); at < len(text) {
		return nil, newError(NotUTF8, text, at)
	}
	allowed := Fields()
	for _, f := range fields {
		if IsExtra(f) && !slices.Contains(allowed, f) {
			allowed = append(allowed, f)
		}
	}
	lexemes, err := lex(text, allowed)
	if err != nil {
		return nil, err
	}
	n, err := (&parser{src: text, lexemes: lexemes}).query()
	switch {
	case err != nil:
		return nil, err
	case depth(n) > MaxDepth: // with the parentheses that String adds
		return nil, newError(TooDeep, text, 0)
	case len(n.String()) > MaxBytes:
		return nil, tooLong(text)
	}
	return n, nil
}

func tooLong(text string) error {
	return newError(TooLong, text, min(len(text), MaxBytes), strconv.Itoa(MaxBytes))
}

// invalidAt is the offset of the first byte of s that is not UTF-8, or the
// length of s.
func invalidAt(s string) int {
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			return i
		}
	}
	return len(s)
}

type parser struct {
	src     string
	lexemes []lexeme // those not read yet; endKind stays
	field   string   // of terms that name none
	depth   int
	terms   int
	within  bool // count( )
}

func (p *parser) peek() lexeme { return p.lexemes[0] }

func (p *parser) read() lexeme {
	x := p.lexemes[0]
	if x.kind != endKind {
		p.lexemes = p.lexemes[1:]
	}
	return x
}

func (p *parser) fail(x lexeme, k Kind, parts ...string) error {
	return newError(k, p.src, x.offset, parts...)
}

func (p *parser) query() (Node, error) {
	if x := p.peek(); x.kind == endKind {
		return nil, p.fail(x, EmptyQuery)
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if x := p.peek(); x.kind != endKind {
		return nil, p.fail(x, LoneClose)
	}
	return n, p.checkUnfold(n)
}

// or reads nodes with OR between them.
func (p *parser) or() (Node, error) {
	var nodes []Node
	for {
		n, err := p.and()
		if err != nil {
			return nil, err
		}
		if inner, ok := n.(Or); ok {
			nodes = append(nodes, inner.Nodes...)
		} else {
			nodes = append(nodes, n)
		}
		if p.peek().kind != orKind {
			break
		}
		p.read()
	}
	if len(nodes) == 1 {
		return nodes[0], nil
	}
	return Or{nodes}, nil
}

// and reads nodes with AND or nothing between them.
func (p *parser) and() (Node, error) {
	var nodes []Node
	for {
		n, err := p.unary()
		if err != nil {
			return nil, err
		}
		if inner, ok := n.(And); ok {
			nodes = append(nodes, inner.Nodes...)
		} else {
			nodes = append(nodes, n)
		}
		switch p.peek().kind {
		case andKind:
			p.read()
			continue
		case endKind, orKind, closeKind:
		default:
			continue
		}
		break
	}
	if len(nodes) == 1 {
		return nodes[0], nil
	}
	return And{nodes}, nil
}

// unary reads a node with the signs before it. Two negations cancel.
func (p *parser) unary() (Node, error) {
	negative := false
	for p.peek().kind == notKind || p.peek().kind == plusKind {
		if p.read().kind == notKind {
			negative = !negative
		}
	}
	n, err := p.primary()
	if err != nil || !negative {
		return n, err
	}
	if inner, ok := n.(Not); ok {
		return inner.Node, nil
	}
	return Not{n}, nil
}

func (p *parser) primary() (Node, error) {
	switch x := p.read(); x.kind {
	case wordKind, phraseKind, wildcardKind, fuzzyKind, regexpKind, rangeKind, nearKind:
		return p.term(x)
	case allKind:
		if p.within {
			return nil, p.fail(x, CountOfWords)
		}
		return All{}, p.count(x)
	case countKind:
		return p.mention(x)
	case openKind:
		return p.group(x)
	case fieldKind:
		return p.inField(x)
	case andKind, orKind:
		return nil, p.fail(x, LoneOperator, x.text)
	default:
		return nil, p.fail(x, NoTerm)
	}
}

func (p *parser) count(x lexeme) error {
	if p.terms++; p.terms > MaxTerms {
		return p.fail(x, TooManyTerms, strconv.Itoa(MaxTerms))
	}
	return nil
}

func (p *parser) group(open lexeme) (Node, error) {
	if p.depth++; p.depth > MaxDepth {
		return nil, p.fail(open, TooDeep)
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.peek().kind != closeKind {
		return nil, p.fail(open, OpenGroup)
	}
	p.read()
	p.depth--
	return n, nil
}

// inField reads what follows a field's name: a term, a phrase or a group.
func (p *parser) inField(name lexeme) (Node, error) {
	switch x := p.peek(); x.kind {
	case wordKind, phraseKind, openKind, wildcardKind, fuzzyKind, regexpKind, rangeKind, nearKind:
	default:
		return nil, p.fail(x, NoTermAfter, name.text, example(typeOf(name.text, p.within), name.text))
	}
	outer := p.field
	p.field = name.text
	n, err := p.primary()
	p.field = outer
	return n, err
}
