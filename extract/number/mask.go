package number

import (
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// maskRun is the end of the run of X, × and * at i.
func maskRun(s string, i int) int {
	for sym := symbolAt(s, i); sym.class == mask; sym = symbolAt(s, i) {
		i += sym.size
		if i < len(s) && s[i] == '.' && symbolAt(s, i+1).class == mask { // X.X万
			i++
		}
	}
	return i
}

// counts reports whether a classifier that can count stands at i. Names that
// begin with one (人民, 家庄) do not.
func counts(s string, i int) bool {
	if i >= len(s) || !strings.ContainsRune(counting, runeAt(s, i)) {
		return false
	}
	_, size := notCounting.at(s, i)
	return size == 0
}

// maskAt reads the mask at i: a run of X, × and *, some figures that go on in
// one (2XX), 若干, or 某. 某 alone is a certain one or masks a name, so it
// needs a unit or 余 (某百名, 某余名).
func maskAt(s string, i int) (end int, needsUnit bool) {
	if strings.HasPrefix(s[i:], "若干") {
		return i + len("若干"), false
	}
	for end = i; strings.HasPrefix(s[end:], "某"); {
		end += len("某")
	}
	if end > i {
		return end, true
	}
	_, at := figures(s, i, maxDigits)
	if end = maskRun(s, at); end == at {
		return i, false
	}
	return end, false
}

// maskedQuantity reads X名, X万个, 2XX名, ××余, 若干名, 某百余名. A mask that
// no counting word follows blacks out a name and is passed over whole.
func (r *reader) maskedQuantity(i int, q *Quantity) (end int, ok bool) {
	end, needsUnit := maskAt(r.s, i)
	if end == i {
		_, size := utf8.DecodeRuneInString(r.s[i:])
		return i + size, false
	}
	if r.touchesLetter(i, end) {
		return end, false
	}
	if to, ok := r.maskedDate(end); ok && !needsUnit {
		*q = Quantity{Kind: Date, Span: corpus.Span{Start: i, End: to}}
		return to, true
	}
	a := r.masked(i, end)
	beyond := a.end > end
	if !counts(r.s, a.end) && (!beyond || !a.count.Magnitude.Valid) || needsUnit && !beyond {
		return end, false
	}
	return r.finish(&a, q)
}

// touchesLetter reports whether s[i:end] is part of a Latin word or code.
func (r *reader) touchesLetter(i, end int) bool {
	if i > 0 && isLetter(r.s[i-1]) {
		return true
	}
	return end < len(r.s) && (isLetter(r.s[end]) || isDigit(r.s[end]))
}

// masked is the amount whose mask is s[i:end], with units and hedges.
func (r *reader) masked(i, end int) amount {
	n := numeral{start: i, end: end}
	magnitude := n.maskedUnits(r.s)
	a := amount{numeral: n, to: n.end}
	_, a.from = r.before(i)
	a.count.Modifier = corpus.Masked
	if magnitude > 1 {
		a.count.Magnitude = corpus.Some(magnitude)
	}
	return a
}

// maskAlone is the masked amount at i whatever follows it.
func (r *reader) maskAlone(i int) (a amount, ok bool) {
	end, needsUnit := maskAt(r.s, i)
	a = r.masked(i, end)
	return a, end > i && (!needsUnit || a.end > end)
}

// maskedUnits moves n over 余, units and 余 again, and multiplies the units.
func (n *numeral) maskedUnits(s string) int64 {
	magnitude := int64(1)
	for {
		sym := symbolAt(s, n.end)
		_, size := hedgeBehind(s, n.end)
		switch {
		case sym.class == small || sym.class == big:
			magnitude = product(magnitude, sym.val)
			n.end += sym.size
			continue
		case size > 0 && !strings.HasPrefix(s[n.end:], "来"):
			n.end += size
			continue
		}
		return magnitude
	}
}

// maskedDate reads the rest of X年X月X日 and X月X日.
func (r *reader) maskedDate(i int) (end int, ok bool) {
	switch {
	case strings.HasPrefix(r.s[i:], "年"):
		month, has := r.part(i+len("年"), 12, "月")
		return r.day(month), has
	case strings.HasPrefix(r.s[i:], "月"):
		return r.day(i + len("月")), true
	}
	return i, false
}
