package extract

import (
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// sharedHeads lets a number without a head share that of the next number in a
// list: 首批120名、第二批85名机关党员干部, 109个严重受损和857个部分受损的党组织.
func (s *sentence) sharedHeads() {
	for i := len(s.qs) - 2; i >= 0; i-- {
		q, next := &s.qs[i], &s.qs[i+1]
		if q.void || q.mention != nil || q.unit.Empty() || next.mention == nil || next.noun < 0 || q.unitID != next.unitID {
			continue
		}
		n := &s.nouns[next.noun]
		gap := corpus.Span{Start: q.end, End: next.Span.Start}
		if n.span.Start < next.end || s.runes(gap) > maxConjunct || !listed(gap.Of(s.text)) {
			continue
		}
		if attribute := s.attribute(gap); !attribute.Empty() && !s.parallel(attribute, corpus.Span{Start: next.end, End: n.span.End}) {
			continue
		}
		s.mention(i, n, next.mention.HeadSpan, Headless)
		q.noun = next.noun
	}
}

// attribute is what stands between a number and the conjunction behind it: 严重受损和.
func (s *sentence) attribute(gap corpus.Span) corpus.Span {
	text := gap.Of(s.text)
	for _, c := range conjunctions {
		if i := strings.Index(text, c); i >= 0 {
			gap.End = min(gap.End, gap.Start+i)
		}
	}
	return gap
}

// parallel reports whether a phrase with a head begins with an attribute like
// another: 117名市派和560名县派第一书记, or with one that ends in 的. An attribute that is
// something else names what its number counts: 138名科技特派员、46名第一书记.
func (s *sentence) parallel(attribute, phrase corpus.Span) bool {
	text := phrase.Of(s.text)
	if strings.Contains(text, "的") {
		return true
	}
	word := attribute.Of(s.text)
	if len(word) > len(text) {
		return false
	}
	last, n := utf8.DecodeLastRuneInString(word)
	other, m := utf8.DecodeLastRuneInString(text[:len(word)])
	return last == other && n == m
}

// listed reports whether two numbers stand in one list.
func listed(gap string) bool {
	if strings.ContainsAny(gap, clauseMarks) {
		return false
	}
	for _, c := range conjunctions {
		if strings.HasPrefix(gap, c) || strings.HasSuffix(gap, c) {
			return true
		}
	}
	return false
}
