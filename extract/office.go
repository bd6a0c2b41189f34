package extract

import (
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// officeHolders reads 担任小区临时党支部书记(工作小组组长)的620余名.
func (s *sentence) officeHolders(i int, whole *quantity) bool {
	const farthest = 64 // bytes from an office to the particle: a bracket
	q := &s.qs[i]
	end := s.behindParticle(q.Span.Start)
	if end < 0 || !s.clauseEnds(q.end) || q.numberIs("一", s.text) {
		return false
	}
	for k := s.firstNoun(end) - 1; k >= 0 && s.nouns[k].span.Start >= max(s.clauseStart(end), end-farthest); k-- {
		n := &s.nouns[k]
		if n.pack == nil || n.used || !n.pack.has(Headless) || !s.takes(n, q) {
			continue
		}
		if tail := s.text[n.span.End:max(end, n.span.End)]; bracketed(tail) == len(tail) || isShortVerb(tail) {
			start := s.phraseStart(n.span.Start, s.clauseStart(n.span.Start))
			m := s.mention(i, n, corpus.Span{Start: start, End: n.span.End}, Headless)
			m.Flags = append(m.Flags, corpus.Headless)
			m.Span = m.Span.Join(m.HeadSpan)
			partOf(q, whole)
			n.used = true
			return true
		}
	}
	return false
}

// isShortVerb reports whether a text between a head and 的 is a verb with little beside: 党支部|保存下来|的40个.
func isShortVerb(text string) bool {
	return utf8.RuneCountInString(text) <= maxPart && !strings.ContainsAny(text, "、（()）")
}

// relative reads a clause that ends with its number, 编入各专项工作组的5700余人 or
// 35岁以下的有3万名, as a part of those of whom the sentence speaks.
func (s *sentence) relative(i int, whole *quantity) bool {
	q := &s.qs[i]
	end := s.behindParticle(q.Span.Start)
	if end < 0 || !s.clauseEnds(q.end) || q.numberIs("一", s.text) || !mayBePart(q, whole) || end-s.clauseStart(end) < 2*len("的") {
		return false
	}
	s.inherit(i, whole, whole.mention.HeadSpan)
	partOf(q, whole)
	return true
}

// behindParticle is where 的 stands before a number, with 有 between at most; -1 where
// it does not.
func (s *sentence) behindParticle(number int) int {
	text := s.text[s.span.Start:number]
	if rest, ok := strings.CutSuffix(text, "有"); ok {
		text = rest
		for _, adverb := range [...]string{"就", "仍", "还", "也", "共", "只", "仅", "约", "则", "已"} {
			text = strings.TrimSuffix(text, adverb)
		}
	}
	if rest, ok := strings.CutSuffix(text, "的"); ok {
		return s.span.Start + len(rest)
	}
	return -1
}
