package number

import (
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// arabicQuantity reads what begins with a figure.
func (r *reader) arabicQuantity(i int, q *Quantity) (end int, ok bool) {
	if start := r.codeStart(i); start < i && !r.countedAfterLetters(i) {
		return r.code(start, i, q)
	}
	if end, ok = r.figureDate(i, q); ok {
		return end, true
	}
	if end, _ = maskAt(r.s, i); end > i {
		if end, ok = r.maskedQuantity(i, q); ok {
			return end, true
		}
	}
	a, ok := r.amount(i, false)
	if !ok {
		return i + symbolAt(r.s, i).size, false
	}
	if end, ok = r.slashed(&a, q); ok {
		return end, true
	}
	if r.codeGoesOn(&a) {
		return r.code(i, a.end, q)
	}
	return r.finish(&a, q)
}

// codeStart goes back over letters, and over a joint behind letters, that
// touch the figure at i: G40, K10, Covid-19.
func (r *reader) codeStart(i int) int {
	at := i
	if at-2 >= r.floor && strings.IndexByte("+-/._#=", r.s[at-1]) >= 0 && isLetter(r.s[at-2]) {
		at--
	}
	start := at
	for start > r.floor && isLetter(r.s[start-1]) {
		start--
	}
	if start == at {
		return i
	}
	return start
}

// countedAfterLetters reports whether the figure at i is a count although
// debris of letters touches it: nbsp3名.
func (r *reader) countedAfterLetters(i int) bool {
	a, ok := r.amount(i, false)
	return ok && isLetter(r.s[i-1]) && counts(r.s, a.to)
}

// codeGoesOn reports whether letters or a joint follow the figures: 5G, 1+10,
// 5-1, 3.2.1.
func (r *reader) codeGoesOn(a *amount) bool {
	if a.to > a.end || a.end >= len(r.s) {
		return false
	}
	if isLetter(r.s[a.end]) {
		_, size := units.at(r.s, a.end)
		return size == 0 || r.latinRuns(unitSpan(a.end, size))
	}
	return jointAt(r.s, a.end) > 0
}

// jointAt is the size of a rune at i that joins the parts of an identifier,
// 0 unless another part follows.
func jointAt(s string, i int) int {
	r := runeAt(s, i)
	switch r {
	case '+', '-', '/', '_', '#', '＋':
		if next := i + utf8.RuneLen(r); next < len(s) && (isDigit(s[next]) || isLetter(s[next])) {
			return utf8.RuneLen(r)
		}
	case '.', '·', '•', '－', '–', '—':
		if next := i + utf8.RuneLen(r); digitAt(s, next) {
			return utf8.RuneLen(r)
		}
	}
	return 0
}

// code reads an identifier that begins at start; s[start:end] is known to
// belong to it.
func (r *reader) code(start, end int, q *Quantity) (int, bool) {
	for end < len(r.s) {
		if c := r.s[end]; isDigit(c) || isLetter(c) {
			end++
			continue
		}
		size := jointAt(r.s, end)
		if size == 0 {
			break
		}
		end += size
	}
	*q = Quantity{Kind: Identifier, Span: corpus.Span{Start: start, End: end}}
	return end, true
}

// slashed reads 2/3 as a fraction.
func (r *reader) slashed(a *amount, q *Quantity) (end int, ok bool) {
	if a.form != hasArabic || a.from < a.start || !strings.HasPrefix(r.s[a.end:], "/") {
		return 0, false
	}
	n, ok := readNumeral(r.s, a.end+1, false)
	if !ok || n.form != hasArabic || n.lo > 10 || a.lo >= n.lo || jointAt(r.s, n.end) > 0 {
		return 0, false
	}
	*q = Quantity{
		Kind:  Percent,
		Span:  corpus.Span{Start: a.start, End: n.end},
		Count: corpus.Count{Modifier: corpus.Exact},
		Unit:  unitSpan(a.end, 1),
	}
	return n.end, true
}
