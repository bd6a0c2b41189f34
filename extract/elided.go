package extract

import (
	"slices"
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
		switch {
		case q.mention != nil || q.unit.Empty():
		case !q.void:
			s.elided(i, refersTo(q, last), refersTo(q, whole))
		case q.noun >= 0:
			s.kindOf(i, refersTo(q, whole))
		}
		if q.mention == nil {
			continue
		}
		last = q
		isPart := whole != nil && q.mention.HasFlag(corpus.Subtotal)
		if q.topic || !isPart && !q.mention.HasFlag(corpus.Headless) && !s.partOfFrame(q, whole) {
			whole = q
		}
	}
}

// partOfFrame reports whether a number with a head of its own is a part of a whole: 8.9万名干部中，
// 女干部有2.4万名.
func (s *sentence) partOfFrame(q, whole *quantity) bool {
	if whole == nil || whole.pack != q.pack || !s.frames(whole) || !mayBePart(q, whole) || s.has(semicolon, whole.end, q.Span.Start) {
		return false
	}
	partOf(q, whole)
	return true
}

// refersTo is an earlier number if its pack lets others refer to it with q's
// classifier.
func refersTo(q, earlier *quantity) *quantity {
	if earlier == nil || !earlier.pack.units[q.unitID] || !earlier.pack.has(Headless) || earlier.pack.People && !q.refersToPeople() {
		return nil
	}
	return earlier
}

// kindOf reads how many of those whom a whole counts are women: 书记214名，其中女性27名. Of other nouns, 其中大学生6名 say, it
// is not certain that they are among them.
func (s *sentence) kindOf(i int, whole *quantity) {
	q := &s.qs[i]
	if n := &s.nouns[q.noun]; whole == nil || !whole.pack.People || n.term != "女性" && n.term != "男性" || n.span.End != q.Span.Start || !s.isWithin(whole, q) {
		return
	}
	if s.breakdown(i, whole) {
		q.void = false
	}
}

// listedWith reads a number that shares the head before another: 干部68人、91人.
func (s *sentence) listedWith(i int, last *quantity) bool {
	q := &s.qs[i]
	if last.unitID != q.unitID || last.mention.HeadSpan.Start >= last.Span.Start || !s.clauseEnds(q.end) {
		return false
	}
	if between := s.text[last.end:q.Span.Start]; !slices.Contains(conjunctions, between) {
		return false
	}
	s.inherit(i, last, last.mention.HeadSpan)
	return true
}

