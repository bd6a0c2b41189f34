package query

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

type kind int

const (
	endKind kind = iota
	wordKind
	phraseKind
	fieldKind // a name and its colon
	allKind
	openKind
	closeKind
	andKind
	orKind
	notKind
	plusKind
	wildcardKind
	fuzzyKind
	regexpKind
	rangeKind
	nearKind
	countKind // the word count before its parenthesis
)

// lexeme is one piece of a query. Its text has no escapes left, but for that of
// wildcardKind.
type lexeme struct {
	kind    kind
	text    string
	offset  int
	plain   bool // a word without escapes
	number  int  // of fuzzyKind and nearKind
	ordered bool // nearKind: ~>
	lo, hi  Bound
}

type lexer struct {
	src    string
	at     int
	fields []string

	depth int // open parentheses
	count int // depth within count( ); 0 outside
}

// lex cuts src into lexemes, the last of them of endKind.
func lex(src string, fields []string) ([]lexeme, error) {
	l := &lexer{src: src, fields: fields}
	var all []lexeme
	for {
		x, err := l.next()
		if err != nil {
			return nil, err
		}
		l.nest(x.kind)
		all = append(all, x)
		if x.kind == endKind {
			return all, nil
		}
	}
}

// nest follows the parentheses, since count( ) has fields of its own.
func (l *lexer) nest(k kind) {
	switch k {
	case countKind:
		l.count = l.depth + 1
	case openKind:
		l.depth++
	case closeKind:
		if l.depth == l.count {
			l.count = 0
		}
		l.depth--
	}
}

func (l *lexer) rest() string { return l.src[l.at:] }

func (l *lexer) fail(offset int, k Kind, parts ...string) error {
	return newError(k, l.src, offset, parts...)
}

// take makes a lexeme of the next n bytes.
func (l *lexer) take(k kind, n int) lexeme {
	x := lexeme{kind: k, text: l.src[l.at : l.at+n], offset: l.at}
	l.at += n
	return x
}

func (l *lexer) next() (lexeme, error) {
	l.at = len(l.src) - len(strings.TrimLeftFunc(l.rest(), unicode.IsSpace))
	rest := l.rest()
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case rest == "":
		return l.take(endKind, 0), nil
	case isOpen(r):
		return l.take(openKind, size), nil
	case isClose(r):
		return l.take(closeKind, size), nil
	case closer(r) != 0:
		return l.phrase(closer(r), size)
	case r == '-' || r == '!':
		return l.sign(notKind)
	case r == '+':
		return l.sign(plusKind)
	case r == '/':
		return l.regexp()
	case r == '<' || r == '>':
		return l.comparison()
	case r == '[' || r == '{':
		return l.between()
	case strings.ContainsRune(startSpecial, r):
		return lexeme{}, l.fail(l.at, RangeBracket, strconv.Quote(string(r)), string(r))
	case strings.HasPrefix(rest, everything) && l.endsAt(l.at+len(everything)):
		return l.take(allKind, len(everything)), nil
	}
	return l.word()
}

// endsAt reports whether no bare word goes on at offset at.
func (l *lexer) endsAt(at int) bool {
	return at == len(l.src) || endsWord(firstRune(l.src[at:]))
}

// sign reads one of + - ! which must stand right before what it is for.
func (l *lexer) sign(k kind) (lexeme, error) {
	x := l.take(k, 1)
	after := firstRune(l.rest())
	if after == 0 || unicode.IsSpace(after) || isClose(after) {
		return x, l.fail(x.offset, LoneSign, strconv.Quote(x.text))
	}
	return x, nil
}

func (l *lexer) phrase(closer rune, size int) (lexeme, error) {
	x := lexeme{kind: phraseKind, offset: l.at}
	l.at += size
	var text strings.Builder
	for l.at < len(l.src) {
		r, size := utf8.DecodeRuneInString(l.rest())
		l.at += size
		if r == closer {
			x.text = text.String()
			return x, l.near(&x)
		}
		if r == '\\' {
			var err error
			if r, err = l.escaped(); err != nil {
				return x, err
			}
		}
		text.WriteRune(r)
	}
	return x, l.fail(x.offset, OpenQuote, string(closer))
}

// escaped reads the character whose meaning a backslash took.
func (l *lexer) escaped() (rune, error) {
	r, size := utf8.DecodeRuneInString(l.rest())
	if size == 0 {
		return 0, l.fail(l.at-1, LoneBackslash)
	}
	l.at += size
	return r, nil
}

// word reads a bare word, an operator, the name of a field, a wildcard or a
// fuzzy word.
func (l *lexer) word() (lexeme, error) {
	x := lexeme{kind: wordKind, offset: l.at, plain: true}
	var text, pattern strings.Builder
	for !l.endsAt(l.at) {
		r, size := utf8.DecodeRuneInString(l.rest())
		if x.plain && x.kind == wordKind && isColon(r) && isName(l.src[x.offset:l.at]) {
			if name, err := l.field(x.offset, r); name != "" || err != nil {
				l.at += size
				return lexeme{kind: fieldKind, text: name, offset: x.offset}, err
			}
		}
		switch {
		case r == '~':
			x.text = text.String()
			return x, l.fuzzy(&x)
		case r == '^':
			return x, l.fail(l.at, Boost)
		case r == '*' || r == '?':
			x.kind = wildcardKind
		}
		l.at += size
		escaped := r == '\\'
		if escaped {
			x.plain = false
			var err error
			if r, err = l.escaped(); err != nil {
				return x, err
			}
		}
		text.WriteRune(r)
		if strings.ContainsRune(`*?\`, r) && escaped {
			pattern.WriteByte('\\')
		}
		pattern.WriteRune(r)
	}
	x.text = text.String()
	switch {
	case x.kind == wildcardKind:
		x.text = pattern.String()
	case x.plain:
		x.kind = l.operator(x.text)
	}
	return x, nil
}

// field is the known name before the colon at l.at; empty when a Chinese
// colon follows a word that is none.
func (l *lexer) field(start int, colon rune) (string, error) {
	name := strings.ToLower(l.src[start:l.at])
	fields := l.fields
	if l.count > 0 {
		fields = CountFields()
	}
	if slices.Contains(fields, name) {
		return name, nil
	}
	if colon != ':' {
		return "", nil
	}
	return "", l.fail(start, NoField, strconv.Quote(name), strings.Join(fields, ", "))
}

// operator is the kind of a bare word that has just been read.
func (l *lexer) operator(word string) kind {
	switch word {
	case "AND", "&&":
		return andKind
	case "OR", "||":
		return orKind
	case "NOT":
		return notKind
	}
	if strings.EqualFold(word, "count") && isOpen(firstRune(l.rest())) {
		return countKind
	}
	return wordKind
}
