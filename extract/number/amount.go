package number

import (
	"strings"

	"jianbao/corpus"
)

// amount is a numeral, or two of them, with the hedges around.
type amount struct {
	numeral
	effect effect
	count  corpus.Count
	from   int // start with hedges; numeral.start is the first digit
	to     int // end with hedges; numeral.end is the end of the digits and 余
	dash   bool
}

// amount reads the numeral at i with everything that belongs to it. When it is
// certain that nothing but a number stands here, decimals (三点五) and hedges
// (十来) need no unit behind them.
func (r *reader) amount(i int, certain bool) (a amount, ok bool) {
	if a, ok = r.idiom(i); ok {
		return a, true
	}
	n, ok := readNumeral(r.s, i, certain)
	if !ok {
		return amount{}, false
	}
	n.outerHedge(r.s, certain)
	a.numeral = n
	a.dash = a.widen(r.s)
	a.effect, a.from = r.before(i)
	if a.effect == upward && !a.loneUnit() || a.effect == good && !a.form.has(vague) {
		a.effect, a.from = noEffect, i
	}
	a.count = a.hedged(a.effect)
	a.count, a.to = r.join(a.count, a.end)
	return a, true
}

// loneUnit reports whether a is 百, 千万 and the like.
func (a *amount) loneUnit() bool { return a.form.has(bare) && a.form.has(united) }

// joints stand between the two numerals of a range.
var joints = newLexicon(words(
	entry[bool]{"至 到 ~ ～ 〜 ∼", false},
	entry[bool]{"- － – — —— ― ﹣ −", true},
), firstRune)

// widen makes a range of n when a joint and a greater numeral follow. It
// reports whether the joint was a dash, which joins identifiers too.
func (n *numeral) widen(s string) (dash bool) {
	if n.form.has(lost | spread | leadZero) {
		return false
	}
	dash, size := joints.at(s, n.end)
	if size == 0 {
		return false
	}
	m, ok := readNumeral(s, n.end+size, false)
	if !ok || m.form.has(lost|leadZero) || m.loneStart() {
		return false
	}
	lo := n.lo
	if n.scale > 0 && m.scale > n.scale {
		if up := n.scaled(m.scale / n.scale); up < m.lo {
			lo = up
		}
	}
	if lo >= m.lo {
		return false
	}
	m.outerHedge(s, false)
	if m.form.has(fraction) {
		m.hi++
	}
	n.lo, n.hi, n.end = lo, m.hi, m.end
	n.form |= spread | m.form&(united|hasArabic)
	n.form &^= more | roughly | bare | fraction
	return dash
}

// loneStart tells a second numeral from a noun that begins with one: 到百姓.
func (n *numeral) loneStart() bool {
	return n.form.has(bare|vague) && !n.form.has(more) && n.lo != 10
}

// idiom reads the set phrases: 数以万计, 成百上千, 上千数万.
func (r *reader) idiom(i int) (a amount, ok bool) {
	if symbolAt(r.s, i).class == some {
		return r.countedBy(i)
	}
	return r.fromTo(i)
}

// countedBy reads 数以万计: at least one of the unit, no value.
func (r *reader) countedBy(i int) (a amount, ok bool) {
	at := i + symbolAt(r.s, i).size
	if !strings.HasPrefix(r.s[at:], "以") {
		return a, false
	}
	n, ok := readNumeral(r.s, at+len("以"), false)
	if !ok || !n.form.has(bare) || !strings.HasPrefix(r.s[n.end:], "计") {
		return a, false
	}
	n.start, n.end, n.form = i, n.end+len("计"), n.form|spread
	a = amount{numeral: n, from: i, to: n.end}
	a.count = corpus.Count{Lo: corpus.Some(n.lo), Modifier: corpus.AtLeast}
	return a, true
}

// fromTo reads 成百上千 (two hundred and more, to all below ten thousand) and
// 上千数万 (a thousand and more).
func (r *reader) fromTo(i int) (a amount, ok bool) {
	first := runeBefore(r.s, i)
	if i-len("上") < r.floor || first != '成' && first != '上' {
		return a, false
	}
	u := symbolAt(r.s, i)
	if u.class != small && u.class != big {
		return a, false
	}
	next := i + u.size
	switch runeAt(r.s, next) {
	case '上', '成', '数', '數':
	default:
		return a, false
	}
	next += len("上")
	v := symbolAt(r.s, next)
	if v.class != small && v.class != big || v.val <= u.val {
		return a, false
	}
	lo := u.val
	if first == '成' {
		lo *= 2
	}
	n := numeral{lo: lo, hi: v.val*10 - 1, step: 1, form: spread | united, start: i, end: next + v.size}
	a = amount{numeral: n, from: i - len("上"), to: n.end}
	a.count = n.hedged(noEffect)
	return a, true
}
