package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// sharedHeads lets a number without a head share that of the next number in a
// list: 首批120名、第二批85名机关党员干部, 109个严重受损和857个部分受损的党组织.
func (s *sentence) sharedHeads() {
	for i := len(s.qs) - 2; i >= 0; i-- {
		q, next := &s.qs[i], &s.qs[i+1]
		if q.void || q.mention != nil || q.unit.Empty() || next.mention == nil || next.noun < 0 || s.unitOf(q) != s.unitOf(next) {
			continue
		}
		n := &s.nouns[next.noun]
		gap := corpus.Span{Start: q.end, End: next.Span.Start}
		if n.span.Start < next.end || s.runes(gap) > maxConjunct || strings.ContainsAny(gap.Of(s.text), clauseMarks) || !listed(gap.Of(s.text)) {
			continue
		}
		s.mention(i, n, next.mention.HeadSpan, Headless)
		q.noun = next.noun
	}
}

// listed reports whether two numbers stand in one list.
func listed(gap string) bool {
	for _, c := range conjunctions {
		if strings.HasPrefix(gap, c) || strings.HasSuffix(gap, c) {
			return true
		}
	}
	return false
}

// rank is a level of administration or a sending body that stands for those
// who belong to it: 处级12名, 市派96名, 合计近2万名.
var rank = regexp.MustCompile(`(?:[省市县区乡镇村处科厅局股州][级派直管属]|[省市县区乡镇村]里派|合计|共计|总计)$`)

// antecedents finds the heads of numbers that stand alone.
func (s *sentence) antecedents() {
	for i := range s.qs {
		q := &s.qs[i]
		if q.void || q.mention != nil || q.unit.Empty() {
			continue
		}
		switch {
		case s.officeHolders(i):
		case s.ranked(i):
		case s.partitive(i):
		case s.breakdown(i):
		case s.relative(i):
		}
	}
}

// officeHolders reads 担任小区临时党支部书记(工作小组组长)的620余名.
func (s *sentence) officeHolders(i int) bool {
	q := &s.qs[i]
	if !strings.HasSuffix(s.text[s.span.Start:q.Span.Start], "的") || !s.clauseEnds(q.end) {
		return false
	}
	end := q.Span.Start - len("的")
	for k := s.firstNoun(end) - 1; k >= 0 && s.nouns[k].span.Start >= s.clauseStart(end); k-- {
		n := &s.nouns[k]
		tail := s.text[n.span.End:end]
		if n.pack == nil || n.used || !n.pack.has(Headless) || !s.takes(n, q) {
			continue
		}
		if bracketed(tail) == len(tail) {
			start := s.phraseStart(n.span.Start, s.clauseStart(n.span.Start))
			m := s.mention(i, n, corpus.Span{Start: start, End: n.span.End}, Headless)
			m.Flags = append(m.Flags, corpus.Headless)
			m.Span = m.Span.Join(m.HeadSpan)
			s.partOf(m, s.whole(i))
			n.used = true
			return true
		}
	}
	return false
}

// ranked reads a number whose head is a rank or a sum of what came before.
func (s *sentence) ranked(i int) bool {
	q := &s.qs[i]
	before := s.text[s.clauseStart(q.Span.Start):q.Span.Start]
	loc := rank.FindStringIndex(before)
	earlier := s.antecedent(i)
	if loc == nil || earlier == nil {
		return false
	}
	head := corpus.Span{Start: s.clauseStart(q.Span.Start) + loc[0], End: q.Span.Start}
	s.inherit(i, earlier, head)
	return true
}

// partitive reads 两千名第一书记中,有三四十名主动留任 and 5名干部,其中4名.
func (s *sentence) partitive(i int) bool {
	q := &s.qs[i]
	earlier := s.antecedent(i)
	if earlier == nil {
		return false
	}
	rest := s.text[earlier.Span.End:q.Span.Start]
	before := s.text[s.clauseStart(q.Span.Start):q.Span.Start]
	whole := strings.HasPrefix(rest, "中") || strings.HasPrefix(rest, "里") || strings.HasPrefix(rest, "当中")
	if !whole || before != "有" && !strings.HasSuffix(before, "中有") && !strings.HasSuffix(before, "里有") {
		return false
	}
	m := s.inherit(i, earlier, earlier.HeadSpan)
	if !m.HasFlag(corpus.Subtotal) {
		m.Flags = append(m.Flags, corpus.Subtotal)
	}
	return true
}

