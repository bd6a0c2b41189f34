package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// everything is the query that matches every document.
const everything = "*:*"

// closer is the quote that ends what r opens; 0 when r opens no phrase.
func closer(r rune) rune {
	switch r {
	case '"':
		return '"'
	case '“':
		return '”'
	case '「':
		return '」'
	}
	return 0
}

// What Lucene gives a meaning to at the start of a term, and wherever it
// stands. The colon has its meaning after a field's name.
const (
	startSpecial = `+-![]{}/<>`
	wordSpecial  = `*?~^`
)

// endsWord reports whether r cannot be part of a bare word.
func endsWord(r rune) bool {
	return closer(r) != 0 || isOpen(r) || isClose(r) || unicode.IsSpace(r)
}

func isOpen(r rune) bool  { return r == '(' || r == '（' }
func isClose(r rune) bool { return r == ')' || r == '）' }
func isColon(r rune) bool { return r == ':' || r == '：' }

// isOperator reports whether a bare word is one of the language's own.
func isOperator(word string) bool {
	switch word {
	case "AND", "OR", "NOT", "&&", "||":
		return true
	}
	return false
}

// isName reports whether s is shaped like the name of a field.
func isName(s string) bool {
	for i, r := range s {
		letter := r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (i == 0 || !strings.ContainsRune(".-0123456789", r)) {
			return false
		}
	}
	return s != ""
}

// escapeWord writes text so that it parses as one bare word.
func escapeWord(text string) string {
	if isOperator(text) {
		return `\` + text
	}
	var b strings.Builder
	for i, r := range text {
		special := r == '\\' || isColon(r) || endsWord(r) || strings.ContainsRune(wordSpecial, r)
		if special || i == 0 && strings.ContainsRune(startSpecial, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// escapePattern writes a wildcard pattern so that it parses as one.
func escapePattern(pattern string) string {
	var b strings.Builder
	literal := false
	for i, r := range pattern {
		special := isColon(r) || endsWord(r) || r == '~' || r == '^' || i == 0 && strings.ContainsRune(startSpecial, r)
		if special && !literal {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		literal = !literal && r == '\\'
	}
	return b.String()
}

// escapePhrase writes text so that it parses between ASCII quotes.
func escapePhrase(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), `"`, `\"`)
}

// firstRune is the first rune of s; 0 when s is empty.
func firstRune(s string) rune {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
