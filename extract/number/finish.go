package number

import (
	"strings"

	"jianbao/corpus"
)

// finish decides the kind of a and fills q. It returns the offset at which to
// go on.
func (r *reader) finish(a *amount, q *Quantity) (end int, ok bool) {
	*q = Quantity{Span: corpus.Span{Start: a.from, End: a.to}, Count: a.count}
	if r.ordinal(a, q) || r.marker(a, q) || r.portion(a, q) {
		return q.Span.End, true
	}
	u, unit, ok := r.unitAt(a)
	if ok && r.latinRuns(unit) {
		ok = false
	}
	if ok {
		if end, ok := r.calendar(a, q, u, unit); ok {
			return end, true
		}
		q.Kind, ok = r.resolve(a, u, unit)
	}
	switch {
	case r.moneySign(a.start):
		q.Kind = Money
	case !ok:
		q.Kind = r.kindBare(a)
	case r.phrase(a, unit):
		q.Kind = Name
	default:
		if q.Kind != Plain {
			q.Unit = unit
		}
		q.Count, _ = After(r.s, unit.End, q.Count)
	}
	if noCount(q.Kind) {
		q.Count = corpus.Count{}
	}
	return max(q.Span.End, q.Unit.End), true
}

// noCount names the kinds that say no number of anything.
func noCount(k Kind) bool {
	switch k {
	case Date, Time, Identifier, Name:
		return true
	}
	return false
}

// ordinal reads a number behind 第. 第一书记 is an office.
func (r *reader) ordinal(a *amount, q *Quantity) bool {
	if !r.behindTh(a.start) {
		return false
	}
	q.Kind = Ordinal
	q.Span = corpus.Span{Start: a.start - len("第"), End: a.end}
	if strings.HasPrefix(r.s[a.end:], "书记") {
		q.Kind, q.Count = Name, corpus.Count{}
	}
	return true
}

func (r *reader) behindTh(start int) bool {
	const th = "第"
	return start-len(th) >= r.floor && strings.HasSuffix(r.s[:start], th)
}

// portion reads 分之: 百分之四十 is a percentage, 三分之二 has no count.
func (r *reader) portion(a *amount, q *Quantity) bool {
	const of = "分之"
	if !strings.HasPrefix(r.s[a.end:], of) {
		return false
	}
	part, ok := r.amount(a.end+len(of), true)
	if !ok || part.from < part.start {
		return false
	}
	q.Kind = Percent
	q.Span.End = part.to
	q.Unit = unitSpan(a.end, len(of))
	q.Count = corpus.Count{Modifier: corpus.Exact}
	if a.form.has(bare) && a.lo == 100 {
		q.Count = part.hedged(a.effect)
		q.Count, q.Span.End = r.join(q.Count, part.end)
		q.Unit = unitSpan(a.start, len("百分之"))
	}
	return true
}

// latinRuns reports whether a Latin unit is only the start of a longer word
// (5G, 4mat): then it is none.
func (r *reader) latinRuns(unit corpus.Span) bool {
	return unit.End < len(r.s) && isLetter(r.s[unit.End-1]) && (isLetter(r.s[unit.End]) || isDigit(r.s[unit.End]))
}

func (r *reader) moneySign(start int) bool {
	switch runeBefore(r.s, start) {
	case '￥', '¥', '$', '＄':
		return true
	}
	return false
}

// phrase reports whether the number with its classifier is part of a wording
// that counts nothing: 统一名称, 一个个, 一人一档.
func (r *reader) phrase(a *amount, unit corpus.Span) bool {
	if a.lo != 1 || a.hi != 1 || a.form.has(hasArabic) || a.from < a.start {
		return false
	}
	if strings.ContainsRune("统唯同单专逐均归", runeBefore(r.s, a.start)) {
		return true
	}
	rest := r.s[unit.End:]
	if strings.HasPrefix(rest, unit.Of(r.s)) {
		return true
	}
	if !strings.HasPrefix(rest, "一") {
		return false
	}
	next := unit.End + len("一")
	return !counts(r.s, next) && isHan(runeAt(r.s, next))
}
