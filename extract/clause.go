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
	unit     corpus.Span // the classifier; empty without one
	unitID   unitID      // without its bracketed alternative
	unitText string
	end      int // behind the classifier

	mention *corpus.Mention // what it was found to count
	pack    *Pack           // of the mention
	noun    int             // index of its noun; -1 without one
	void    bool            // it counts nothing, or nothing that has a pack
	topic   bool            // its head is the noun of which the clause before it speaks
}

// refersToPeople reports whether the classifier is one of people alone, which can stand for them: 个 cannot.
func (q *quantity) refersToPeople() bool {
	switch q.unitText {
	case "名", "人", "位", "员", "人次":
		return true
	}
	return false
}

// sentence is one sentence while it is read, and what is kept for the next.
type sentence struct {
	x      *Extractor
	text   string // the whole document
	span   corpus.Span
	tokens []corpus.Token // that touch the sentence
	all    []number.Quantity
	qs     []quantity
	nouns  []noun
	marks
	table table

	counted    bool  // some noun has a pack
	firstOf    []int // by pack: where the number of the first mention of its category ends
	firstHuman int   // the same of people of any kind

	trace *trace // what is noted for Explain; nil for Extract

	quantities []number.Quantity // of the document
	mentions   []corpus.Mention  // of the document so far
}

// nowhere is the place of a mention that there is not.
const nowhere = int(^uint(0) >> 1)

// read appends the mentions of a sentence with so many plain numbers.
func (s *sentence) read(plain int) {
	s.qs, s.nouns, s.counted = s.qs[:0], s.nouns[:0], false
	s.scan()
	row := plain > 0 && s.inTable()
	if !s.counted && (!row || s.table.columns == nil) && s.trace == nil {
		return
	}
	for i := range s.all {
		if s.all[i].Kind == number.Plain {
			s.qs = append(s.qs, s.withUnit(s.all[i]))
		}
	}
	s.firstOf, s.firstHuman = s.firstOf[:0], nowhere
	for range s.x.rules.Packs {
		s.firstOf = append(s.firstOf, nowhere)
	}
	s.mentions = slices.Grow(s.mentions, plain) // so that pointers into it stay good
	before := len(s.mentions)
	if row {
		s.row()
	}
	s.dropShams()
	s.respective()
	s.changes()
	s.adjacent()
	s.sharedHeads()
	s.antecedents()
	s.explain()
	slices.SortFunc(s.mentions[before:], func(a, b corpus.Mention) int { return a.Number.Start - b.Number.Start })
}

// forget lets go of the document, and of memory that an endless one took.
func (s *sentence) forget() {
	const most = 1 << 14
	clear(s.mentions)
	if cap(s.quantities) > most || cap(s.nouns) > most {
		*s = sentence{x: s.x}
	}
	s.text, s.tokens, s.all, s.table = "", nil, nil, table{}
}

// withUnit reads the classifier behind a number, also one in brackets behind
// another: 36个(处)卡点.
func (s *sentence) withUnit(n number.Quantity) quantity {
	q := quantity{Quantity: n, end: n.Span.End, noun: -1}
	rest := s.text[q.end:s.span.End]
	id := s.unitAt(q.end)
	if id == 0 {
		return q
	}
	q.unitID, q.unitText = id, s.x.units[id-1]
	q.unit = corpus.Span{Start: q.end, End: q.end + len(q.unitText)}
	if n := bracketed(rest[len(q.unitText):]); n > 0 && s.isUnit(rest[len(q.unitText):len(q.unitText)+n]) {
		q.unit.End += n
	}
	q.end = q.unit.End
	for _, after := range [...]string{"左右", "上下", "以上", "以下", "以内", "之多"} {
		if strings.HasPrefix(s.text[q.end:s.span.End], after) {
			q.end += len(after)
			break
		}
	}
	return q
}

// unitAt is the longest classifier at an offset that ends where a word does, or else the longest: 23人|次日.
func (s *sentence) unitAt(at int) unitID {
	text, x := s.text[at:s.span.End], s.x
	r, _ := utf8.DecodeRuneInString(text)
	if i := uint32(r) - firstHan; i >= hanSize || x.unitHead[i/64]>>(i%64)&1 == 0 {
		return 0
	}
	longest := unitID(0)
	for i, c := range x.units {
		if !strings.HasPrefix(text, c) || c == "人次" && strings.HasPrefix(text[len(c):], "日") {
			continue
		}
		if len(c) == utf8.RuneLen(r) || s.wordEnds(at+len(c)) {
			if longest == 0 || len(c) > utf8.RuneLen(r) || s.wordEnds(at+len(c)) {
				return unitID(i + 1)
			}
			break
		}
		if longest == 0 {
			longest = unitID(i + 1)
		}
	}
	return longest
}

// wordEnds reports whether a token ends at an offset.
func (s *sentence) wordEnds(at int) bool {
	k := s.tokenAt(at - 1)
	return k < len(s.tokens) && s.tokens[k].End == at
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
func (s *sentence) isUnit(bracket string) bool { return s.x.unitIDs[unbracketed(bracket)] > 0 }

func unbracketed(s string) string { return strings.Trim(s, "()（）") }

// takes reports whether noun n can be counted by q; a number without a
// classifier counts what touches it.
func (s *sentence) takes(n *noun, q *quantity) bool {
	if q.unit.Empty() {
		return n.pack != nil
	}
	return n.counts(q.unitID)
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
