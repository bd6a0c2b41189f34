package number

import (
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// hanQuantity reads what begins with a Chinese numeral.
func (r *reader) hanQuantity(i int, q *Quantity) (end int, ok bool) {
	step := i + symbolAt(r.s, i).size
	a, ok := r.amount(i, false)
	if !ok || r.nounBefore(i) {
		return step, false
	}
	plain := a.from == i && a.to == a.end && !a.form.has(more|roughly|spread)
	if plain && !r.behindTh(i) {
		if is, size := names.at(r.s, i); is && i+size >= a.end {
			*q = Quantity{Kind: Name, Span: unitSpan(i, size)}
			return i + size, true
		}
		if r.weekday(&a, q) || r.oneHalf(&a, q) {
			return q.Span.End, true
		}
	}
	if a.form.has(vague) && a.hi < 10 && !r.vagueCounts(&a) {
		return step, false
	}
	return r.finish(&a, q)
}

// nounBefore reports whether 数 at i ends a noun (人数百余) or begins one.
func (r *reader) nounBefore(i int) bool {
	switch runeAt(r.s, i) {
	case '数', '數':
		return strings.ContainsRune("人总次户件指系参分少基无字票度函计岁多为", runeBefore(r.s, i))
	}
	return false
}

// vagueCounts reports whether a lone 几 or 数 is followed by what it counts;
// otherwise it is part of a word (数据, 几乎).
func (r *reader) vagueCounts(a *amount) bool {
	if first := runeAt(r.s, a.start); first == '几' || first == '幾' {
		_, size := units.at(r.s, a.end)
		return size > 0
	}
	return counts(r.s, a.end)
}

// weekday reads 周五 and 星期三; 每周一次 is a number of times.
func (r *reader) weekday(a *amount, q *Quantity) bool {
	if a.hi > 6 || a.lo != a.hi || a.form != 0 {
		return false
	}
	for _, week := range [...]string{"星期", "礼拜", "周"} {
		from := a.start - len(week)
		if from < r.floor || !strings.HasPrefix(r.s[from:], week) {
			continue
		}
		if _, size := units.at(r.s, a.end); size > 0 || numeralBefore(r.s, from) {
			return false
		}
		*q = Quantity{Kind: Date, Span: corpus.Span{Start: from, End: a.end}, Unit: unitSpan(from, len(week))}
		return true
	}
	return false
}

// numeralBefore reports whether a numeral ends at i: 一周, 第三周.
func numeralBefore(s string, i int) bool {
	if i == 0 {
		return false
	}
	_, size := utf8.DecodeLastRuneInString(s[:i])
	return symbolAt(s, i-size).class != none
}

// oneHalf reads 一半.
func (r *reader) oneHalf(a *amount, q *Quantity) bool {
	if a.lo != 1 || a.hi != 1 || runeAt(r.s, a.end) != '半' {
		return false
	}
	r.portionOf(corpus.Span{Start: a.start, End: a.end + len("半")}, q)
	return true
}

// halfQuantity reads 半数, 过半, 半年; any other 半 is part of a word.
func (r *reader) halfQuantity(i int, q *Quantity) (end int, ok bool) {
	end = i + len("半")
	if strings.HasPrefix(r.s[end:], "数") {
		_, from := r.before(i)
		r.portionOf(corpus.Span{Start: from, End: end + len("数")}, q)
		return q.Span.End, true
	}
	if u, size := units.at(r.s, end); size > 0 && (u == unit(Duration) || u == yearUnit) {
		*q = Quantity{Kind: Duration, Span: corpus.Span{Start: i, End: end}, Unit: unitSpan(end, size)}
		q.Count = corpus.Count{Lo: corpus.Some(0), Hi: corpus.Some(1), Modifier: corpus.Exact}
		return q.Unit.End, true
	}
	if i > r.floor && strings.ContainsRune("过大多近超", runeBefore(r.s, i)) {
		r.portionOf(corpus.Span{Start: i, End: end}, q)
		return end, true
	}
	return end, false
}

// portionOf fills q with a share that has no count.
func (r *reader) portionOf(span corpus.Span, q *Quantity) {
	*q = Quantity{Kind: Percent, Span: span, Count: corpus.Count{Modifier: corpus.Exact}}
}
