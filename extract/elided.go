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

// isRank reports whether a text ends with a level of administration, a sending
// body or a sum, which stand for those who belong to them: 处级12名, 市派96名, 合计近2万名.
func isRank(text string) (size int) {
	for _, sum := range [...]string{"合计", "共计", "总计"} {
		if strings.HasSuffix(text, sum) {
			return len(sum)
		}
	}
	last, n := utf8.DecodeLastRuneInString(text)
	before, m := utf8.DecodeLastRuneInString(text[:len(text)-n])
	switch {
	case strings.ContainsRune("级派直管属", last) && strings.ContainsRune("省市县区乡镇村处科厅局股州", before):
		return n + m
	case last == '派' && before == '里':
		if r, k := utf8.DecodeLastRuneInString(text[:len(text)-n-m]); strings.ContainsRune("省市县区乡镇村", r) {
			return n + m + k
		}
	}
	return 0
}

// antecedents finds the heads of numbers that stand alone.
func (s *sentence) antecedents() {
	var last, whole *quantity // the last mention, and the last that names its own head
	for i := range s.qs {
		q := &s.qs[i]
		if q.mention == nil && !q.void && !q.unit.Empty() {
			s.elided(i, refersTo(q, last), refersTo(q, whole))
		}
		if q.mention == nil {
			continue
		}
		if last = q; !q.mention.HasFlag(corpus.Headless) {
			whole = q
		}
	}
}

// refersTo is an earlier number if its pack lets others refer to it with q's
// classifier.
func refersTo(q, earlier *quantity) *quantity {
	if earlier == nil || !earlier.pack.units[q.unitID] || !earlier.pack.has(Headless) {
		return nil
	}
	return earlier
}

// elided makes number i a mention if it goes on from an earlier one, or is that
// of an office.
func (s *sentence) elided(i int, last, whole *quantity) {
	switch {
	case s.officeHolders(i, whole):
	case last == nil:
	case s.ranked(i, last):
	case s.partitive(i, last):
	case whole == nil:
	case s.breakdown(i, whole):
	case s.relative(i, whole):
	}
}

// officeHolders reads 担任小区临时党支部书记(工作小组组长)的620余名.
func (s *sentence) officeHolders(i int, whole *quantity) bool {
	const farthest = 64 // bytes from an office to the particle: a bracket
	q := &s.qs[i]
	if !strings.HasSuffix(s.text[s.span.Start:q.Span.Start], "的") || !s.clauseEnds(q.end) {
		return false
	}
	end := q.Span.Start - len("的")
	for k := s.firstNoun(end) - 1; k >= 0 && s.nouns[k].span.Start >= max(s.clauseStart(end), end-farthest); k-- {
		n := &s.nouns[k]
		if n.pack == nil || n.used || !n.pack.has(Headless) || !s.takes(n, q) {
			continue
		}
		if tail := s.text[n.span.End:max(end, n.span.End)]; bracketed(tail) == len(tail) {
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

// ranked reads a number whose head is a rank or a sum of what came before.
func (s *sentence) ranked(i int, last *quantity) bool {
	q := &s.qs[i]
	size := isRank(s.text[s.clauseStart(q.Span.Start):q.Span.Start])
	if size == 0 {
		return false
	}
	s.inherit(i, last, corpus.Span{Start: q.Span.Start - size, End: q.Span.Start})
	return true
}

// partitive reads 两千名第一书记中,有三四十名主动留任.
func (s *sentence) partitive(i int, last *quantity) bool {
	q := &s.qs[i]
	rest := s.text[last.mention.Span.End:q.Span.Start]
	before := s.text[s.clauseStart(q.Span.Start):q.Span.Start]
	if !hasPrefix(rest, []string{"中", "里", "当中"}) || before != "有" && !hasSuffix(before, []string{"中有", "里有"}) {
		return false
	}
	s.inherit(i, last, last.mention.HeadSpan)
	if !q.mention.HasFlag(corpus.Subtotal) {
		q.mention.Flags = append(q.mention.Flags, corpus.Subtotal)
	}
	return true
}

// breakdown reads the parts of a total of things, without their head: 党支部512个
// （农村306个、机关118个）, 检查站51座，其中林场33座、牧区18座. Of people such parts may be
// anyone (其中女性20名), and are left.
func (s *sentence) breakdown(i int, whole *quantity) bool {
	q := &s.qs[i]
	if whole.pack.People || whole.unit.Of(s.text) != q.unit.Of(s.text) || !whole.Count.Value.Valid || whole.Count.Value.N < q.Count.Value.N || !s.clauseEnds(q.end) {
		return false
	}
	from, to := whole.Span.End, q.Span.Start
	inBracket := s.count(opening, from, to) > s.count(closing, from, to)
	if !inBracket && !strings.HasSuffix(s.text[from:to], "的") && !s.has(among, from, to) || s.has(semicolon, from, to) {
		return false
	}
	if !s.isPart(s.partName(to)) {
		return false
	}
	s.inherit(i, whole, whole.mention.HeadSpan)
	partOf(q, whole)
	return true
}

// maxPart is the length of the name of a part in code points.
const maxPart = 8

// partName is what stands before a number in a list of parts: 农村 in （农村306个.
func (s *sentence) partName(number int) corpus.Span {
	start := max(s.clauseStart(number), number-(maxPart+1)*utf8.UTFMax)
	for start < number && !utf8.RuneStart(s.text[start]) {
		start++
	}
	if k := strings.LastIndexAny(s.text[start:number], "、（("); k >= 0 {
		_, n := utf8.DecodeRuneInString(s.text[start+k:])
		start += k + n
	}
	if strings.HasPrefix(s.text[start:number], "其中") {
		start += len("其中")
	}
	return corpus.Span{Start: start, End: number}
}

func (s *sentence) isPart(name corpus.Span) bool {
	n := s.runes(name)
	return n > 0 && n <= maxPart && !s.stopIn(name)
}

// relative reads a clause that ends with its number, 编入各专项工作组的5700余人,
// as a part of those of whom the sentence speaks.
func (s *sentence) relative(i int, whole *quantity) bool {
	const shortest = 4 * 3
	q := &s.qs[i]
	if !strings.HasSuffix(s.text[s.span.Start:q.Span.Start], "的") || !s.clauseEnds(q.end) {
		return false
	}
	clause := corpus.Span{Start: s.clauseStart(q.Span.Start), End: q.Span.Start}
	if clause.Len() < shortest || !s.stopIn(clause) {
		return false
	}
	s.inherit(i, whole, whole.mention.HeadSpan)
	partOf(q, whole)
	return true
}

// partOf flags a mention as a part of an earlier, larger one.
func partOf(q, whole *quantity) {
	if whole != nil && whole.Count.Value.N > q.Count.Value.N && !q.mention.HasFlag(corpus.Subtotal) {
		q.mention.Flags = append(q.mention.Flags, corpus.Subtotal)
	}
}

// inherit makes number i a mention of what an earlier one counts.
func (s *sentence) inherit(i int, earlier *quantity, head corpus.Span) {
	e := entry{term: earlier.mention.Term, subtype: earlier.mention.Subtype, pack: earlier.pack}
	m := s.mention(i, &noun{entry: &e}, head, Headless)
	m.Flags = append(m.Flags, corpus.Headless)
	if head.End == m.Number.Start {
		m.Span = m.Span.Join(head)
	}
}
