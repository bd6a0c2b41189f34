package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
	head := corpus.Span{Start: c.start, End: n.span.End + s.alternative(n.span.End)}
	s.mention(i, n, head, c.pattern)
	q.mention.Span = q.mention.Span.Join(head)
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
	m := &corpus.Mention{
		Category: n.pack.Category, Subtype: n.subtype, Term: n.term,
		Head: head.Of(s.text), HeadSpan: head,
		Unit: q.unit.Of(s.text), UnitSpan: q.unit, Count: q.Count,
		Number: q.Span, NumberText: q.Span.Of(s.text),
		Span: q.Span, Sentence: s.span,
		RuleID: n.pack.Category + "/" + string(pattern), RuleVersion: n.pack.Version,
	}
	if !q.unit.Empty() {
		m.Span = m.Span.Join(q.unit)
	}
	q.mention = m
	s.qualify(i)
	return m
}

// qualify flags what a mention's surroundings say of it.
func (s *sentence) qualify(i int) {
	q := &s.qs[i]
	m := q.mention
	if s.unitOf(q) == "人次" {
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

// hasEach reports whether a text holds 每 or an average; 每天 and the like are
// not of units.
func hasEach(text string) int {
	for _, w := range []string{"人均", "户均", "平均"} {
		if i := strings.Index(text, w); i >= 0 {
			return i
		}
	}
	return followed(text, "每", "天日年月周次当逢晚隔夜时分到")
}

// hasEvery reports whether a text holds 各 of single units: not 各级, nor 从各部门.
func hasEvery(text string) bool {
	i := followed(text, "各", "级地类项种界族方自位条行式阶部")
	if i < 0 {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	return i == 0 || !strings.ContainsRune("从由向对给", before)
}

// followed is where word stands first in a text with a character behind it that
// is none of others; -1 when nowhere.
func followed(text, word, others string) int {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return -1
		}
		at += i
		next, n := utf8.DecodeRuneInString(text[at+len(word):])
		if n > 0 && !strings.ContainsRune(others, next) {
			return at
		}
		at += len(word)
	}
}

// hasTotal reports whether a text says that a total follows.
func hasTotal(text string) bool {
	for _, w := range []string{"共", "合计", "总计", "累计", "目前", "现有"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	for at := 0; ; {
		i := strings.Index(text[at:], "全")
		if i < 0 {
			return false
		}
		at += i + len("全")
		if next, n := utf8.DecodeRuneInString(text[at:]); n > 0 && strings.ContainsRune("省市县区镇乡村州街团系线", next) {
			return true
		}
	}
}

// distributive reports whether a number says how many each unit has: 每组4人,
// 各包联1个社区.
func (s *sentence) distributive(q *quantity) bool {
	largest := q.Count.Value.N
	if !q.Count.Value.Valid {
		largest = q.Count.Hi.N
	}
	clause := s.text[s.clauseStart(q.Span.Start):q.Span.Start]
	if hasTotal(clause) {
		return false
	}
	if hasEach(clause) >= 0 || largest <= maxEach && hasEvery(clause) {
		return true
	}
	if largest > maxEver {
		return false
	}
	before := s.text[s.span.Start:q.Span.Start]
	if i := strings.LastIndexAny(before, "；;"); i >= 0 {
		before = before[i:]
	}
	at := hasEach(before)
	return at >= 0 && !hasTotal(before[at:])
}

// numberIs reports whether the number is printed as word.
func (q *quantity) numberIs(word, text string) bool { return q.Span.Of(text) == word }

// subtotal reports whether 其中 stands between an earlier mention of the same
// category, or of people where i counts people, and number i, in the same bracket or outside all.
func (s *sentence) subtotal(i int) bool {
	m := s.qs[i].mention
	at := strings.LastIndex(s.text[s.span.Start:m.Number.Start], "其中")
	if at < 0 {
		return false
	}
	at += s.span.Start
	between := s.text[at:m.Number.Start]
	if strings.ContainsAny(between, "；;") || strings.Contains(between, "另") || strings.Count(between, "）")+strings.Count(between, ")") > strings.Count(between, "（")+strings.Count(between, "(") {
		return false
	}
	for k := range s.qs[:i] {
		if e := s.qs[k].mention; e != nil && e.Number.End <= at && (e.Category == m.Category || s.packOf(e).People && s.packOf(m).People) {
			return true
		}
	}
	return false
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

// chained reports whether noun k only modifies the noun that follows at once.
func (s *sentence) chained(k int) bool {
	return k+1 < len(s.nouns) && s.nouns[k].span.End == s.nouns[k+1].span.Start
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

// share adds noun k to the mention of number i. Among people the pack of
// highest priority names the mention: with a cadre in it, it is one of cadres.
func (s *sentence) share(i, k int, head corpus.Span) {
	m, n := s.qs[i].mention, &s.nouns[k]
	n.used = true
	if !m.HasFlag(corpus.Joint) {
		m.Flags = append(m.Flags, corpus.Joint)
	}
	if n.pack == nil || n.pack.Category == m.Category || n.pack.Priority <= s.packOf(m).Priority {
		return
	}
	pattern := m.RuleID[strings.IndexByte(m.RuleID, '/'):]
	m.Category, m.Subtype, m.Term = n.pack.Category, n.subtype, n.term
	m.Head, m.HeadSpan = head.Of(s.text), head
	m.RuleID, m.RuleVersion = n.pack.Category+pattern, n.pack.Version
	m.Span = m.Span.Join(head)
}

func (s *sentence) packOf(m *corpus.Mention) *Pack {
	for i := range s.x.rules.Packs {
		if p := &s.x.rules.Packs[i]; p.Category == m.Category {
			return p
		}
	}
	return nil
}
