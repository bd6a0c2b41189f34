package extract

import (
	"sort"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// How far a number and its head may be apart, in code points. A plain pattern
// with a wider gap finds more wrong heads than right ones; a relative clause
// (三名身穿红马甲…的乡镇干部) shows its head by 的.
const (
	maxModifier  = 24
	maxRelative  = 44
	maxPredicate = 14
	maxConjunct  = 12
)

// candidate is a noun that a number may count.
type candidate struct {
	noun    int // index into sentence.nouns; -1 for none
	start   int // of the printed head, its modifiers included
	gap     corpus.Span
	pattern Pattern
}

// adjacent gives every number the head that it stands before or behind.
func (s *sentence) adjacent() {
	for i := range s.qs {
		q := &s.qs[i]
		if q.void || q.mention != nil {
			continue
		}
		right, left := s.right(i), s.left(i)
		switch {
		case right.noun >= 0 && (left.noun < 0 || s.preferRight(i, left, right)):
			s.assign(i, right)
			s.joinRight(i, right)
		case left.noun >= 0:
			s.assign(i, s.firstCounted(i, left))
			s.joinLeft(i, left)
		}
	}
}

// firstCounted is a candidate before a number, or, where that is of people whom no pack counts, the nearest of those
// who share the number with them and are counted: 第一书记、致富带头人1460人次.
func (s *sentence) firstCounted(i int, c candidate) candidate {
	floor := s.span.Start
	if i > 0 {
		floor = s.qs[i-1].end
	}
	for k := c.noun; k > 0 && s.nouns[k].pack == nil && s.qs[i].refersToPeople(); k-- {
		n := &s.nouns[k-1]
		if n.used || n.span.Start < floor || !s.conjoined(k-1, k) || !s.takes(n, &s.qs[i]) {
			break
		}
		if n.pack != nil && n.pack.People && n.in(c.pattern) {
			c.noun, c.start = k-1, s.phraseStart(n.span.Start, floor)
			return c
		}
	}
	return c
}

// preferRight decides for a number with a noun on either side: the one behind
// it, unless that one is the head of the number after it (第一书记77名驻村队员231名)
// or the one before it is nearer.
func (s *sentence) preferRight(i int, left, right candidate) bool {
	switch {
	case i+1 < len(s.qs) && s.nouns[right.noun].span.End == s.qs[i+1].Span.Start && left.gap.Empty():
		return false
	case right.gap.Empty():
		return true
	case right.pattern == Verb && s.nouns[left.noun].pack == nil:
		return true // 路口53处设立检查站
	case left.gap.Of(s.text) == "各":
		return false // 干部各1名坐镇指挥、…
	}
	return !left.gap.Empty()
}

// right looks for a head behind number i.
func (s *sentence) right(i int) candidate {
	q := &s.qs[i]
	limit := s.span.End
	if i+1 < len(s.qs) {
		limit = s.qs[i+1].Span.Start
	}
	for k := s.firstNoun(q.end); k < len(s.nouns) && s.nouns[k].span.Start < limit; {
		chain := k
		for s.chained(chain) {
			chain++
		}
		gap := corpus.Span{Start: q.end, End: s.nouns[k].span.Start}
		start, pattern, ok := s.modifies(q, gap)
		if !ok {
			start, ok = s.predicated(q, gap, &s.nouns[chain])
			pattern = Pre
		}
		if !ok {
			s.stopped(i, chain, func() (Reason, corpus.Span) { return s.apart(gap) })
			break
		}
		for h := chain; h >= k; h-- {
			if s.countable(i, h, k, limit, gap, pattern) {
				return candidate{noun: h, start: start, gap: gap, pattern: pattern}
			}
		}
		k = chain + 1
	}
	return candidate{noun: -1}
}

// countable reports whether number i counts noun h, which stands in a chain that begins with noun k behind
// gap.
func (s *sentence) countable(i, h, k, limit int, gap corpus.Span, pattern Pattern) bool {
	q, n := &s.qs[i], &s.nouns[h]
	why, at := Reason(""), n.span
	switch {
	case n.span.End > limit:
		why = IsBehindNext
	case n.used:
		why = IsTaken
	case !s.takes(n, q):
		why, at = WrongClassifier, q.unit
	case q.unit.Empty() && (h != k || !gap.Empty() && !s.isMany(q, gap)):
		why = NoClassifier
	case h > k && n.pack != nil && n.pack.People && q.unitText == "个" && s.nouns[k].pack == nil && s.takes(&s.nouns[k], q) && !isOffice(n):
		why, at = CountsAnother, s.nouns[k].span // 18个单位党员: the units are counted, but 36个单位党组织书记
	case n.pack == nil && s.modifiesNext(q, h, limit):
		return false
	case !n.in(pattern):
		why = NotInPattern
	case n.pack != nil && s.stopsBetween(n.pack, gap, n.span.Start):
		why, at = CountsAnother, gap
	default:
		return true
	}
	s.stopped(i, h, func() (Reason, corpus.Span) { return why, at })
	return false
}

// modifiesNext reports whether noun k, which no pack counts, is but the modifier of a head further on in the same
// noun phrase: 12个水库管理所党支部. Of people the unit is counted: 18个单位在职党员.
func (s *sentence) modifiesNext(q *quantity, k, limit int) bool {
	if k+1 >= len(s.nouns) || s.chained(k) {
		return false
	}
	between := corpus.Span{Start: s.nouns[k].span.End, End: s.nouns[k+1].span.Start}
	for k++; s.chained(k); {
		k++
	}
	n := &s.nouns[k]
	if n.pack == nil || n.used || n.span.End > limit || !s.takes(n, q) || n.pack.People && !q.refersToPeople() {
		return false
	}
	return s.runes(between) <= maxPart && !s.holdsStop(between) && !strings.ContainsAny(between.Of(s.text), clauseMarks+"、的和及与（(")
}

// holdsStop is stopIn for words of two characters and more that the segmentation may have cut otherwise.
func (s *sentence) holdsStop(span corpus.Span) bool {
	const longest = 3 * len("成")
	text := span.Of(s.text)
	for at := range text {
		for n := 2 * len("成"); n <= longest && at+n <= len(text); n += len("成") {
			if s.x.stops[text[at:at+n]] {
				return true
			}
		}
	}
	return s.stopIn(span)
}

// isOffice reports whether a unit has one of a noun: then so many units have so
// many of them.
func isOffice(n *noun) bool { return strings.HasSuffix(n.term, "书记") }

// predicated reports whether a clause says what those whom the number counts
// are, and nothing else: 其中3人|是|在任支书. Start is where the printed head begins.
func (s *sentence) predicated(q *quantity, gap corpus.Span, n *noun) (start int, ok bool) {
	if n.pack == nil || !n.pack.People || q.unit.Empty() || !s.clauseEnds(n.span.End) {
		return 0, false
	}
	text := gap.Of(s.text)
	for _, copula := range [...]string{"都是", "均是", "均为", "全是", "是", "为", "系"} {
		if rest, ok := strings.CutPrefix(text, copula); ok {
			start := gap.End - len(rest)
			modifier := corpus.Span{Start: start, End: gap.End}
			return start, s.runes(modifier) <= maxConjunct && !strings.ContainsAny(rest, clauseMarks+"、") && (strings.Contains(rest, "的") || !s.stopIn(modifier))
		}
	}
	return 0, false
}

// isMany reports whether a number without a classifier is said with 的: 数以千计的党务干部.
func (s *sentence) isMany(q *quantity, gap corpus.Span) bool {
	return strings.HasSuffix(q.Span.Of(s.text), "计") && strings.HasPrefix(gap.Of(s.text), "的")
}

// firstNoun is the first noun that starts at or after offset at.
func (s *sentence) firstNoun(at int) int {
	return sort.Search(len(s.nouns), func(k int) bool { return s.nouns[k].span.Start >= at })
}

// modifies reports whether what stands between a number and a noun behind it
// modifies the noun, and where the printed head begins.
func (s *sentence) modifies(q *quantity, gap corpus.Span) (start int, pattern Pattern, ok bool) {
	text := gap.Of(s.text)
	if strings.ContainsAny(text, clauseMarks) || s.runes(gap) > maxRelative {
		return 0, "", false
	}
	if first, _ := utf8.DecodeRuneInString(text); strings.ContainsRune("、)）”’+|", first) || hasPrefix(text, []string{"是", "还是", "都是", "均是"}) {
		return 0, "", false
	}
	tail := gap
	if i := strings.LastIndex(text, "的"); i >= 0 {
		tail.Start += i + len("的")
	}
	if s.runes(tail) > maxModifier {
		return 0, "", false
	}
	if !s.stopIn(tail) {
		return tail.Start, Pre, true
	}
	if start, ok := s.behindVerb(tail); ok && q.unitText == "处" {
		return start, Verb, true
	}
	return 0, "", false
}

// behindVerb reports whether a span is one stopping word and a modifier, as in
// 6处|设立|防控检查站, and where the modifier begins.
func (s *sentence) behindVerb(span corpus.Span) (int, bool) {
	k := s.tokenAt(span.Start)
	if k == len(s.tokens) || s.tokens[k].Start != span.Start || !s.x.stops[s.text[span.Start:s.tokens[k].End]] {
		return 0, false
	}
	start := s.tokens[k].End
	if strings.HasPrefix(s.text[start:span.End], "了") {
		start += len("了")
	}
	return start, !s.stopIn(corpus.Span{Start: start, End: span.End})
}

// stopsBetween reports whether the modifier holds a noun that the number
// counts instead of the head: one of the pack's stop words, unless the head
// follows it at once.
func (s *sentence) stopsBetween(p *Pack, gap corpus.Span, head int) bool {
	text := s.text[gap.Start:head]
	for _, w := range p.StopBetween {
		if i := strings.Index(text, w); i >= 0 && i+len(w) < len(text) && s.nounEnds(gap.Start+i, gap.Start+i+len(w), head) {
			return true
		}
	}
	return false
}

// nounEnds reports whether a token ends at end, so that the word in question
// is a word there and not a part of a longer one, and whether what follows
// parts it from the head (a verb or 的, not another modifier).
func (s *sentence) nounEnds(start, end, head int) bool {
	for _, t := range s.tokens[s.tokenAt(start):] {
		if t.Start >= end {
			break
		}
		if t.End != end {
			return false
		}
	}
	rest := corpus.Span{Start: end, End: head}
	return s.stopIn(rest) || strings.HasPrefix(rest.Of(s.text), "的")
}

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
	c := candidate{noun: k, gap: gap, pattern: pattern}
	if unit := s.unitBefore(q, n, gap); !unit.Empty() {
		q.unit = unit
		c.gap = corpus.Span{Start: gap.End, End: gap.End}
	} else if q.unit.Empty() && (n.pack == nil || strings.Trim(gap.Of(s.text), "|｜\t ") != "" || !s.clauseEnds(q.end)) || !q.unit.Empty() && !s.takes(n, q) {
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
	case strings.ContainsAny(text, clauseMarks+"、"):
		return "", false
	case s.x.isFilled(text):
		return Post, true
	case n.pack != nil && n.pack.has(Far) && q.refersToPeople() && !hasSuffix(text, objects) && s.runes(rest) <= maxPredicate && s.clauseEnds(q.end) && !q.unit.Empty() && !strings.Contains(text, "的"):
		return Far, true
	}
	return "", false
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
