package index

import (
	"strings"
	"unicode/utf8"

	"jianbao/index/query"
)

// part is words side by side.
type part struct {
	slots  []slot
	length int // positions from the start of its first word to the end of its last
}

// slot is one word of a part.
type slot struct {
	field, text string
	pos         int   // behind that of the first word
	not         *slot // words that begin with its text may not stand at the same place
}

// newPart makes a part of words that are found in field.
func newPart(field string, words []term) part {
	first, last := words[0], words[len(words)-1]
	p := part{length: last.pos - first.pos + utf8.RuneCountInString(last.text)}
	for _, w := range words {
		p.slots = append(p.slots, slot{field: field, text: w.text, pos: w.pos - first.pos})
	}
	return p
}

// parts are the parts of a Near in a field. Without white space in the text its
// words are the parts.
func (l *Language) parts(field string, n query.Near) []part {
	var out []part
	typed := strings.Fields(n.Text)
	for _, text := range typed {
		if words := l.words(text); len(words) > 0 {
			out = append(out, newPart(field, words))
		}
	}
	if len(typed) > 1 {
		return out
	}
	out = nil
	for _, w := range l.words(n.Text) {
		out = append(out, newPart(field, []term{w}))
	}
	return out
}
