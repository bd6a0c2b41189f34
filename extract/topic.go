package extract

import (
	"strings"

	"jianbao/corpus"
)

// aboutTopic reads a number of that with which the clause before it ends: 清理撤销检查站，关停97个;
// 派出两批干部，首批18人; 大学生干部里，有十三名.
func (s *sentence) aboutTopic(i int) bool {
	q := &s.qs[i]
	clause := s.clauseStart(q.Span.Start)
	n := s.topic(clause)
	if n == nil || n.pack == nil || n.used || !n.pack.has(Headless) || !s.takes(n, q) || n.pack.People && !q.refersToPeople() {
		return false
	}
	if !s.speaksOf(corpus.Span{Start: clause, End: q.Span.Start}, n) {
		return false
	}
	start := s.phraseStart(n.span.Start, s.clauseStart(n.span.Start))
	m := s.mention(i, n, corpus.Span{Start: start, End: n.span.End}, Headless)
	m.Flags = append(m.Flags, corpus.Headless)
	q.topic = true
	return true
}

// topic is the noun with which the clause ends that ends at an offset; nil for none.
func (s *sentence) topic(clause int) *noun {
	k := s.firstNoun(clause) - 1
	if k < 0 {
		return nil
	}
	switch strings.TrimRight(s.text[s.nouns[k].span.End:clause], "，,") {
	case "", "里", "中", "当中":
		return &s.nouns[k]
	}
	return nil
}

// speaksOf reports whether what stands between the start of a clause and its number leaves out
// the noun of the clause before: a verb of things, 首批, or 有 behind 里.
func (s *sentence) speaksOf(before corpus.Span, n *noun) bool {
	const longest = 4 * len("撤")
	text := before.Of(s.text)
	switch {
	case text == "" || len(text) > longest:
		return false
	case text == "有", isBatch(text):
		return true
	}
	return !n.pack.People && s.isVerb(before)
}

// isVerb reports whether a span has only words that end a noun phrase.
func (s *sentence) isVerb(span corpus.Span) bool {
	return !s.anyToken(span, func(word string) bool { return !s.x.stops[word] })
}

// nthBatch reports whether a clause names a batch only: 第二批23人.
func (s *sentence) nthBatch(q *quantity) bool {
	return isBatch(s.text[s.clauseStart(q.Span.Start):q.Span.Start])
}

func isBatch(s string) bool {
	return s == "首批" || s == "次批" || strings.HasPrefix(s, "第") && strings.HasSuffix(s, "批") && len(s) <= 4*len("第")
}

// objectOf reads a clause of a verb and a number of the same things: 保留检查站11个，撤除26个.
func (s *sentence) objectOf(i int, whole *quantity) bool {
	const longest = 4 * len("撤")
	q := &s.qs[i]
	clause := corpus.Span{Start: s.clauseStart(q.Span.Start), End: q.Span.Start}
	if whole.pack.People || clause.Empty() || clause.Len() > longest || !s.clauseEnds(q.end) || !s.isVerb(clause) {
		return false
	}
	s.inherit(i, whole, whole.mention.HeadSpan)
	return true
}
