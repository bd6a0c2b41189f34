package number

import (
	"strings"
	"unicode/utf8"
)

// hanDecimals reads 点五 behind a whole Chinese numeral. It is told from a time
// (三点五十分) by what follows the digits: a big unit or a unit of measure,
// money or percent; certain means that nothing has to follow.
func (b *builder) hanDecimals(s string, i int, certain bool) int {
	const point = "点"
	if b.form.has(hasArabic|pair|vague|bare|positional) || !b.pending || b.prevBig != 0 || !strings.HasPrefix(s[i:], point) {
		return i
	}
	from := i + len(point)
	end, n := from, 0
	value := b.section.lo
	for sym := symbolAt(s, end); sym.class == digit && n < 6; sym = symbolAt(s, end) {
		value = product(value, 10) + sym.val
		end += sym.size
		n++
	}
	if n == 0 || !certain && !decimalsFollowed(s, end) {
		return i
	}
	b.section = bounds{value, value}
	b.exp, b.step, b.scale, b.closed = n, lowestPosition(value), 1, true
	b.absorb()
	for sym := symbolAt(s, end); sym.class == big && b.takeBig(coefficient{}, false, sym.val); sym = symbolAt(s, end) {
		end += sym.size
	}
	return end
}

// decimalsFollowed reports whether what stands at end makes 点 a decimal point.
func decimalsFollowed(s string, end int) bool {
	switch symbolAt(s, end).class {
	case big:
		return true
	case small, digit:
		return false
	}
	k, _ := units.at(s, end)
	return k == unit(Percent) || k == unit(Measure) || k == unit(Money)
}

// innerHedge reads a hedge between the coefficient and a big unit: 20余万.
func (b *builder) innerHedge(s string, i int) int {
	f, size := hedgeBehind(s, i)
	if size == 0 || b.form.has(fraction) {
		return i
	}
	sym := symbolAt(s, i+size)
	if sym.class != big || !b.takeBig(coefficient{}, false, sym.val) {
		return i
	}
	b.form |= f
	i += size + sym.size
	for sym = symbolAt(s, i); sym.class == big && b.takeBig(coefficient{}, false, sym.val); sym = symbolAt(s, i) {
		i += sym.size
	}
	return i
}

// hedgeBehind reads 余, 多 or 来 at i.
func hedgeBehind(s string, i int) (f form, size int) {
	switch r := runeAt(s, i); r {
	case '余', '餘', '多':
		return more, utf8.RuneLen(r)
	case '来', '來':
		return roughly, utf8.RuneLen(r)
	}
	return 0, 0
}

// outerHedge reads the hedge that ends n: 2300余, 十来, 百把. Words that
// merely begin with such a rune (余额, 多功能, 来了) are left alone.
func (n *numeral) outerHedge(s string, certain bool) {
	if n.form.has(pair | vague | positional | fraction) {
		return
	}
	at := n.end
	if n.form.has(hasArabic) {
		at = skipSpace(s, at)
	}
	f, size := hedgeBehind(s, at)
	if size == 0 && n.form.has(bare) && runeAt(s, at) == '把' {
		f, size = roughly, len("把")
	}
	if size == 0 || !n.mayHedge(s, at+size, f, certain) {
		return
	}
	n.form |= f
	n.end = at + size
}

// mayHedge reports whether the hedge f that ends at end belongs to n.
func (n *numeral) mayHedge(s string, end int, f form, certain bool) bool {
	if n.hi < 10 && n.step == 1 {
		return false
	}
	if f == more {
		return !strings.ContainsRune("额震姚媒功样边党", runeAt(s, end))
	}
	_, size := units.at(s, skipSpace(s, end))
	return certain || size > 0
}
