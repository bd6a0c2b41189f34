package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
)

// Around is [Highlighter.Spans] with the words of the text around the places, in
// order: those of the pieces in which the places lie, and so many words more, as
// far as there are any, on either side of them. Only there the text is cut, if
// the language can do that.
func (h *Highlighter) Around(field, folded, printed string, beside int) (spans []corpus.Span, tokens []corpus.Token) {
	forms := newPrintedForms(folded, printed)
	if parts, ok := h.parts(field, folded); ok {
		c := cutting{lang: h.lang, folded: folded, beside: beside, sure: true}
		var found []match
		for i, part := range parts {
			limit := len(folded)
			if i+1 < len(parts) {
				limit = parts[i+1].Start
			}
			found = append(found, h.matches(field, folded, c.part(part, limit), forms)...)
		}
		if c.sure {
			return spansOf(found), c.tokens
		}
	}
	tokens = h.lang.Segment(nil, folded)
	return spansOf(h.matches(field, folded, tokens, forms)), tokens
}

// parts are the pieces of a text in which something can be found, those side by
// side joined where one place can lie in several, in order. It is false when
// that cannot be told without cutting the text.
func (h *Highlighter) parts(field, folded string) (parts []corpus.Span, ok bool) {
	if h.lang.Piece == nil {
		return nil, false
	}
	text := newLetters(folded)
	for _, a := range h.asked {
		if !a.isFor(field) {
			continue
		}
		word, reach := a.anchor()
		if word == "" || !text.canFind(word) {
			return nil, false
		}
		for at := text.next(word, 0); at >= 0; {
			near := around(folded, at, reach)
			if n := len(parts); n == 0 || !parts[n-1].Contains(near) { // a line of a megabyte is looked over once
				parts = append(parts, h.widen(folded, near))
			}
			_, size := utf8.DecodeRuneInString(word)
			if reach == 0 {
				size = parts[len(parts)-1].End - at
			}
			at = text.next(word, at+size)
		}
	}
	slices.SortFunc(parts, func(a, b corpus.Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	return merged(parts), true
}

// around is all that stands up to so many positions to either side of byte at, and
// at least the letter there. A letter or a number takes a position, a mark at most
// one, so that as many letters and numbers are enough.
func around(folded string, at, reach int) corpus.Span {
	_, size := utf8.DecodeRuneInString(folded[at:])
	near := corpus.Span{Start: at, End: at + size}
	for n := 0; n < reach && near.Start > 0; {
		r, size := utf8.DecodeLastRuneInString(folded[:near.Start])
		if near.Start -= size; isWordly(r) {
			n++
		}
	}
	for n, next := 0, at; n < reach && next < len(folded); {
		r, size := utf8.DecodeRuneInString(folded[next:])
		if next += size; isWordly(r) {
			n++
		}
		near.End = next
	}
	return near
}

// widen is the pieces that a span lies in.
func (h *Highlighter) widen(folded string, near corpus.Span) corpus.Span {
	start, _ := h.lang.Piece(folded, near.Start)
	_, end := h.lang.Piece(folded, lastRune(folded, near.End))
	return corpus.Span{Start: start, End: end}
}

// cutting cuts parts of a text, one behind the other, and what is around them.
type cutting struct {
	lang   *Language
	folded string
	beside int // how many words to cut to either side
	tokens []corpus.Token
	end    int  // up to where the text was dealt with
	sure   bool // the words are those of the whole text
}

// part cuts a part and what is around it up to the next one, which begins at
// limit, and returns the words of the part alone.
func (c *cutting) part(part corpus.Span, limit int) []corpus.Token {
	from := part.Start
	for n := 0; n < c.beside && from > c.end; {
		start, _ := c.lang.Piece(c.folded, lastRune(c.folded, from))
		n += c.count(c.cut(nil, corpus.Span{Start: start, End: from}))
		from = start
	}
	c.tokens = c.cut(c.tokens, corpus.Span{Start: from, End: part.Start})
	first := len(c.tokens)
	c.tokens = c.cut(c.tokens, part)
	last := len(c.tokens)
	c.end = part.End
	for n := 0; n < c.beside && c.end < limit; {
		_, end := c.lang.Piece(c.folded, c.end)
		before := len(c.tokens)
		c.tokens = c.cut(c.tokens, corpus.Span{Start: c.end, End: end})
		n += c.count(c.tokens[before:])
		c.end = end
	}
	return c.tokens[first:last:last]
}

func (c *cutting) cut(dst []corpus.Token, pieces corpus.Span) []corpus.Token {
	if pieces.Empty() || !c.sure {
		return dst
	}
	dst, c.sure = c.lang.SegmentPieces(dst, c.folded, pieces)
	return dst
}

// count is how many of tokens are words.
func (c *cutting) count(tokens []corpus.Token) int {
	n := 0
	for _, t := range tokens {
		if kindOf(c.folded[t.Start:t.End]) == wordly {
			n++
		}
	}
	return n
}

// lastRune is where the last character before byte at begins.
func lastRune(text string, at int) int {
	_, size := utf8.DecodeLastRuneInString(text[:at])
	return at - size
}

func isWordly(r rune) bool {
	return 0x4E00 <= r && r < 0xA000 || unicode.IsLetter(r) || unicode.IsNumber(r)
}

// letters is a text in which words are looked for as they stand in the index.
type letters struct {
	folded string
	normal string // with offsets of folded; "" until it is asked for
	same   bool   // normal could be made
}

func newLetters(folded string) *letters { return &letters{folded: folded} }

// canFind prepares for a word. Words of Chinese characters stand in the text as
// they do in the index; for others it is brought into small and narrow letters,
// which must not change its offsets.
func (l *letters) canFind(word string) bool {
	if isChinese(word) {
		return true
	}
	if l.normal == "" {
		l.normal, l.same = normalInPlace(l.folded)
	}
	return l.same && !strings.ContainsFunc(word, func(r rune) bool { return !isWordly(r) })
}

// next is where a word stands at or behind a byte; -1 for nowhere.
func (l *letters) next(word string, at int) int {
	text := l.folded
	if !isChinese(word) {
		text = l.normal
	}
	if i := strings.Index(text[at:], word); i >= 0 {
		return at + i
	}
	return -1
}

func isChinese(word string) bool {
	for _, r := range word {
		if r < 0x2E80 || r >= 0xA000 {
			return false
		}
	}
	return true
}

// normalInPlace is normal of a text, but for the marks, which stay; false when a
// character of it has another length then.
func normalInPlace(text string) (string, bool) {
	same := true
	out := strings.Map(func(r rune) rune {
		to := r
		if isWordly(r) {
			to = normalRune(r)
		}
		same = same && r != utf8.RuneError && utf8.RuneLen(to) == utf8.RuneLen(r)
		return to
	}, text)
	return out, same
}
