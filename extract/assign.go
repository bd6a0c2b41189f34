package extract

import (
	"strings"
	"unicode"

	"jianbao/corpus"
)

// assign gives number i its noun. A decoy takes the number and gives nothing.
func (s *sentence) assign(i int, c candidate) {
	q, n := &s.qs[i], &s.nouns[c.noun]
	q.noun = c.noun
	n.used = true
	if n.pack == nil {
		q.void = true
		return
	}
	head := s.quoted(corpus.Span{Start: c.start, End: n.span.End + s.alternative(n.span.End)})
	if c.end > head.End {
		head.End = c.end
	}
	s.mention(i, n, head, c.pattern)
	q.mention.Span = q.mention.Span.Join(head)
	if c.end > 0 {
		q.mention.Flags = append(q.mention.Flags, corpus.Joint)
	}
}

// quoted is a head with the quotes around it: “兵支书”21名.
func (s *sentence) quoted(head corpus.Span) corpus.Span {
	for _, q := range quotes {
		open, closing := string(q.open), string(q.close)
		if !strings.HasPrefix(s.text[head.End:s.span.End], closing) {
			continue
		}
		switch {
		case strings.HasPrefix(head.Of(s.text), open):
			head.End += len(closing)
		case strings.HasSuffix(s.text[s.span.Start:head.Start], open):
			head.Start, head.End = head.Start-len(open), head.End+len(closing)
		}
	}
	return head
}

// alternative is the length of a bracket behind a head that names another word
// for it: 检查点（岗）, 党支部(党小组).
func (s *sentence) alternative(at int) int {
	const longest = 6
	rest := s.text[at:s.span.End]
	n := bracketed(rest)
	if n == 0 || s.isUnit(rest[:n]) {
		return 0
	}
	inner := strings.Trim(rest[:n], "()（）")
	if hasPrefix(inner, []string{"含", "不含", "包括", "除", "其中"}) {
		return 0
	}
	for i, r := range inner {
		if !unicode.Is(unicode.Han, r) || i > 3*longest {
			return 0
		}
	}
	return n
}

// mention makes number i a mention of a noun. The span covers the number and
// its classifier.
func (s *sentence) mention(i int, n *noun, head corpus.Span, pattern Pattern) *corpus.Mention {
	q := &s.qs[i]
	s.mentions = append(s.mentions, corpus.Mention{
		Category: n.pack.Category, Subtype: n.subtype, Term: n.term,
		Head: head.Of(s.text), HeadSpan: head,
		Unit: q.unit.Of(s.text), UnitSpan: q.unit, Count: q.Count,
		Number: q.Span, NumberText: q.Span.Of(s.text),
		Span: q.Span, Sentence: s.span,
		RuleID: n.pack.ruleID(pattern), RuleVersion: n.pack.Version,
	})
	m := &s.mentions[len(s.mentions)-1]
	if !q.unit.Empty() {
		m.Span = m.Span.Join(q.unit)
	}
	q.mention, q.pack = m, n.pack
	s.noteFirst(q)
	s.qualify(i)
	return m
}

// noteFirst keeps where the first number of a category ends.
func (s *sentence) noteFirst(q *quantity) {
	first := &s.firstOf[q.pack.number]
	*first = min(*first, q.Span.End)
	if q.pack.People {
		s.firstHuman = min(s.firstHuman, q.Span.End)
	}
}

// qualify flags what a mention's surroundings say of it.
func (s *sentence) qualify(i int) {
	q := &s.qs[i]
	m := q.mention
	if q.unitText == "人次" {
		m.Flags = append(m.Flags, corpus.PersonTimes)
	}
	if s.distributive(q) {
		m.Flags = append(m.Flags, corpus.Distributive)
	}
	if s.subtotal(i) {
		m.Flags = append(m.Flags, corpus.Subtotal)
	}
}

// A number that each unit has is small; one that merely follows 各 or stands
// further on in such a sentence may be a total.
const (
	maxEach = 10
	maxEver = 50
)

// distributive reports whether a number says how many each unit has: 每组4人,
// 各包联1个社区.
func (s *sentence) distributive(q *quantity) bool {
	largest := q.Count.Value.N
	if !q.Count.Value.Valid {
		largest = q.Count.Hi.N
	}
	number := q.Span.Start
	clause := s.clauseStart(number)
	if s.has(total, clause, number) {
		return false
	}
	if s.has(each, clause, number) || largest <= maxEach && s.has(every, clause, number) {
		return true
	}
	if largest > maxEver {
		return false
	}
	at := s.first(each, max(s.span.Start, s.last(semicolon, number)), number)
	return at >= 0 && !s.has(total, at, number)
}

// numberIs reports whether the number is printed as word.
func (q *quantity) numberIs(word, text string) bool { return q.Span.Of(text) == word }