// breakdown reads the parts of a total of things, without their head: 党支部512个
// （农村306个、机关118个）, 检查站51座，其中林场33座、牧区18座. Of people such parts may be
// anyone (其中女性20名), and are left.
func (s *sentence) breakdown(i int) bool {
	const longest = 8
	q := &s.qs[i]
	whole := s.whole(i)
	if whole == nil || s.packOf(whole).People || whole.Unit != q.unit.Of(s.text) || !whole.Count.Value.Valid || whole.Count.Value.N < q.Count.Value.N || !s.clauseEnds(q.end) {
		return false
	}
	between := s.text[whole.Number.End:q.Span.Start]
	inBracket := strings.Count(between, "（")+strings.Count(between, "(") > strings.Count(between, "）")+strings.Count(between, ")")
	part := strings.HasSuffix(between, "的")
	if !inBracket && !part && !strings.Contains(between, "其中") || strings.ContainsAny(between, "；;") {
		return false
	}
	start := s.clauseStart(q.Span.Start)
	if k := strings.LastIndexAny(s.text[start:q.Span.Start], "、（("); k >= 0 {
		_, n := utf8.DecodeRuneInString(s.text[start+k:])
		start += k + n
	}
	modifier := corpus.Span{Start: start, End: q.Span.Start}
	if strings.HasPrefix(modifier.Of(s.text), "其中") {
		modifier.Start += len("其中")
	}
	if n := s.runes(modifier); n == 0 || n > longest || s.stopIn(modifier) {
		return false
	}
	s.partOf(s.inherit(i, whole, whole.HeadSpan), whole)
	return true
}

// relative reads a clause that ends with its number, 编入各专项工作组的5700余人,
// as a part of those of whom the sentence speaks.
func (s *sentence) relative(i int) bool {
	q := &s.qs[i]
	earlier := s.whole(i)
	if earlier == nil || !strings.HasSuffix(s.text[s.span.Start:q.Span.Start], "的") || !s.clauseEnds(q.end) {
		return false
	}
	clause := corpus.Span{Start: s.clauseStart(q.Span.Start), End: q.Span.Start}
	if s.runes(clause) < 4 || !s.stopIn(clause) {
		return false
	}
	s.partOf(s.inherit(i, earlier, earlier.HeadSpan), earlier)
	return true
}

// whole is the last mention before number i that names its own head.
func (s *sentence) whole(i int) *corpus.Mention {
	for k := i; k > 0; k-- {
		m := s.antecedent(k)
		if m == nil || !m.HasFlag(corpus.Headless) {
			return m
		}
	}
	return nil
}

// partOf flags a mention as a part of an earlier, larger one.
func (s *sentence) partOf(m, earlier *corpus.Mention) {
	if earlier != nil && earlier.Count.Value.N > m.Count.Value.N && !m.HasFlag(corpus.Subtotal) {
		m.Flags = append(m.Flags, corpus.Subtotal)
	}
}

// antecedent is the last mention before number i whose pack lets others refer
// to it with i's classifier.
func (s *sentence) antecedent(i int) *corpus.Mention {
	for k := i - 1; k >= 0; k-- {
		m := s.qs[k].mention
		if m == nil || s.qs[k].void {
			continue
		}
		p := s.packOf(m)
		for _, c := range p.Classifiers {
			if c == s.unitOf(&s.qs[i]) && p.has(Headless) {
				return m
			}
		}
		return nil
	}
	return nil
}

// inherit makes number i a mention of what an earlier one counts.
func (s *sentence) inherit(i int, earlier *corpus.Mention, head corpus.Span) *corpus.Mention {
	n := &noun{entry: &entry{term: earlier.Term, subtype: earlier.Subtype, pack: s.packOf(earlier)}}
	m := s.mention(i, n, head, Headless)
	m.Flags = append(m.Flags, corpus.Headless)
	if head.End == m.Number.Start {
		m.Span = m.Span.Join(head)
	}
	return m
}
