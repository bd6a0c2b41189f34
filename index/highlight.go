package index

import (
	"slices"
	"strings"

	"jianbao/corpus"
	"jianbao/index/query"
)

// Highlighter finds the words of one query in texts. It may be used from
// several goroutines at once.
type Highlighter struct {
	lang  *Language
	asked []asked
}

// asked is one term or phrase that a query asks for.
type asked struct {
	field string // empty: the title or the text
	words []term
	match func(string) bool // instead of words: any word that passes
}

// match is one place where a text has what was asked for.
type match struct {
	span  corpus.Span
	asked int // index of what was asked for
}

// Highlighter prepares a query. What it forbids is not highlighted.
func (r *Reader) Highlighter(q query.Node) *Highlighter {
	h := &Highlighter{lang: &r.lang}
	h.collect(q)
	return h
}

func (h *Highlighter) collect(n query.Node) {
	switch n := n.(type) {
	case query.And:
		for _, m := range n.Nodes {
			h.collect(m)
		}
	case query.Or:
		for _, m := range n.Nodes {
			h.collect(m)
		}
	case query.Term:
		h.add(n.Field, n.Text)
	case query.Phrase:
		h.add(n.Field, n.Text)
	case query.Near:
		h.addParts(n)
	case query.Wildcard, query.Fuzzy, query.Regexp:
		field, p, _ := h.lang.pattern(n)
		h.asked = append(h.asked, asked{field: field, match: p.match})
	}
}

// addParts marks the parts of a Near one by one.
func (h *Highlighter) addParts(n query.Near) {
	parts := strings.Fields(n.Text)
	if len(parts) > 1 {
		for _, part := range parts {
			h.add(n.Field, part)
		}
		return
	}
	for _, w := range h.lang.words(n.Text) {
		h.add(n.Field, w.text)
	}
}

func (h *Highlighter) add(field, text string) {
	if field == query.Exact {
		field = "" // the folded text does not tell how it was printed
	}
	a := asked{field: field, words: h.lang.words(text)}
	known := slices.ContainsFunc(h.asked, func(b asked) bool {
		return a.field == b.field && b.match == nil && slices.Equal(a.words, b.words)
	})
	if len(a.words) > 0 && !known {
		h.asked = append(h.asked, a)
	}
}

// Spans are the places in a field's text that the query asks for, in bytes of
// the folded text, ordered and not overlapping. Field is query.Title,
// query.Text, query.Source or query.Place.
func (h *Highlighter) Spans(field, folded string) []corpus.Span {
	return h.SpansOf(field, folded, h.lang.Segment(nil, folded))
}

// Lone are the words that the query asks for in a field, each as it stands in the
// index; false when it asks for phrases there too. A text without any of them,
// in small letters and narrow, has no span.
func (h *Highlighter) Lone(field string) (words []string, ok bool) {
	for _, a := range h.asked {
		if !a.isFor(field) {
			continue
		}
		if len(a.words) != 1 { // a pattern has none
			return nil, false
		}
		words = append(words, a.words[0].text)
	}
	return words, true
}

// isFor reports whether a is looked for in a field.
func (a asked) isFor(field string) bool {
	return a.field == field || a.field == "" && (field == query.Title || field == query.Text)
}

// SpansOf is Spans in a text that was cut into words already. Who looks for
// lone words may leave out words of the text.
func (h *Highlighter) SpansOf(field, folded string, tokens []corpus.Token) []corpus.Span {
	found := h.matches(field, folded, tokens)
	spans := make([]corpus.Span, len(found))
	for i, m := range found {
		spans[i] = m.span
	}
	return merged(spans)
}

// merged joins those of the ordered spans that overlap.
func merged(spans []corpus.Span) []corpus.Span {
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && out[n-1].Overlaps(s) {
			out[n-1] = out[n-1].Join(s)
			continue
		}
		out = append(out, s)
	}
	return out
}

// matches are the places in order of their starts, the same way that the index
// finds them: words by position.
func (h *Highlighter) matches(field, folded string, tokens []corpus.Token) []match {
	terms := h.lang.terms(folded, tokens)
	at := h.places(terms)
	var found []match
	for i, a := range h.asked {
		if !a.isFor(field) {
			continue
		}
		if a.match != nil {
			for _, t := range terms {
				if a.match(t.text) {
					found = append(found, match{t.span, i})
				}
			}
			continue
		}
		if a.match != nil {
			for _, t := range terms {
				if a.match(t.text) {
					found = append(found, match{t.span, i})
				}
			}
			continue
		}
		for pos, first := range at[a.words[0].text] {
			if last, ok := follow(at, a.words, pos); ok {
				found = append(found, match{first.Join(last), i})
			}
		}
	}
	slices.SortFunc(found, compareMatches)
	return found
}

func compareMatches(a, b match) int {
	if a.span.Start != b.span.Start {
		return a.span.Start - b.span.Start
	}
	if a.span.End != b.span.End {
		return a.span.End - b.span.End
	}
	return a.asked - b.asked
}

// places are the spans of the asked words by word and position.
func (h *Highlighter) places(terms []term) map[string]map[int]corpus.Span {
	at := map[string]map[int]corpus.Span{}
	for _, a := range h.asked {
		for _, w := range a.words {
			at[w.text] = map[int]corpus.Span{}
		}
	}
	for _, t := range terms {
		if places, ok := at[t.text]; ok {
			places[t.pos] = t.span
		}
	}
	return at
}

// follow is the span of the last of words when the first stands at pos.
func follow(at map[string]map[int]corpus.Span, words []term, pos int) (last corpus.Span, ok bool) {
	for _, w := range words {
		if last, ok = at[w.text][pos+w.pos-words[0].pos]; !ok {
			return last, false
		}
	}
	return last, true
}
