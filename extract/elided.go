package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

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

// mayBePart reports whether a number can be a part of a whole.
func mayBePart(q, whole *quantity) bool {
	return !whole.Count.Value.Valid || q.Count.Value.N <= whole.Count.Value.N
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
