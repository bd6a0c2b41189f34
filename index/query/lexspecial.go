package query

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxDistance bounds the distance of a [Near].
const MaxDistance = 1000

// digits reads a number at l.at; false when none stands there.
func (l *lexer) digits() (n int, ok bool) {
	start := l.at
	for l.at < len(l.src) && '0' <= l.src[l.at] && l.src[l.at] <= '9' {
		l.at++
	}
	n, err := strconv.Atoi(l.src[start:l.at])
	return n, err == nil
}

// fuzzy reads the ~ and the number behind a word.
func (l *lexer) fuzzy(x *lexeme) error {
	at := l.at
	l.at++
	n, ok := l.digits()
	if !ok {
		n = 1
	}
	switch {
	case x.kind == wildcardKind:
		return l.fail(at, WildcardFuzzy)
	case !l.endsAt(l.at):
		return l.fail(at, FuzzyEnd)
	case n < 1 || n > 2:
		return l.fail(at, FuzzyDistance)
	}
	x.kind, x.number = fuzzyKind, n
	return nil
}

// near reads what may stand behind a phrase: ~5 or ~>5.
func (l *lexer) near(x *lexeme) error {
	switch firstRune(l.rest()) {
	case '^':
		return l.fail(l.at, BoostedPhrase)
	case '~':
	default:
		return nil
	}
	at := l.at
	l.at++
	if strings.HasPrefix(l.rest(), ">") {
		l.at++
		x.ordered = true
	}
	n, ok := l.digits()
	if !ok || n > MaxDistance {
		return l.fail(at, NearDistance, strconv.Itoa(MaxDistance))
	}
	x.kind, x.number = nearKind, n
	return nil
}

// regexp reads an expression between slashes.
func (l *lexer) regexp() (lexeme, error) {
	x := lexeme{kind: regexpKind, offset: l.at}
	l.at++
	var expr strings.Builder
	for l.at < len(l.src) {
		r, size := utf8.DecodeRuneInString(l.rest())
		l.at += size
		switch r {
		case '/':
			x.text = expr.String()
			return x, l.checkRegexp(x)
		case '\\':
			next, err := l.escaped()
			if err != nil {
				return x, err
			}
			if next != '/' {
				expr.WriteRune(r)
			}
			r = next
		}
		expr.WriteRune(r)
	}
	return x, l.fail(x.offset, OpenSlash)
}

func (l *lexer) checkRegexp(x lexeme) error {
	if !l.endsAt(l.at) {
		return l.fail(l.at, RegexpEnd)
	}
	if _, err := regexp.Compile(x.text); err != nil {
		return l.fail(x.offset, BadRegexp, strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	return nil
}

// comparison reads >, >=, < or <= and the value right behind it.
func (l *lexer) comparison() (lexeme, error) {
	x := lexeme{kind: rangeKind, offset: l.at}
	less := firstRune(l.rest()) == '<'
	l.at++
	open := !strings.HasPrefix(l.rest(), "=")
	if !open {
		l.at++
	}
	start := l.at
	for !l.endsAt(l.at) {
		_, size := utf8.DecodeRuneInString(l.rest())
		l.at += size
	}
	bound := Bound{l.src[start:l.at], open}
	if bound.Text == "" {
		return x, l.fail(start, NoValue)
	}
	if less {
		x.hi = bound
	} else {
		x.lo = bound
	}
	return x, nil
}

// between reads [from TO to], with braces for bounds that are left out.
func (l *lexer) between() (lexeme, error) {
	x := lexeme{kind: rangeKind, offset: l.at}
	length := strings.IndexAny(l.rest(), "]}")
	if length < 0 {
		return x, l.fail(x.offset, OpenRange)
	}
	inside := l.rest()
	x.lo.Open, x.hi.Open = inside[0] == '{', inside[length] == '}'
	parts := strings.FieldsFunc(inside[1:length], unicode.IsSpace)
	if len(parts) != 3 || !strings.EqualFold(parts[1], "TO") {
		return x, l.fail(x.offset, RangeShape)
	}
	l.at += length + 1
	if !l.endsAt(l.at) {
		return x, l.fail(l.at, RangeEnd)
	}
	x.lo.Text, x.hi.Text = parts[0], parts[2]
	for _, b := range []*Bound{&x.lo, &x.hi} {
		if b.Text == "*" {
			*b = Bound{}
		}
	}
	return x, nil
}
