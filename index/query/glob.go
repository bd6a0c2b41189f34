package query

import "unicode/utf8"

// Glob is the pattern of a [Wildcard], ready to be matched.
type Glob struct{ parts []globPart }

// globPart is a literal character, any one character or any number of them.
type globPart struct {
	kind globKind
	r    rune
}

type globKind int

const (
	literal globKind = iota
	anyOne
	anyMany
)

// NewGlob prepares a pattern.
func NewGlob(pattern string) Glob {
	var g Glob
	escaped := false
	for _, r := range pattern {
		switch {
		case r == '\\' && !escaped:
			escaped = true
			continue
		case r == '*' && !escaped:
			if n := len(g.parts); n == 0 || g.parts[n-1].kind != anyMany {
				g.parts = append(g.parts, globPart{kind: anyMany})
			}
		case r == '?' && !escaped:
			g.parts = append(g.parts, globPart{kind: anyOne})
		default:
			g.parts = append(g.parts, globPart{literal, r})
		}
		escaped = false
	}
	return g
}

// Prefix is what every word begins with that matches.
func (g Glob) Prefix() string {
	var b []byte
	for _, p := range g.parts {
		if p.kind != literal {
			break
		}
		b = utf8.AppendRune(b, p.r)
	}
	return string(b)
}

// Match reports whether all of word is as the pattern says. Its time is bounded
// by the product of both lengths.
func (g Glob) Match(word string) bool {
	at, part := 0, 0
	back, backPart := 0, -1 // where the last * may take one more character
	for at < len(word) {
		r, size := utf8.DecodeRuneInString(word[at:])
		switch {
		case part < len(g.parts) && g.parts[part].kind == anyMany:
			back, backPart = at, part
			part++
		case part < len(g.parts) && (g.parts[part].kind == anyOne || g.parts[part].r == r):
			at, part = at+size, part+1
		case backPart >= 0:
			_, size := utf8.DecodeRuneInString(word[back:])
			back += size
			at, part = back, backPart+1
		default:
			return false
		}
	}
	for part < len(g.parts) && g.parts[part].kind == anyMany {
		part++
	}
	return part == len(g.parts)
}
