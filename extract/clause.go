package extract

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/extract/number"
)

// quantity is a number that may count something, with its classifier.
type quantity struct {
	number.Quantity
	unit corpus.Span // the classifier; empty without one
	end  int         // behind the classifier

	mention *corpus.Mention // what it was found to count
	noun    int             // index of its noun; -1 without one
	void    bool            // it counts nothing, or nothing that has a pack
}

// sentence is one sentence while it is read.
type sentence struct {
	x      *Extractor
	text   string // the whole document
	span   corpus.Span
	tokens []corpus.Token // that touch the sentence
	all    []number.Quantity
	qs     []quantity
	nouns  []noun
}

func (x *Extractor) sentence(out []corpus.Mention, text string, span corpus.Span, all []number.Quantity, tokens []corpus.Token) []corpus.Mention {
	s := &sentence{x: x, text: text, span: span, tokens: tokens, all: all}
	for _, q := range all {
		if q.Kind == number.Plain {
			s.qs = append(s.qs, s.withUnit(q))
		}
	}
	s.nouns = x.lexicon.nouns(nil, text, span)
	if !slices.ContainsFunc(s.nouns, func(n noun) bool { return n.pack != nil }) {
		return out
	}
	s.dropShams()
	s.respective()
	s.changes()
	s.adjacent()
	s.sharedHeads()
	s.antecedents()
	for i := range s.qs {
		if q := &s.qs[i]; q.mention != nil && !q.void {
			out = append(out, *q.mention)
		}
	}
	return out
}

// withUnit reads the classifier behind a number, also one in brackets behind
// another: 36个(处)卡点.
func (s *sentence) withUnit(n number.Quantity) quantity {
	q := quantity{Quantity: n, end: n.Span.End, noun: -1}
	rest := s.text[q.end:s.span.End]
	for _, c := range s.x.units {
		if !strings.HasPrefix(rest, c) {
			continue
		}
		q.unit = corpus.Span{Start: q.end, End: q.end + len(c)}
		if n := bracketed(rest[len(c):]); n > 0 && s.isUnit(rest[len(c):len(c)+n]) {
			q.unit.End += n
		}
		q.end = q.unit.End
		for _, after := range []string{"左右", "上下", "以上", "以下", "以内", "之多"} {
			if strings.HasPrefix(s.text[q.end:s.span.End], after) {
				q.end += len(after)
				break
			}
		}
		return q
	}
	return q
}

// bracketed is the length of a short bracket at the start of s.
func bracketed(s string) int {
	open, n := utf8.DecodeRuneInString(s)
	if open != '(' && open != '（' {
		return 0
	}
	const longest = 16
	count := 0
	for i, r := range s[n:] {
		if r == ')' || r == '）' {
			return n + i + utf8.RuneLen(r)
		}
		if count++; count > longest || strings.ContainsRune("(（，。；,;\n", r) {
			return 0
		}
	}
	return 0
}

// isUnit reports whether a bracket holds a classifier: (处).
func (s *sentence) isUnit(bracket string) bool {
	inner := strings.Trim(bracket, "()（）")
	for _, c := range s.x.units {
		if inner == c {
			return true
		}
	}
	return false
}

// unitOf is the classifier without its bracketed alternative.
func (s *sentence) unitOf(q *quantity) string {
	unit := q.unit.Of(s.text)
	if i := strings.IndexAny(unit, "(（"); i > 0 {
		return unit[:i]
	}
	return unit
}

// takes reports whether noun n can be counted by q; a number without a
// classifier counts what touches it.
func (s *sentence) takes(n *noun, q *quantity) bool {
	if q.unit.Empty() {
		return n.pack != nil
	}
	return n.counts(s.unitOf(q))
}

// stopIn reports whether a token of text[span] ends a noun phrase.
func (s *sentence) stopIn(span corpus.Span) bool {
	return s.anyToken(span, func(word string) bool { return s.x.stops[word] })
}

// tokenAt is the index of the token that holds offset at: the first that ends
// behind it, as tokens tile the text.
func (s *sentence) tokenAt(at int) int {
	return sort.Search(len(s.tokens), func(i int) bool { return s.tokens[i].End > at })
}

// anyToken reports whether f holds for a token that begins in span. The part
// of a token that reaches beyond the span is cut off.
func (s *sentence) anyToken(span corpus.Span, f func(string) bool) bool {
	for _, t := range s.tokens[s.tokenAt(span.Start):] {
		if t.Start >= span.End {
			return false
		}
		if f(s.text[max(t.Start, span.Start):min(t.End, span.End)]) {
			return true
		}
	}
	return false
}

// clauseMarks end a clause; the enumeration comma does not.
const clauseMarks = "，,。；;：:！？!?…\n"

// clauseStart is where the clause around offset at begins.
func (s *sentence) clauseStart(at int) int {
	i := strings.LastIndexAny(s.text[s.span.Start:at], clauseMarks)
	if i < 0 {
		return s.span.Start
	}
	_, n := utf8.DecodeRuneInString(s.text[s.span.Start+i:])
	return s.span.Start + i + n
}

// clauseEnds reports whether a clause or a list item ends at offset at.
func (s *sentence) clauseEnds(at int) bool {
	if at >= s.span.End {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s.text[at:s.span.End])
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '“' && r != '《' && r != '(' && r != '（'
}

// runes is the length of a span in code points.
func (s *sentence) runes(span corpus.Span) int { return utf8.RuneCountInString(span.Of(s.text)) }