// subtotal reports whether 其中 stands between an earlier mention of the same
// category, or of people where i counts people, and number i, in the same bracket or outside all.
func (s *sentence) subtotal(i int) bool {
	q := &s.qs[i]
	at, number := s.last(among, q.Span.Start), q.Span.Start
	if at < 0 || s.has(semicolon, at, number) || s.has(another, at, number) || s.count(closing, at, number) > s.count(opening, at, number) {
		return false
	}
	return s.firstOf[q.pack.number] <= at || q.pack.People && s.firstHuman <= at
}

// joinRight makes the mention of number i joint when its head is the first of
// several that share the number: 270余名第一书记、驻村工作队员.
func (s *sentence) joinRight(i int, c candidate) {
	q := &s.qs[i]
	if q.mention == nil {
		return
	}
	limit := s.span.End
	if i+1 < len(s.qs) {
		limit = s.qs[i+1].Span.Start
	}
	last := c.noun
	for k := c.noun + 1; k < len(s.nouns) && s.nouns[k].span.End <= limit; k++ {
		if s.chained(k) {
			continue
		}
		if !s.conjoined(last, k) || !s.sharesNumber(c.noun, k, q) || s.nouns[k].span.End == limit && i+1 < len(s.qs) {
			return
		}
		s.share(i, k, corpus.Span{Start: s.phraseStart(s.nouns[k].span.Start, s.nouns[last].span.End), End: s.nouns[k].span.End})
		last = k
	}
}

// joinLeft is joinRight for heads before the number: 护边员、村组干部、民兵1900余人.
func (s *sentence) joinLeft(i int, c candidate) {
	q := &s.qs[i]
	if q.mention == nil {
		return
	}
	floor := s.span.Start
	if i > 0 {
		floor = s.qs[i-1].end
	}
	last := c.noun
	for k := c.noun - 1; k >= 0 && s.nouns[k].span.Start >= floor; k-- {
		if s.nouns[k].span.End == s.nouns[k+1].span.Start {
			continue
		}
		if !s.conjoined(k, last) || !s.sharesNumber(c.noun, k, q) {
			return
		}
		s.share(i, k, corpus.Span{Start: s.phraseStart(s.nouns[k].span.Start, floor), End: s.nouns[k].span.End})
		last = k
	}
}

// chained reports whether noun k only modifies the noun that follows at once, or
// behind another word for it in brackets: 小区（村组）|卡口.
func (s *sentence) chained(k int) bool {
	if k+1 >= len(s.nouns) {
		return false
	}
	end, next := s.nouns[k].span.End, s.nouns[k+1].span.Start
	return end == next || end+s.alternative(end) == next
}

var conjunctions = []string{"、", "和", "及", "与", "以及", "或"}

// conjoined reports whether noun b is joined to noun a before it by a
// conjunction and a modifier at most.
func (s *sentence) conjoined(a, b int) bool {
	gap := corpus.Span{Start: s.nouns[a].span.End, End: s.nouns[b].span.Start}
	text := gap.Of(s.text)
	text = text[bracketed(text):]
	for _, c := range conjunctions {
		if !strings.HasPrefix(text, c) {
			continue
		}
		rest := corpus.Span{Start: gap.End - len(text) + len(c), End: gap.End}
		return s.runes(rest) <= maxConjunct && !strings.ContainsAny(rest.Of(s.text), clauseMarks+"的") && !s.stopIn(rest)
	}
	return false
}

// sharesNumber reports whether two nouns can share a number: two of one pack,
// or people of any kind.
func (s *sentence) sharesNumber(a, b int, q *quantity) bool {
	x, y := &s.nouns[a], &s.nouns[b]
	if y.used || !s.takes(y, q) {
		return false
	}
	if y.pack == nil {
		return x.pack.People
	}
	return x.pack == y.pack || x.pack.People && y.pack.People
}

// share adds noun k to the mention of number i. Among people the pack of highest
// priority names the mention: with a cadre in it, it is one of cadres.
func (s *sentence) share(i, k int, head corpus.Span) {
	q, n := &s.qs[i], &s.nouns[k]
	m := q.mention
	n.used = true
	if !m.HasFlag(corpus.Joint) {
		m.Flags = append(m.Flags, corpus.Joint)
	}
	if n.pack == nil || n.pack == q.pack || n.pack.Priority <= q.pack.Priority {
		return
	}
	pattern := m.RuleID[strings.IndexByte(m.RuleID, '/')+1:]
	m.Category, m.Subtype, m.Term = n.pack.Category, n.subtype, n.term
	m.Head, m.HeadSpan = head.Of(s.text), head
	m.RuleID, m.RuleVersion = n.pack.ruleID(Pattern(pattern)), n.pack.Version
	m.Span = m.Span.Join(head)
	q.pack = n.pack
	s.noteFirst(q)
}
