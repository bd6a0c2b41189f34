package extract

import (
	"sort"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// right looks for a head behind number i.
func (s *sentence) right(i int) candidate {
	q := &s.qs[i]
	limit := s.span.End
	if i+1 < len(s.qs) {
		limit = s.qs[i+1].Span.Start
	}
	for k := s.firstNoun(q.end); k < len(s.nouns) && s.nouns[k].span.Start < limit; {
		chain := k
		for s.chained(chain) {
			chain++
		}
		gap := corpus.Span{Start: q.end, End: s.nouns[k].span.Start}
		start, pattern, ok := s.modifies(q, gap)
		if !ok {
			start, ok = s.predicated(q, gap, &s.nouns[chain])
			pattern = Pre
		}
		if !ok {
			s.stopped(i, chain, func() (Reason, corpus.Span) { return s.apart(gap) })
			break
		}
		for h := chain; h >= k; h-- {
			if s.countable(i, h, k, limit, gap, pattern) {
				return candidate{noun: h, start: start, gap: gap, pattern: pattern}
			}
		}
		k = chain + 1
	}
	return candidate{noun: -1}
}

// countable reports whether number i counts noun h, which stands in a chain that begins with noun k behind
// gap.
func (s *sentence) countable(i, h, k, limit int, gap corpus.Span, pattern Pattern) bool {
	q, n := &s.qs[i], &s.nouns[h]
	why, at := Reason(""), n.span
	switch {
	case n.span.End > limit:
		why = IsBehindNext
	case n.used:
		why = IsTaken
	case !s.takes(n, q):
		why, at = WrongClassifier, q.unit
	case q.unit.Empty() && (h != k || !gap.Empty() && !s.isMany(q, gap)):
		why = NoClassifier
	case h > k && s.countsUnit(q, &s.nouns[k], n):
		why, at = CountsAnother, s.nouns[k].span
	case n.pack == nil && s.modifiesNext(q, h, limit):
		return false
	case !n.in(pattern):
		why = NotInPattern
	case n.pack != nil && s.stopsBetween(n.pack, gap, n.span.Start):
		why, at = CountsAnother, gap
	default:
		return true
	}
	s.stopped(i, h, func() (Reason, corpus.Span) { return why, at })
	return false
}

// countsUnit reports whether a number counts units and not the people in them: 18个单位|党员, but not 36个单位|党组织书记.
func (s *sentence) countsUnit(q *quantity, unit, people *noun) bool {
	return q.unitText == "个" && people.pack != nil && people.pack.People && !isOffice(people) && unit.pack == nil && s.takes(unit, q)
}

// modifiesNext reports whether noun k, which no pack counts, is but the modifier of a head further on in the same
// noun phrase: 12个水库管理所党支部. Of people the unit is counted: 18个单位在职党员.
func (s *sentence) modifiesNext(q *quantity, k, limit int) bool {
	if k+1 >= len(s.nouns) || s.chained(k) {
		return false
	}
	between := corpus.Span{Start: s.nouns[k].span.End, End: s.nouns[k+1].span.Start}
	for k++; s.chained(k); {
		k++
	}
	n := &s.nouns[k]
	if n.pack == nil || n.used || n.span.End > limit || !s.takes(n, q) || n.pack.People && !q.refersToPeople() {
		return false
	}
	return s.runes(between) <= maxPart && !s.holdsStop(between) && !strings.ContainsAny(between.Of(s.text), clauseMarks+"、的和及与（(")
}

// holdsStop is stopIn for words of two characters and more that the segmentation may have cut otherwise.
func (s *sentence) holdsStop(span corpus.Span) bool {
	const longest = 3 * len("成")
	text := span.Of(s.text)
	for at := range text {
		for n := 2 * len("成"); n <= longest && at+n <= len(text); n += len("成") {
			if s.x.stops[text[at:at+n]] {
				return true
			}
		}
	}
	return s.stopIn(span)
}

// isOffice reports whether a unit has one of a noun: then so many units have so
// many of them.
func isOffice(n *noun) bool { return strings.HasSuffix(n.term, "书记") }

// predicated reports whether a clause says what those whom the number counts
// are, and nothing else: 其中3人|是|在任支书. Start is where the printed head begins.
func (s *sentence) predicated(q *quantity, gap corpus.Span, n *noun) (start int, ok bool) {
	if n.pack == nil || !n.pack.People || q.unit.Empty() || !s.clauseEnds(n.span.End) {
		return 0, false
	}
	text := gap.Of(s.text)
	for _, copula := range [...]string{"都是", "均是", "均为", "全是", "是", "为", "系"} {
		if rest, ok := strings.CutPrefix(text, copula); ok {
			start := gap.End - len(rest)
			modifier := corpus.Span{Start: start, End: gap.End}
			if s.runes(modifier) > maxConjunct || strings.ContainsAny(rest, clauseMarks+"、") {
				return 0, false
			}
			return start, strings.Contains(rest, "的") || !s.stopIn(modifier)
		}
	}
	return 0, false
}

// isMany reports whether a number without a classifier is said with 的: 数以千计的党务干部.
func (s *sentence) isMany(q *quantity, gap corpus.Span) bool {
	return strings.HasSuffix(q.Span.Of(s.text), "计") && strings.HasPrefix(gap.Of(s.text), "的")
}

// firstNoun is the first noun that starts at or after offset at.
func (s *sentence) firstNoun(at int) int {
	return sort.Search(len(s.nouns), func(k int) bool { return s.nouns[k].span.Start >= at })
}

// modifies reports whether what stands between a number and a noun behind it
// modifies the noun, and where the printed head begins.
func (s *sentence) modifies(q *quantity, gap corpus.Span) (start int, pattern Pattern, ok bool) {
	text := gap.Of(s.text)
	if strings.ContainsAny(text, clauseMarks) || s.runes(gap) > maxRelative {
		return 0, "", false
	}
	if first, _ := utf8.DecodeRuneInString(text); strings.ContainsRune("、)）”’+|", first) || hasPrefix(text, []string{"是", "还是", "都是", "均是"}) {
		return 0, "", false
	}
	tail := gap
	if i := strings.LastIndex(text, "的"); i >= 0 {
		tail.Start += i + len("的")
	}
	if s.runes(tail) > maxModifier {
		return 0, "", false
	}
	if !s.stopIn(tail) {
		return tail.Start, Pre, true
	}
	if start, ok := s.behindVerb(tail); ok && q.unitText == "处" {
		return start, Verb, true
	}
	return 0, "", false
}

// behindVerb reports whether a span is one stopping word and a modifier, as in
// 6处|设立|防控检查站, and where the modifier begins.
func (s *sentence) behindVerb(span corpus.Span) (int, bool) {
	k := s.tokenAt(span.Start)
	if k == len(s.tokens) || s.tokens[k].Start != span.Start || !s.x.stops[s.text[span.Start:s.tokens[k].End]] {
		return 0, false
	}
	start := s.tokens[k].End
	if strings.HasPrefix(s.text[start:span.End], "了") {
		start += len("了")
	}
	return start, !s.stopIn(corpus.Span{Start: start, End: span.End})
}

// stopsBetween reports whether the modifier holds a noun that the number
// counts instead of the head: one of the pack's stop words, unless the head
// follows it at once.
func (s *sentence) stopsBetween(p *Pack, gap corpus.Span, head int) bool {
	text := s.text[gap.Start:head]
	for _, w := range p.StopBetween {
		if i := strings.Index(text, w); i >= 0 && i+len(w) < len(text) && s.nounEnds(gap.Start+i, gap.Start+i+len(w), head) {
			return true
		}
	}
	return false
}

// nounEnds reports whether a token ends at end, so that the word in question
// is a word there and not a part of a longer one, and whether what follows
// parts it from the head (a verb or 的, not another modifier).
func (s *sentence) nounEnds(start, end, head int) bool {
	for _, t := range s.tokens[s.tokenAt(start):] {
		if t.Start >= end {
			break
		}
		if t.End != end {
			return false
		}
	}
	rest := corpus.Span{Start: end, End: head}
	return s.stopIn(rest) || strings.HasPrefix(rest.Of(s.text), "的")
}