// elided makes number i a mention if it goes on from an earlier one, or is that
// of an office.
func (s *sentence) elided(i int, last, whole *quantity) {
	switch {
	case s.officeHolders(i, whole):
	case s.aboutTopic(i):
	case last == nil:
	case s.ranked(i, last):
	case s.listedWith(i, last):
	case whole == nil:
	case s.partitive(i, whole):
	case s.breakdown(i, whole):
	case s.relative(i, whole):
	case s.objectOf(i, whole):
	}
}

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
		if tail := s.text[n.span.End:max(end, n.span.End)]; bracketed(tail) == len(tail) || utf8.RuneCountInString(tail) <= maxPart && !strings.ContainsAny(tail, "、（()）") {
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

// aboutTopic reads a number of that with which the clause before it ends: 清理撤销检查站，关停97个;
// 派出两批干部，首批18人; 大学生干部里，有十三名.
func (s *sentence) aboutTopic(i int) bool {
	q := &s.qs[i]
	clause := s.clauseStart(q.Span.Start)
	n := s.topic(clause)
	if n == nil || n.pack == nil || n.used || !n.pack.has(Headless) || !s.takes(n, q) || n.pack.People && !q.refersToPeople() || !s.speaksOf(corpus.Span{Start: clause, End: q.Span.Start}, n) {
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
	return !n.pack.People && !s.anyToken(before, func(w string) bool { return !s.x.stops[w] })
}

// nthBatch reports whether a clause names a batch only: 第二批23人.
func (s *sentence) nthBatch(q *quantity) bool {
	return isBatch(s.text[s.clauseStart(q.Span.Start):q.Span.Start])
}

func isBatch(s string) bool {
	return s == "首批" || strings.HasPrefix(s, "第") && strings.HasSuffix(s, "批") && len(s) <= 4*len("第")
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

// partitive reads 两千名第一书记中,有三四十名主动留任 and 84名干部，其中两位是女性.
func (s *sentence) partitive(i int, whole *quantity) bool {
	const longest = 6 * len("有")
	q := &s.qs[i]
	if whole.topic && s.nthBatch(q) {
		s.inherit(i, whole, whole.mention.HeadSpan)
		return true
	}
	if !mayBePart(q, whole) {
		return false
	}
	before := s.text[s.clauseStart(q.Span.Start):q.Span.Start]
	within := s.frames(whole) && hasSuffix(before, []string{"中有", "里有", "中", "里"})
	if !within && (len(before) > longest || !hasSuffix(before, []string{"有", "其中"})) {
		return false
	}
	head := whole.mention.HeadSpan
	if name, ok := strings.CutSuffix(before, "有"); ok && hasSuffix(name, []string{"”", "后"}) {
		head = corpus.Span{Start: q.Span.Start - len(before), End: q.Span.Start - len("有")}
	}
	s.inherit(i, whole, head)
	partOf(q, whole)
	return true
}

// frames reports whether what follows speaks of a whole's parts: 156名干部中，….
func (s *sentence) frames(whole *quantity) bool {
	return hasPrefix(s.text[whole.mention.Span.End:s.span.End], []string{"中", "里", "当中"})
}

// mayBePart reports whether a number can be a part of a whole.
func mayBePart(q, whole *quantity) bool {
	return !whole.Count.Value.Valid || q.Count.Value.N <= whole.Count.Value.N
}

// breakdown reads the parts of a total, without their head: 党支部512个（农村306个、
// 机关118个）, 检查站51座，其中林场33座、牧区18座. The printed head is the name of the part.
func (s *sentence) breakdown(i int, whole *quantity) bool {
	q := &s.qs[i]
	if whole.unit.Of(s.text) != q.unit.Of(s.text) || !whole.Count.Value.Valid || !mayBePart(q, whole) {
		return false
	}
	from, to := whole.Span.End, q.Span.Start
	name := s.partName(to)
	if !s.addsUp(i, whole) {
		if !s.isPart(name) || s.has(semicolon, from, to) || !s.clauseEnds(q.end) || !s.isWithin(whole, q) && !s.frames(whole) {
			return false
		}
	}
	if !s.isPart(name) {
		name = whole.mention.HeadSpan
	}
	s.inherit(i, whole, name)
	partOf(q, whole)
	return true
}

// isWithin reports whether a number stands in a bracket behind a whole, or behind 其中.
func (s *sentence) isWithin(whole, q *quantity) bool {
	from, to := whole.Span.End, q.Span.Start
	return s.has(among, from, to) || s.count(opening, from, to) > s.count(closing, from, to)
}

// addsUp reports whether number i is one of a list that makes up the whole: 41个党支部进行评定，五星级6个、
// 四星级15个、三星级20个; 干部45名，30名驻县，15名驻水库.
func (s *sentence) addsUp(i int, whole *quantity) bool {
	first := i
	for first > 0 && i-first < maxList && &s.qs[first-1] != whole {
		first--
	}
	sum := int64(0)
	for k := first; k < len(s.qs) && k < first+maxList; k++ {
		q := &s.qs[k]
		if q.unitID != whole.unitID || !q.Count.Value.Valid || q.mention != nil && !q.mention.HasFlag(corpus.Headless) || s.runes(s.partName(q.Span.Start)) > maxPart {
			return false
		}
		if sum += q.Count.Value.N; sum >= whole.Count.Value.N {
			return sum == whole.Count.Value.N && k > first && k >= i
		}
	}
	return false
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
	return n > 0 && n <= maxPart && !s.stopIn(name) && !strings.HasSuffix(name.Of(s.text), "的")
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

// objectOf reads a clause of a verb and a number of the same things: 保留检查站11个，撤除26个.
func (s *sentence) objectOf(i int, whole *quantity) bool {
	const longest = 4 * len("撤")
	q := &s.qs[i]
	clause := corpus.Span{Start: s.clauseStart(q.Span.Start), End: q.Span.Start}
	if whole.pack.People || clause.Empty() || clause.Len() > longest || !s.clauseEnds(q.end) || s.anyToken(clause, func(w string) bool { return !s.x.stops[w] }) {
		return false
	}
	s.inherit(i, whole, whole.mention.HeadSpan)
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
