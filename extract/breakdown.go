package extract

import (
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

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
		if q.unitID != whole.unitID || !q.Count.Value.Valid || s.runes(s.partName(q.Span.Start)) > maxPart {
			return false
		}
		if q.mention != nil && !q.mention.HasFlag(corpus.Headless) {
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

// kindOf reads how many of those whom a whole counts are women: 书记214名，其中女性27名.
// Of other nouns, 其中大学生6名 say, it is not certain that they are among them.
func (s *sentence) kindOf(i int, whole *quantity) {
	q := &s.qs[i]
	n := &s.nouns[q.noun]
	if n.term != "女性" && n.term != "男性" || n.span.End != q.Span.Start {
		return
	}
	if whole != nil && whole.pack.People && s.isWithin(whole, q) && s.breakdown(i, whole) {
		q.void = false
	}
}
