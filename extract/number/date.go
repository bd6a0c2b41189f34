package number

import (
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
)

// calendar reads the dates and times that are written with 年, 月, 日, 点: from
// the first number to the last unit, a time behind a day included.
func (r *reader) calendar(a *amount, q *Quantity, u unit, span corpus.Span) (end int, ok bool) {
	kind := Date
	switch u {
	case yearUnit:
		month, has := r.part(span.End, 12, "月")
		switch {
		case has && (r.isYear(a) || a.form.has(hasArabic) && a.digits == 2):
			end = r.day(month)
		case r.isYear(a):
			end = span.End
		default:
			return 0, false
		}
	case monthUnit, dayUnit:
		if r.calendarKind(a, u, runeAt(r.s, span.End)) != Date {
			return 0, false
		}
		end = r.day(span.End)
		if u == dayUnit {
			end = r.clock(span.End)
		}
	case clockUnit:
		k, yes := r.clockKind(a, span, runeAt(r.s, span.End))
		if !yes || k != Time || a.form.has(fraction) {
			return 0, false
		}
		kind, end = Time, r.minutes(span.End)
	default:
		return 0, false
	}
	*q = Quantity{Kind: kind, Span: corpus.Span{Start: a.from, End: end}, Unit: span}
	return end, true
}

// isYear: four figures, two four-figure ends, or a positional Chinese number.
func (r *reader) isYear(a *amount) bool {
	if a.effect != noEffect || a.form.has(grouped|united|more|roughly|fraction|lost|leadZero) {
		return false
	}
	if a.form.has(positional) {
		return a.digits == 2 || a.digits == 4
	}
	return a.form.has(hasArabic) && a.digits == 4 && a.lo >= 1000 && a.hi < 3000
}

// part reads a number up to limit, or a masked one, with the given unit.
func (r *reader) part(i, limit int, units string) (end int, ok bool) {
	i = skipSpace(r.s, i)
	if m := maskRun(r.s, i); m > i {
		i = m
	} else {
		n, ok := readNumeral(r.s, i, false)
		if !ok || n.hi > int64(limit) {
			return i, false
		}
		i = n.end
	}
	i = skipSpace(r.s, i)
	next, size := utf8.DecodeRuneInString(r.s[i:])
	if size == 0 || !strings.ContainsRune(units, next) {
		return i, false
	}
	return i + size, true
}

// day reads D日 or D号 behind a month, and the time behind it.
func (r *reader) day(i int) int {
	end, ok := r.part(i, 31, "日号")
	if !ok {
		return i
	}
	return r.clock(end)
}

// clock reads a time of day behind a date: 14时, 8点30分, 10:52.
func (r *reader) clock(i int) int {
	at := skipSpace(r.s, i)
	if end, ok := clockFigures(r.s, at); ok {
		return end
	}
	if end, ok := r.part(at, 24, "时点"); ok && !strings.HasPrefix(r.s[end:], "位") {
		return r.minutes(end)
	}
	return i
}

// minutes reads what follows the hour: 20分, 半, 整, 一刻.
func (r *reader) minutes(i int) int {
	if end, ok := r.part(i, 59, "分刻"); ok && !strings.HasPrefix(r.s[end:], "钟") {
		if sec, ok := r.part(end, 59, "秒"); ok {
			return sec
		}
		return end
	}
	switch runeAt(r.s, i) {
	case '半', '整', '许', '钟':
		return i + len("半")
	}
	return i
}

// figureDate reads the dates and times of figures alone: 2019/7/14,
// 2018-06-21 07:15:42, 2020-03, 10:52.
func (r *reader) figureDate(i int, q *Quantity) (end int, ok bool) {
	*q = Quantity{Kind: Date}
	if end, ok = dayFigures(r.s, i); ok {
		at := end
		for n := 0; n < 2 && at < len(r.s) && (r.s[at] == ' ' || r.s[at] == 'T'); n++ {
			at++
		}
		if t, yes := clockFigures(r.s, at); yes {
			end = t
		}
	} else if end, ok = clockFigures(r.s, i); ok {
		q.Kind = Time
	}
	q.Span = corpus.Span{Start: i, End: end}
	return end, ok
}

// dayFigures reads Y-M-D with one of - / . and Y-MM with one of - /.
func dayFigures(s string, i int) (end int, ok bool) {
	year, end := figures(s, i, 4)
	if end != i+4 || year < 1900 || year > 2099 || end >= len(s) || !strings.ContainsRune("-/.", rune(s[end])) {
		return i, false
	}
	sep := s[end]
	from := end + 1
	month, end := figures(s, from, 2)
	if end == from || month < 1 || month > 12 {
		return i, false
	}
	if end < len(s) && s[end] == sep {
		day, e := figures(s, end+1, 2)
		return e, e > end+1 && day >= 1 && day <= 31 && !digitAt(s, e)
	}
	closes := end == len(s) || !isDigit(s[end]) && !isLetter(s[end])
	_, size := units.at(s, end)
	return end, sep != '.' && end == from+2 && closes && size == 0
}

// clockFigures reads 10:52 and 10:52:07 with colons of either width.
func clockFigures(s string, i int) (end int, ok bool) {
	hour, end := figures(s, i, 2)
	if end == i || hour > 24 {
		return i, false
	}
	parts := 0
	for ; parts < 2; parts++ {
		size := colonAt(s, end)
		value, e := figures(s, end+size, 2)
		if size == 0 || e != end+size+2 || value > 59 || digitAt(s, e) {
			break
		}
		end = e
	}
	return end, parts > 0
}

func colonAt(s string, i int) int {
	switch runeAt(s, i) {
	case ':':
		return 1
	case '：':
		return len("：")
	}
	return 0
}

// figures reads at most limit ASCII digits.
func figures(s string, i, limit int) (value, end int) {
	for end = i; end < len(s) && end < i+limit && isDigit(s[end]); end++ {
		value = value*10 + int(s[end]-'0')
	}
	return value, end
}

func digitAt(s string, i int) bool { return i < len(s) && isDigit(s[i]) }
