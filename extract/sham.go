package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
)

// Words before a number that make it a change, not a count.
var deltas = []string{"净增", "净减", "净增加", "净减少", "增加", "减少", "增长", "下降", "多出"}

// Words before 一名 that tell of one person or thing.
var copulas = []string{"是", "作为", "当好", "做", "成为", "当", "最后", "又", "一个接", "没有", "没", "无", "不让", "哪怕", "在", "到", "进", "每百人", "每千人"}

// What 一个支部 goes on with when it is a motto.
var mottos = []string{
	"就是", "就像", "就好比", "好比", "如同", "如", "像", "是一", "一", "战斗堡垒", "堡垒",
	"带动", "带头", "包", "联", "领",
}

func hasSuffix(s string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

func hasPrefix(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// isDelta reports whether a text that ends before a number ends with a change:
// 净增, 增加了, 减少近.
func isDelta(before string) bool {
	for _, hedge := range []string{"了", "约", "近"} {
		before = strings.TrimSuffix(before, hedge)
	}
	return hasSuffix(before, deltas)
}

// dropShams drops numbers that only look like counts.
func (s *sentence) dropShams() {
	for i := range s.qs {
		if why := s.sham(&s.qs[i]); why != "" {
			s.qs[i].void = true
			s.dropped(i, why)
		}
	}
}

// sham says why a number is no count: slogans, deltas, conditions, one person told of. It is empty
// for one that may be a count.
func (s *sentence) sham(q *quantity) Reason {
	before := s.text[s.span.Start:q.Span.Start]
	one := q.numberIs("一", s.text)
	switch {
	case isDelta(before):
		return IsChange
	case q.isBare(s.text), s.inSlogan(q.Span), one && s.isMotto(q):
		return IsSlogan
	case s.isSize(before, q):
		return IsSize
	case s.isCondition(q):
		return IsCondition
	case one && (hasSuffix(before, copulas) || s.isSpeaker(q)):
		return IsOne
	}
	return ""
}

// isBare reports whether a number is a lone unit: 万名干部下基层 is a motto, no count.
func (q *quantity) isBare(text string) bool {
	switch q.Span.Of(text) {
	case "百", "千", "万":
		return !q.unit.Empty()
	}
	return false
}

// isSize reports whether a number with its noun says how large something is: 只有三个足球场大的检查站.
func (s *sentence) isSize(before string, q *quantity) bool {
	const nearest, farthest = 3 * 2, 3 * 6 // bytes of the noun
	if q.unit.Empty() || !hasSuffix(before, []string{"有", "约", "近", "相当于"}) {
		return false
	}
	rest := s.text[q.end:s.span.End]
	rest = rest[:min(len(rest), farthest+len("大的"))]
	i := strings.Index(rest, "的")
	if i < nearest+len("大") || !hasSuffix(rest[:i], []string{"大", "长", "高", "宽", "深", "厚"}) {
		return false
	}
	of := rest[:i-len("大")]
	return isHan(of) && !hasSuffix(of, []string{"规模", "面积", "年龄", "流量", "人口", "范围", "难度", "影响", "力度", "风险", "较", "更", "很", "最", "特别", "更加"})
}

// isCondition reports whether a number is a threshold: 3人以上的都要成立,
// 3名以上党员的隔离点, 不足3人的.
func (s *sentence) isCondition(q *quantity) bool {
	switch q.Count.Modifier {
	case corpus.AtLeast, corpus.AtMost, corpus.Under:
	default:
		return false
	}
	clause := s.clauseStart(q.Span.Start)
	before := s.text[clause:q.Span.Start]
	if q.unit.Empty() {
		return false // 数以千计的干部
	}
	rest := s.text[q.end:s.span.End]
	return beforeDe(rest) && (strings.HasPrefix(rest, "的") || s.has(whoever, clause, q.Span.Start) ||
		strings.HasSuffix(before, "有") || before == "")
}

// beforeDe reports whether 的 stands behind at most six characters of a word.
func beforeDe(rest string) bool {
	const longest = 6
	n := 0
	for _, r := range rest {
		if r == '的' {
			return true
		}
		if n++; n > longest || !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return false
}

// Words with which somebody who has no name in the article begins to speak.
var speaking = []string{"说", "道", "称", "表示", "坦言", "介绍", "告诉", "透露", "回忆", "感慨", "认为", "指出", "强调", "直言", "笑", "答", "对记者"}

// isSpeaker reports whether 一位负责人 is one who says something.
func (s *sentence) isSpeaker(q *quantity) bool {
	k := s.firstNoun(q.end)
	for s.chained(k) {
		k++
	}
	return k < len(s.nouns) && s.nouns[k].span.Start-q.end <= maxConjunct*len("说") && hasPrefix(s.text[s.nouns[k].span.End:s.span.End], speaking)
}

// isMotto reports whether 一个支部 goes on 就是一座堡垒.
func (s *sentence) isMotto(q *quantity) bool {
	for k := s.firstNoun(q.end); k < len(s.nouns) && s.nouns[k].span.Start <= q.end; k++ {
		end := s.nouns[k].span.End
		for s.chained(k) {
			k++
			end = s.nouns[k].span.End
		}
		if rest := strings.TrimPrefix(s.text[end:s.span.End], "，"); hasPrefix(rest, mottos) || strings.HasPrefix(rest, "是") && !startsHan(rest[len("是"):]) || rhymes(rest) {
			return true
		}
	}
	return false
}

func startsHan(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Han, r)
}

// rhymes reports whether a text goes on with a verb and 一 again: 一个支部激活一个园区.
func rhymes(rest string) bool {
	const longest = 4
	n := 0
	for i, r := range rest {
		if r == '一' && n > 0 {
			next, _ := utf8.DecodeRuneInString(rest[i+len("一"):])
			return strings.ContainsRune("个名片方座面根批块", next)
		}
		if n++; n > longest || !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return false
}
