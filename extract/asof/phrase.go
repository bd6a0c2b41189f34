package asof

import (
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/extract/number"
)

// phrase is one that names a day.
type phrase struct {
	end   int // offset behind it
	day   corpus.Date
	known bool // false when it does not tell which day
}

// phrase reads the phrase that begins where w stands.
func (w *walk) phrase() (phrase, bool) {
	rest := w.text[w.at:w.span.End]
	r, _ := utf8.DecodeRuneInString(rest)
	switch r {
	case '截':
		return w.until(rest)
	case '到', '至':
		if w.fresh {
			return w.upTo(rest)
		}
	case '目', '迄':
		if n := prefix(rest, soFar); n > 0 {
			return phrase{w.at + n, w.published.day, w.published.known}, true
		}
	}
	return phrase{}, false
}

// until reads 截至 and 截止 with what follows.
func (w *walk) until(rest string) (phrase, bool) {
	n := prefix(rest, untils)
	if n == 0 || suffix(w.text[w.span.Start:w.at], deadlines) {
		return phrase{}, false
	}
	n += prefix(rest[n:], links)
	n += blank(rest[n:])
	n += prefix(rest[n:], zones)
	d, size := w.date(rest[n:])
	if size == 0 {
		return phrase{end: w.at + n}, true
	}
	n += size
	n += w.hour(rest[n:])
	if prefix(rest[n:], notAfter) > 0 {
		return phrase{end: w.at + n}, true
	}
	n += prefix(rest[n:], stops)
	day, known := w.published.complete(d, true)
	return phrase{w.at + n, day, known}, true
}

// upTo reads 到2月23日为止 and 到2月23日，.
func (w *walk) upTo(rest string) (phrase, bool) {
	n := len("到")
	n += blank(rest[n:])
	d, size := w.date(rest[n:])
	if size == 0 {
		return phrase{}, false
	}
	n += size
	n += w.hour(rest[n:])
	stop := prefix(rest[n:], stops)
	if next, _ := utf8.DecodeRuneInString(rest[n:]); stop == 0 && !isMark(next) {
		return phrase{}, false
	}
	day, known := w.published.complete(d, stop > 0)
	return phrase{w.at + n + stop, day, known}, true
}

// date reads a date at the start of s: what it says and its length, 0 when
// there is none.
func (f *finder) date(s string) (said, int) {
	rel, n := relativeAt(s)
	d, ok := f.published.relative(rel)
	if n > 0 && !ok {
		d.vague = true
	}
	if rel.unit == days {
		return d, n
	}
	if q, ok := f.numberAt(s[n:]); ok && q.Kind == number.Date {
		c, told := number.CalendarOf(q.Span.Of(s[n:]))
		d.add(c, told)
		n += q.Span.End
	}
	n += d.end(s[n:])
	return d, n
}

// hour is the length of a time of day behind a date: 上午, 18时, 晚.
func (f *finder) hour(s string) int {
	n := blank(s)
	n += prefix(s[n:], daytimes)
	if q, ok := f.numberAt(s[n:]); ok && q.Kind == number.Time {
		n += q.Span.End
	}
	return n
}

// window is how much of a text is read for one date, in bytes.
const window = 64

// numberAt reads the quantity at the start of s.
func (f *finder) numberAt(s string) (number.Quantity, bool) {
	if len(s) > window {
		end := window
		for !utf8.RuneStart(s[end]) && end > window-utf8.UTFMax {
			end--
		}
		s = s[:end]
	}
	f.numbers = number.Append(f.numbers[:0], s)
	if len(f.numbers) == 0 || f.numbers[0].Span.Start > 0 {
		return number.Quantity{}, false
	}
	return f.numbers[0], true
}

// blank is the length of the spaces at the start of s.
func blank(s string) int { return len(s) - len(strings.TrimLeft(s, " \u3000")) }
