package pipeline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/corpus/diff"
	"jianbao/extract/number"
	"jianbao/segment/script"
)

// diffPart is a piece of two texts, as each prints it. Equal pieces may be
// printed in different scripts.
type diffPart struct {
	A, B  string
	Equal bool // the same words, folded

	a, b corpus.Span // in the folded texts
	of   *bothTexts
}

// Change is what stands in one text where the other has something else, with
// what surrounds it.
type Change struct {
	A      string `json:"a"` // as the article that was asked for prints it; empty when only the other has it
	B      string `json:"b"`
	Before string `json:"before"` // what stands around it, in the article that has it
	After  string `json:"after"`
}

// wordsOf is a text cut into words, white space left out: mirrors set lines and
// indents as they like.
type wordsOf struct {
	text   string
	folded script.Folded
	tokens []corpus.Token
	words  []string // folded
}

func (p *Pipeline) wordsOf(text string) wordsOf {
	w := wordsOf{text: text, folded: script.Fold(text)}
	for _, t := range p.segmenter.Append(nil, w.folded.Text) {
		word := w.folded.Text[t.Start:t.End]
		if strings.TrimSpace(word) != "" {
			w.tokens, w.words = append(w.tokens, t), append(w.words, word)
		}
	}
	return w
}

// span is a range of words in the folded text.
func (w *wordsOf) span(r diff.Range) corpus.Span {
	switch {
	case r.Len() > 0:
		return corpus.Span{Start: w.tokens[r.From].Start, End: w.tokens[r.To-1].End}
	case r.From > 0:
		return corpus.Span{Start: w.tokens[r.From-1].End, End: w.tokens[r.From-1].End}
	}
	return corpus.Span{}
}

// printed is a span of the folded text as it was printed.
func (w *wordsOf) printed(s corpus.Span) string { return w.folded.SourceSpan(s).Of(w.text) }

// maxEdits is by how many words two texts may differ to be compared to the
// end; beyond it the rest is one piece. It bounds the memory to some MB.
const maxEdits = 2000

// parts compares two printed texts word by word, in either script.
func (p *Pipeline) parts(a, b string) []diffPart {
	of := &bothTexts{p.wordsOf(a), p.wordsOf(b)}
	var parts []diffPart
	add := func(x, y diff.Range, equal bool) {
		if x.Len()+y.Len() == 0 {
			return
		}
		part := diffPart{Equal: equal, a: of[0].span(x), b: of[1].span(y), of: of}
		part.A, part.B = of[0].printed(part.a), of[1].printed(part.b)
		parts = append(parts, part)
	}
	var last diff.Hunk
	for _, h := range diff.Compare(of[0].words, of[1].words, maxEdits) {
		add(diff.Range{From: last.A.To, To: h.A.From}, diff.Range{From: last.B.To, To: h.B.From}, true)
		add(h.A, h.B, false)
		last = h
	}
	add(diff.Range{From: last.A.To, To: len(of[0].words)}, diff.Range{From: last.B.To, To: len(of[1].words)}, true)
	return parts
}

// changes are the parts that differ: the numbers that say something else, and
// the words besides them. 十二个 for 12个 is another word and the same number.
func (p *Pipeline) changes(parts []diffPart) (numbers, words []Change) {
	numbers, words = []Change{}, []Change{}
	if len(parts) == 0 {
		return numbers, words
	}
	of := parts[0].of
	left, right := quantitiesOf(of[0].folded.Text), quantitiesOf(of[1].folded.Text)
	for _, part := range parts {
		if part.Equal {
			continue
		}
		gone, came := left.overlapping(part.a), right.overlapping(part.b)
		switch { // 近20个 for 20个: the word that differs is part of one number only
		case len(gone) > 0 && len(came) == 0:
			came = right.touching(part.b)
		case len(came) > 0 && len(gone) == 0:
			gone = left.touching(part.a)
		}
		differ := of.numbers(gone, came)
		numbers = append(numbers, differ...)
		left, right = left.behind(gone), right.behind(came)
		if whole := len(differ) == 1 && len(gone) == 1 && len(came) == 1; !whole || !gone[0].Span.Contains(part.a) || !came[0].Span.Contains(part.b) {
			words = append(words, of.change(part.a, part.b))
		}
	}
	return numbers, words
}

