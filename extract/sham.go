package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

var (
	delta     = regexp.MustCompile(`(?:净增|净减|净增加|净减少|增加|减少|增长|下降|多出|新增加|同比增加|同比减少)(?:了|约|近)?$`)
	copula    = regexp.MustCompile(`(?:是|作为|当好|做|成为|当)$`)
	motto     = regexp.MustCompile(`^(?:就是|就像|就好比|好比|如同|如|像|是一|是[^\p{Han}]|一面|一座|一个|一根|一支|一盏|一颗|一杆|战斗堡垒|堡垒|一块|带动|带头|包|联|领|[\p{Han}]{1,4}一[个名片方座面根批块])`)
	condition = regexp.MustCompile(`^[\p{Han}]{0,6}的`)
)

// dropShams drops numbers that only look like counts: slogans, deltas,
// conditions, and one person told of.
func (s *sentence) dropShams() {
	for i := range s.qs {
		q := &s.qs[i]
		before := s.text[s.span.Start:q.Span.Start]
		switch {
		case delta.MatchString(before),
			s.inSlogan(q.Span),
			s.isCondition(q),
			q.NumberIs("一", s.text) && (copula.MatchString(before) || s.isMotto(q)):
			q.void = true
		}
	}
}

// maxSlogan is the length of a quoted slogan in code points.
const maxSlogan = 16

// inSlogan reports whether a number stands in a short quotation that nobody
// says: “千名干部下基层”活动.
func (s *sentence) inSlogan(number corpus.Span) bool {
	for _, q := range [][2]string{{"“", "”"}, {"「", "」"}, {"《", "》"}, {"‘", "’"}} {
		open := strings.LastIndex(s.text[s.span.Start:number.Start], q[0])
		if open < 0 {
			continue
		}
		open += s.span.Start
		if strings.Contains(s.text[open:number.Start], q[1]) {
			continue
		}
		closing := strings.Index(s.text[number.End:s.span.End], q[1])
		if closing < 0 {
			continue
		}
		quoted := corpus.Span{Start: open + len(q[0]), End: number.End + closing}
		said, _ := utf8.DecodeLastRuneInString(s.text[s.span.Start:open])
		if s.runes(quoted) <= maxSlogan && !strings.ContainsRune("：:", said) {
			return true
		}
	}
	return false
}

// isCondition reports whether a number is a threshold: 3人以上的都要成立,
// 3名以上党员的隔离点, 不足3人的.
func (s *sentence) isCondition(q *quantity) bool {
	switch q.Count.Modifier {
	case corpus.AtLeast, corpus.AtMost, corpus.Under:
	default:
		return false
	}
	before := s.text[s.clauseStart(q.Span.Start):q.Span.Start]
	rest := s.text[q.end:s.span.End]
	return condition.MatchString(rest) && (strings.HasPrefix(rest, "的") || strings.Contains(before, "凡") ||
		strings.HasSuffix(before, "有") || before == "")
}

// isMotto reports whether 一个支部 goes on 就是一座堡垒.
func (s *sentence) isMotto(q *quantity) bool {
	for k := s.firstNoun(q.end); k < len(s.nouns) && s.nouns[k].span.Start <= q.end; k++ {
		end := s.nouns[k].span.End
		for s.chained(k) {
			k++
			end = s.nouns[k].span.End
		}
		if motto.MatchString(s.text[end:s.span.End]) {
			return true
		}
	}
	return false
}
