package extract

import (
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// left looks for a head before number i.
func (s *sentence) left(i int) candidate {
	q := &s.qs[i]
	floor := s.span.Start
	if i > 0 {
		floor = s.qs[i-1].end
	}
	k := s.firstNoun(s.bracketBefore(q.Span.Start)) - 1
	if k < 0 || s.nouns[k].span.Start < floor || s.nouns[k].span.End > q.Span.Start {
		return candidate{noun: -1}
	}
	n := &s.nouns[k]
	gap := corpus.Span{Start: n.span.End, End: q.Span.Start}
	pattern, ok := s.follows(q, n, gap)
	if n.used || !ok {
		s.stopped(i, k, func() (Reason, corpus.Span) {
			if n.used {
				return IsTaken, n.span
			}
			return s.apart(gap)
		})
		return candidate{noun: -1}
	}
	c := candidate{noun: k, gap: gap, pattern: pattern, end: s.othersEnd(q, n, s.behindHead(gap))}
	if unit := s.unitBefore(q, n, gap); !unit.Empty() {
		q.unit = unit
		c.gap = corpus.Span{Start: gap.End, End: gap.End}
	} else if !q.unit.Empty() && !s.takes(n, q) || q.unit.Empty() && !s.touches(n, q, gap) {
		s.stopped(i, k, func() (Reason, corpus.Span) {
			if q.unit.Empty() {
				return NoClassifier, n.span
			}
			return WrongClassifier, q.unit
		})
		return candidate{noun: -1}
	}
	if !n.in(pattern) {
		s.stopped(i, k, func() (Reason, corpus.Span) { return NotInPattern, n.span })
		return candidate{noun: -1}
	}
	c.start = s.phraseStart(n.span.Start, floor)
	return c
}

// touches reports whether a number without a classifier ends the clause or the cell behind a head.
func (s *sentence) touches(n *noun, q *quantity, gap corpus.Span) bool {
	return n.pack != nil && strings.Trim(gap.Of(s.text), bars+"\t ") == "" && s.clauseEnds(q.end)
}

// bracketBefore is where the bracket that ends at an offset begins, or the offset: the
// nouns in 党员干部（含乡镇借调）311名 are not counted.
func (s *sentence) bracketBefore(at int) int {
	const farthest = 64
	text := s.text[s.span.Start:at]
	if !hasSuffix(text, []string{"）", ")"}) {
		return at
	}
	open := s.last(opening, at)
	if open < at-farthest || bracketed(s.text[max(open, s.span.Start):]) != at-open {
		return at
	}
	return open
}

// tableMarks stand between the name of a row and its number.
const tableMarks = "：: \u3000|｜\t"

// unitBefore is the classifier in brackets between a noun and a number without one:
// 党支部（个）312.
func (s *sentence) unitBefore(q *quantity, n *noun, gap corpus.Span) (unit corpus.Span) {
	text := gap.Of(s.text)
	size := bracketed(text)
	if !q.unit.Empty() || size == 0 || strings.Trim(text[size:], tableMarks) != "" || !n.counts(s.x.unitIDs[unbracketed(text[:size])]) {
		return unit
	}
	start := gap.Start + strings.IndexFunc(text, notBracket)
	return corpus.Span{Start: start, End: start + len(unbracketed(text[:size]))}
}

func notBracket(r rune) bool { return r != '(' && r != '（' }

// follows reports whether a number behind a noun counts it: nothing but
// fillers, closing quotes and a bracket between, or the predicate of a clause
// that ends with the number.
func (s *sentence) follows(q *quantity, n *noun, gap corpus.Span) (Pattern, bool) {
	rest := s.behindHead(gap)
	text := rest.Of(s.text)
	switch {
	case text == "":
		return Post, true
	case s.othersEnd(q, n, rest) > 0:
		return Post, true
	case strings.ContainsAny(text, clauseMarks+"、"):
		return "", false
	case s.x.isFilled(text):
		return Post, true
	case n.pack != nil && n.pack.has(Far) && q.refersToPeople() && s.clauseEnds(q.end) && s.isPredicate(rest):
		return Far, true
	}
	return "", false
}

// othersEnd is where those end who share a number with the head before them and of whom no pack knows: 镇干部、路管员|等200人,
// 干部、职员|计893人. It is 0 for nobody.
func (s *sentence) othersEnd(q *quantity, n *noun, gap corpus.Span) int {
	text, ok := strings.CutPrefix(gap.Of(s.text), "、")
	if !ok || n.pack == nil || !n.pack.People || !q.refersToPeople() {
		return 0
	}
	others := strings.TrimRight(text, "计共")
	if rest, ok := strings.CutSuffix(others, "等"); ok {
		others = rest
	} else if others == text {
		return 0
	}
	span := corpus.Span{Start: gap.Start + len("、"), End: gap.Start + len("、") + len(others)}
	if span.Empty() || s.runes(span) > maxPart || !isHan(strings.ReplaceAll(others, "、", "")) || s.stopIn(span) {
		return 0
	}
	return span.End
}

// isPredicate reports whether what stands between a head and a number is a short predicate of the head: 干部|在一线值守|7200人.
func (s *sentence) isPredicate(span corpus.Span) bool {
	text := span.Of(s.text)
	return s.runes(span) <= maxPredicate && !strings.Contains(text, "的") && !hasSuffix(text, objects)
}

// objects are verbs behind which stands a number of those to whom something is done: 干部开展入户排查3万人.
var objects = []string{
	"排查", "走访", "服务", "转移", "疏散", "安置", "救助", "救出", "慰问", "帮扶", "劝返", "隔离", "管控", "接种", "采样", "检测", "筛查", "检查", "查验", "培训", "惠及", "受益", "接待",
	"招募", "抓获", "查处", "化解", "劝导", "动员", "组织", "带动", "发展", "吸收", "联系", "解救", "护送", "接送",
}

// isFilled reports whether a text is made of fillers: 总数|多达.
func (x *Extractor) isFilled(text string) bool {
	const longest = 4 * len("共")
	for text != "" {
		n := min(longest, len(text))
		for n > 0 && !x.fillers[text[:n]] {
			n--
		}
		if n == 0 {
			return false
		}
		text = text[n:]
	}
	return true
}

// behindHead is what stands between a head and a number besides what belongs
// to the head: closing quotes, a bracket, 等“四大头”, and marks of a table.
func (s *sentence) behindHead(gap corpus.Span) corpus.Span {
	const closing = "”’」』 \u3000"
	text := strings.TrimLeft(gap.Of(s.text), closing)
	text = text[bracketed(text):]
	if quoted, ok := strings.CutPrefix(text, "等“"); ok {
		if _, after, ok := strings.Cut(quoted, "”"); ok {
			text = after
		}
	}
	text = strings.TrimPrefix(strings.TrimLeft(text, tableMarks), "等")
	start := gap.End - len(text)
	return corpus.Span{Start: start, End: start + len(strings.TrimRight(text, tableMarks))}
}

// phraseStart is where the noun phrase that ends with a head begins: behind
// the last mark, particle or stopping word before it.
func (s *sentence) phraseStart(head, floor int) int {
	const longest = 12
	start := head
	floor = max(floor, s.clauseStart(head))
	for k := min(s.tokenAt(head-1), len(s.tokens)-1); k >= 0; k-- {
		t := s.tokens[k]
		if t.End > head { // a word that holds a part of the modifier and of the head
			start = max(t.Start, floor)
			continue
		}
		word := s.text[t.Start:t.End]
		r, _ := utf8.DecodeRuneInString(word)
		if t.Start < floor || s.x.stops[word] || s.x.fillers[word] || word == "的" || word == "其中" || word == "和" || word == "及" || isScope(word) ||
			strings.ContainsRune("、“‘「『 \u3000+|)）", r) || s.runes(corpus.Span{Start: t.Start, End: head}) > longest {
			break
		}
		start = t.Start
	}
	return start
}

// isScope reports whether a word says whose the number is, not what it counts:
// 全县, 各乡.
func isScope(word string) bool {
	return utf8.RuneCountInString(word) == 2 && (strings.HasPrefix(word, "全") || strings.HasPrefix(word, "各"))
}
