package extract

import (
	"sort"
	"strings"
	"unicode"

	"jianbao/corpus"
)

// respective reads lists of as many heads as numbers:
// 党支部、党小组分别组建137个、1024个.
func (s *sentence) respective() {
	const word = "分别"
	for at := s.span.Start; ; {
		i := strings.Index(s.text[at:s.span.End], word)
		if i < 0 {
			return
		}
		at += i
		s.pairUp(at, at+len(word))
		at += len(word)
	}
}

// pairUp gives the heads listed before offset at, in their order, the numbers
// listed after offset from.
func (s *sentence) pairUp(at, from int) {
	start := s.clauseStart(at)
	heads, numbers := s.headsBefore(start, at), s.numbersFrom(from)
	if len(numbers) < 2 {
		return
	}
	if len(heads) != len(numbers) {
		heads = s.commonHead(at, from, numbers)
	}
	if len(heads) != len(numbers) {
		return
	}
	for j, i := range numbers {
		n := &s.nouns[heads[j]]
		if s.qs[i].void || n.pack == nil || !s.takes(n, &s.qs[i]) {
			continue
		}
		head := corpus.Span{Start: s.phraseStart(n.span.Start, start), End: n.span.End}
		s.mention(i, n, head, Post)
		s.qs[i].noun = heads[j]
		n.used = true
	}
}

// maxList is how many heads and numbers a list with 分别 has at most.
const maxList = 64

// headsBefore are the nouns of text[start:at], as far as one list goes.
func (s *sentence) headsBefore(start, at int) []int {
	var heads []int
	for k := s.firstNoun(start); k < len(s.nouns) && s.nouns[k].span.End <= at; k++ {
		if s.chained(k) {
			continue
		}
		if heads = append(heads, k); len(heads) > maxList {
			return nil
		}
	}
	return heads
}

// numbersFrom are the numbers at and behind an offset in one clause.
func (s *sentence) numbersFrom(from int) []int {
	var numbers []int
	first := sort.Search(len(s.qs), func(i int) bool { return s.qs[i].Span.Start >= from })
	for i := first; i < len(s.qs) && s.clauseStart(s.qs[i].Span.Start) <= from; i++ {
		if numbers = append(numbers, i); len(numbers) > maxList {
			return nil
		}
		from = s.qs[i].end
	}
	return numbers
}

// commonHead is the one head of all numbers of a list, as often as there are
// numbers: 左岸、右岸党支部分别有7个和11个, 三级分别选派干部210名、840名. It stands just
// before 分别 or just before the first number.
func (s *sentence) commonHead(at, from int, numbers []int) []int {
	first := s.qs[numbers[0]].Span.Start
	for k := s.firstNoun(first) - 1; k >= 0 && s.nouns[k].span.End > s.clauseStart(at); k-- {
		n := &s.nouns[k]
		if n.used || n.pack == nil || n.span.End != first && n.span.End != at {
			continue
		}
		heads := make([]int, len(numbers))
		for i := range heads {
			heads[i] = k
		}
		return heads
	}
	return nil
}

// changeWords lead from what was to what is: 增加到, 扩大至, 合并为.
var changeWords = []string{
	"增加", "增", "扩大", "扩充", "扩", "发展", "上升", "提高", "提升", "减少", "减", "压减", "精简", "缩减", "降", "变", "调整", "优化",
	"加密", "并", "合并",
}

// changesTo reports whether a text leads from what was to what is, with two
// characters before the word at most: 扩编增加到了.
func changesTo(text string) bool {
	text = strings.TrimSuffix(text, "了")
	for _, to := range [...]string{"到", "至", "为", "成"} {
		if rest, ok := strings.CutSuffix(text, to); ok {
			text = rest
			break
		}
	}
	for _, w := range changeWords {
		if rest, ok := strings.CutSuffix(text, w); ok && len(rest) <= 2*len("增") && isHan(rest) {
			return true
		}
	}
	return false
}

func isHan(s string) bool {
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return true
}

// changes reads pairs of before and after: 检查站由18个增至26个, 由19家党支部增加到47家.
func (s *sentence) changes() {
	for i := 0; i+1 < len(s.qs); i++ {
		q, next := &s.qs[i], &s.qs[i+1]
		if q.void || q.mention != nil || !s.changesFrom(q) {
			continue
		}
		n, head := s.changing(i)
		if n < 0 || !changesTo(strings.TrimSpace(s.text[max(q.end, min(head.End, next.Span.Start)):next.Span.Start])) {
			continue
		}
		was := s.mention(i, &s.nouns[n], head, Post)
		was.Flags = append(was.Flags, corpus.Before)
		is := s.mention(i+1, &s.nouns[n], head, Post)
		is.Flags = append(is.Flags, corpus.After)
		q.noun, next.noun, s.nouns[n].used = n, n, true
	}
}

// changesFrom reports whether 由 or 从 stands in the clause before a number, not
// far from it: 由去年的83处.
func (s *sentence) changesFrom(q *quantity) bool {
	const farthest = 19 * len("由")
	clause := s.text[max(s.clauseStart(q.Span.Start), q.Span.Start-farthest):q.Span.Start]
	return strings.Contains(clause, "由") || strings.Contains(clause, "从")
}

// changing is the noun whose number changes: just before 由 or just behind the
// first number.
func (s *sentence) changing(i int) (int, corpus.Span) {
	q := &s.qs[i]
	if k := s.firstNoun(q.end); k < len(s.nouns) && s.nouns[k].span.Start == q.end && s.nouns[k].pack != nil && s.takes(&s.nouns[k], q) {
		return k, s.nouns[k].span
	}
	k := s.firstNoun(q.Span.Start) - 1
	if k < 0 || s.nouns[k].pack == nil || !s.takes(&s.nouns[k], q) || s.nouns[k].used {
		return -1, corpus.Span{}
	}
	gap := corpus.Span{Start: s.nouns[k].span.End, End: q.Span.Start}
	if s.runes(gap) > 8 || strings.ContainsAny(gap.Of(s.text), clauseMarks) || strings.HasPrefix(gap.Of(s.text), "的") {
		return -1, corpus.Span{}
	}
	start := s.phraseStart(s.nouns[k].span.Start, s.clauseStart(s.nouns[k].span.Start))
	return k, corpus.Span{Start: start, End: s.nouns[k].span.End}
}