// bothTexts are the texts that were compared.
type bothTexts [2]wordsOf

// quantity is a number that may differ.
type quantity struct {
	number.Quantity
	text string
}

// quantities are numbers of a folded text, in order.
type quantities []quantity

// quantitiesOf are the numbers of a folded text, but for those that are part
// of a name or number a list.
func quantitiesOf(folded string) quantities {
	var out quantities
	for _, q := range number.Append(nil, folded) {
		if q.Kind != number.Name && q.Kind != number.Marker {
			out = append(out, quantity{q, q.Span.Of(folded)})
		}
	}
	return out
}

// overlapping are those that lie in a span, wholly or in part.
func (q quantities) overlapping(s corpus.Span) quantities {
	from, _ := slices.BinarySearchFunc(q, s.Start+1, func(x quantity, at int) int { return x.Span.End - at })
	to, _ := slices.BinarySearchFunc(q, s.End, func(x quantity, at int) int { return x.Span.Start - at })
	return q[from:max(from, to)]
}

// touching are those that lie in a span or end or begin at its borders.
func (q quantities) touching(s corpus.Span) quantities {
	return q.overlapping(corpus.Span{Start: s.Start - 1, End: s.End + 1})
}

// behind are those after the last of used, which are some of q.
func (q quantities) behind(used quantities) quantities {
	if len(used) == 0 {
		return q
	}
	last := used[len(used)-1].Span.End
	from, _ := slices.BinarySearchFunc(q, last+1, func(x quantity, at int) int { return x.Span.End - at })
	return q[from:]
}

// same reports whether two numbers say the same.
func (q quantity) same(o quantity) bool {
	return q.text == o.text || q.Kind == o.Kind && q.Count == o.Count && q.Count != (corpus.Count{})
}

// numbers pairs the numbers of a piece in one text with those in the other:
// what both say is left out; as many on either side are taken for each other.
func (of *bothTexts) numbers(gone, came quantities) []Change {
	var out []Change
	onlyIn := func(in, other quantities) quantities {
		return slices.DeleteFunc(slices.Clone(in), func(q quantity) bool { return slices.ContainsFunc(other, q.same) })
	}
	gone, came = onlyIn(gone, came), onlyIn(came, gone)
	if len(gone) == len(came) {
		for i := range gone {
			out = append(out, of.change(gone[i].Span, came[i].Span))
		}
		return out
	}
	for _, q := range gone {
		out = append(out, of.change(q.Span, corpus.Span{}))
	}
	for _, q := range came {
		out = append(out, of.change(corpus.Span{}, q.Span))
	}
	return out
}

// around is how many characters of the surroundings a change shows.
const around = 8

// change is what stands in both folded texts at a and b.
func (of *bothTexts) change(a, b corpus.Span) Change {
	c := Change{A: of[0].printed(a), B: of[1].printed(b)}
	at, w := a, &of[0]
	if a.Empty() {
		at, w = b, &of[1]
	}
	span := w.folded.SourceSpan(at)
	c.Before, c.After = lastRunes(w.text[:span.Start], around), firstRunes(w.text[span.End:], around)
	return c
}

// lastRunes are up to n characters at the end of a text, within its last line.
func lastRunes(s string, n int) string {
	s = s[strings.LastIndexByte(s, '\n')+1:]
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}

// firstRunes are up to n characters at the start of a text, within its first
// line.
func firstRunes(s string, n int) string {
	s, _, _ = strings.Cut(s, "\n")
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
