package number

import (
	"strings"

	"jianbao/corpus"
)

// marker reads the numbers of a list: 1. 一、 （二） 一是.
func (r *reader) marker(a *amount, q *Quantity) bool {
	if a.from < a.start || a.to > a.end || a.hi > 99 || a.form&^(hasArabic|leadZero) != 0 {
		return false
	}
	if !r.outlined(a) {
		return false
	}
	q.Kind = Marker
	q.Count = corpus.Count{Value: corpus.Some(a.lo), Lo: corpus.Some(a.lo), Hi: corpus.Some(a.lo), Modifier: corpus.Exact}
	return true
}

// outlined reports whether a stands where a list item begins, with the
// punctuation of one.
func (r *reader) outlined(a *amount) bool {
	figures := a.form.has(hasArabic)
	switch runeAt(r.s, a.end) {
	case '、':
		return r.opens(a.start, figures)
	case '.', '．':
		after := symbolAt(r.s, a.end+len(string(runeAt(r.s, a.end))))
		return after.class != arabic && r.opens(a.start, true)
	case ')', '）':
		at := a.start
		if p := runeBefore(r.s, at); p == '(' || p == '（' {
			at -= len(string(p))
		}
		return r.opens(at, figures)
	case '是', '要', '则':
		return !figures && a.hi < 10 && (r.opens(a.start, false) || r.afterAny(a.start, "，,、"))
	}
	return false
}

// opens reports whether a list item may begin at i: at the start of a line or
// behind the end of a sentence. A colon counts for Chinese numerals only,
// because 党支部：3、党小组：5 is a list of counts.
func (r *reader) opens(i int, figures bool) bool {
	for i > r.floor {
		p := runeBefore(r.s, i)
		if p != ' ' && p != '\u3000' && p != '\t' {
			break
		}
		i -= len(string(p))
	}
	if i == 0 || r.afterAny(i, "\n\r。；;！!？?”") {
		return true
	}
	return !figures && r.afterAny(i, "：:“")
}

// afterAny reports whether the rune before i is one of set.
func (r *reader) afterAny(i int, set string) bool {
	return i > 0 && strings.ContainsRune(set, runeBefore(r.s, i))
}
