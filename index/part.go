package index

import (
	"strings"

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
	p := part{length: extent(words)}
	for _, w := range words {
		p.slots = append(p.slots, slot{field: field, text: w.text, pos: w.pos - words[0].pos})
	}
	return p
}

// parts are the parts of a Near in a field.
func (l *Language) parts(field string, n query.Near) []part {
	var out []part
	for _, words := range l.nearWords(n) {
		out = append(out, newPart(field, words))
	}
	return out
}

// nearWords are the words of the parts of a Near. Without white space in the text
// its words are the parts.
func (l *Language) nearWords(n query.Near) [][]term {
	var out [][]term
	typed := strings.Fields(n.Text)
	for _, text := range typed {
		if words := l.words(text); len(words) > 0 {
			out = append(out, words)
		}
	}
	if len(typed) > 1 {
		return out
	}
	out = nil
	for _, w := range l.words(n.Text) {
		out = append(out, []term{w})
	}
	return out
}
