package index

import (
	"cmp"
	"reflect"
	"slices"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/index/query"
)

// Highlighter finds the words of one query in texts, and for snippets the
// mentions that it asks for. It may be used from several goroutines at once.
type Highlighter struct {
	lang     *Language
	asked    []asked
	words    map[string]bool             // that stand in any of asked
	mentions []func(*query.Mention) bool // tests of what else is asked for
}

// asked is one thing that a query asks for.
type asked struct {
	field string // empty: the title or the text
	finder
}

// finder finds what was asked for among the words of a text.
type finder interface {
	// find appends the places to mark, in any order.
	find(dst []corpus.Span, in *scene) []corpus.Span

	// anchor is a word without which there is no place, and how many positions
	// from the start of that word what it belongs to can reach, to either side.
	// It is "" when no word is sure to be there.
	anchor() (word string, reach int)
}

// match is one place where a text has what was asked for.
type match struct {
	span    corpus.Span
	asked   int  // index of what was asked for; mentions follow on words
	mention bool // it is one
}

// Highlighter prepares a query. What it forbids is not highlighted.
func (r *Reader) Highlighter(q query.Node) *Highlighter {
	h := &Highlighter{lang: &r.lang, words: map[string]bool{}}
	h.collect(q)
	return h
}

func (h *Highlighter) collect(n query.Node) {
	if test := h.lang.mentionTest(n); test != nil {
		h.mentions = append(h.mentions, test)
		return
	}
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
		h.addText(n.Field, n.Text)
	case query.Phrase:
		h.addText(n.Field, n.Text)
	case query.Near:
		h.addNear(n)
	case query.Wildcard, query.Fuzzy, query.Regexp:
		field, p, _ := h.lang.pattern(n)
		h.add(field, patternFinder{p.match})
	}
}

func (h *Highlighter) addText(field, text string) {
	if field == query.Exact {
		if words, forms := h.lang.wordsAndForms(text); len(words) > 0 {
			h.add("", exactFinder{phraseFinder{words}, forms}, words...)
		}
		return
	}
	if words := h.lang.words(text); len(words) > 0 {
		h.add(field, phraseFinder{words}, words...)
	}
}

func (h *Highlighter) addNear(n query.Near) {
	if parts := h.lang.nearWords(n); len(parts) > 0 {
		h.add(n.Field, nearFinder{parts, nearness{n.Distance, n.Ordered}}, slices.Concat(parts...)...)
	}
}

// add looks for something once, and keeps the places of words for it.
func (h *Highlighter) add(field string, f finder, words ...term) {
	a := asked{field, f}
	if !slices.ContainsFunc(h.asked, func(b asked) bool { return reflect.DeepEqual(a, b) }) {
		h.asked = append(h.asked, a)
	}
	for _, w := range words {
		h.words[w.text] = true
	}
}

// isFor reports whether a is looked for in a field.
func (a asked) isFor(field string) bool {
	return a.field == field || a.field == "" && (field == query.Title || field == query.Text)
}

// Spans are the places in a field's text that the query asks for, in bytes of
// the folded text, ordered and not overlapping. The printed text has as many
// characters as the folded one. Field is query.Title, query.Text, query.Source
// or query.Place.
func (h *Highlighter) Spans(field, folded, printed string) []corpus.Span {
	spans, _ := h.Around(field, folded, printed, 0)
	return spans
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

// spansOf are the places of matches.
func spansOf(found []match) []corpus.Span {
	spans := make([]corpus.Span, len(found))
	for i, m := range found {
		spans[i] = m.span
	}
	return merged(spans)
}

// matches are the places in order of their starts, the same way that the index
// finds them: words by position. Tokens are words of the text side by side.
func (h *Highlighter) matches(field, folded string, tokens []corpus.Token, forms *printedForms) []match {
	if !slices.ContainsFunc(h.asked, func(a asked) bool { return a.isFor(field) }) {
		return nil
	}
	in := &scene{terms: h.lang.terms(folded, tokens), at: map[string][]term{}, forms: forms}
	for _, t := range in.terms {
		if h.words[t.text] {
			in.at[t.text] = append(in.at[t.text], t)
		}
	}
	for _, places := range in.at {
		slices.SortFunc(places, func(a, b term) int { return a.pos - b.pos })
	}
	var found []match
	var spans []corpus.Span
	for i, a := range h.asked {
		if !a.isFor(field) {
			continue
		}
		spans = a.find(spans[:0], in)
		for _, s := range spans {
			found = append(found, match{span: s, asked: i})
		}
	}
	slices.SortFunc(found, compareMatches)
	return slices.Compact(found)
}

func compareMatches(a, b match) int {
	return cmp.Or(a.span.Start-b.span.Start, a.span.End-b.span.End, a.asked-b.asked)
}

// scene is the words of a text, or of a part of it, while they are looked at.
type scene struct {
	terms []term
	at    map[string][]term // by word, for those that were asked for, in order of position
	forms *printedForms
}

// standing is the place of a word at a position.
func (s *scene) standing(word string, pos int) (term, bool) {
	places := s.at[word]
	i, ok := slices.BinarySearchFunc(places, pos, func(t term, pos int) int { return t.pos - pos })
	if !ok {
		return term{}, false
	}
	return places[i], true
}

// patternFinder finds words that pass a test.
type patternFinder struct{ match func(word string) bool }

func (f patternFinder) find(dst []corpus.Span, in *scene) []corpus.Span {
	for _, t := range in.terms {
		if f.match(t.text) {
			dst = append(dst, t.span)
		}
	}
	return dst
}

func (f patternFinder) anchor() (string, int) { return "", 0 }

// phraseFinder finds words side by side.
type phraseFinder struct{ words []term }

func (f phraseFinder) find(dst []corpus.Span, in *scene) []corpus.Span {
	return f.findWhere(dst, in, func(int, term) bool { return true })
}

// findWhere finds the words where each place passes a test.
func (f phraseFinder) findWhere(dst []corpus.Span, in *scene, test func(i int, at term) bool) []corpus.Span {
	for _, first := range in.at[f.words[0].text] {
		if span, ok := f.follow(first, in, test); ok {
			dst = append(dst, span)
		}
	}
	return dst
}

// follow is the place of all words when the first stands at a place.
func (f phraseFinder) follow(first term, in *scene, test func(int, term) bool) (span corpus.Span, ok bool) {
	span = first.span
	for i, w := range f.words {
		at, ok := in.standing(w.text, first.pos+w.pos-f.words[0].pos)
		if !ok || !test(i, at) {
			return span, false
		}
		span = span.Join(at.span)
	}
	return span, true
}

func (f phraseFinder) anchor() (string, int) {
	if len(f.words) == 1 {
		return f.words[0].text, 0
	}
	return longest(f.words), extent(f.words)
}

// longest is the longest of words, which is likely to be rare.
func longest(words []term) string {
	return slices.MaxFunc(words, func(a, b term) int { return len(a.text) - len(b.text) }).text
}

// extent is how many positions words take that stand side by side.
func extent(words []term) int {
	first, last := words[0], words[len(words)-1]
	return last.pos - first.pos + utf8.RuneCountInString(last.text)
}

// exactFinder finds words side by side that were printed in given forms.
type exactFinder struct {
	phraseFinder
	forms []string
}

func (f exactFinder) find(dst []corpus.Span, in *scene) []corpus.Span {
	return f.findWhere(dst, in, func(i int, at term) bool { return in.forms.of(at) == f.forms[i] })
}
