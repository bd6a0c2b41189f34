package asof

import (
	"time"

	"jianbao/corpus"
	"jianbao/extract/number"
)

// said is a date as a text says it. A part that is 0 was not said.
type said struct {
	number.Calendar
	last  bool // the last day of the month
	vague bool // no day can be told: X月X日, 周五, 上月 in an article without a date
}

// add joins what a date says to what a word before it said: 去年 and 12月31日.
func (d *said) add(c number.Calendar, ok bool) {
	twice := d.Year > 0 && c.Year > 0 || d.Month > 0 && c.Month > 0
	d.vague = d.vague || !ok || twice
	d.Year, d.Month, d.Day = max(d.Year, c.Year), max(d.Month, c.Month), c.Day
}

// end reads 底 or its like behind a year, a month or nothing, and returns its
// length.
func (d *said) end(s string) int {
	n := 0
	switch {
	case d.Day > 0:
	case d.Month > 0:
		if n = prefix(s, monthEnds); n > 0 {
			d.last = true
		}
	case d.Year > 0 || d.vague:
		if n = prefix(s, yearEnds); n > 0 {
			d.Month, d.last = 12, true
		}
	default:
		if n = prefix(s, thisYearEnds); n > 0 {
			d.Month, d.last = 12, true
		} else if n = prefix(s, thisMonthEnds); n > 0 {
			d.last = true
		}
	}
	return n
}

// in is the day in a given month; false when that month has no such day.
func (d said) in(year, month int) (corpus.Date, bool) {
	if d.last {
		return corpus.Date(time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Unix() / 86400), true
	}
	return corpus.DateOf(year, month, d.Day)
}

// published is the day on which an article was published.
type published struct {
	day   corpus.Date
	known bool
}

// relative is what a word like 昨日, 上月 or 去年 says.
func (p published) relative(r relative) (d said, ok bool) {
	if r.unit == none || !p.known {
		return d, false
	}
	now := p.day.Time()
	switch r.unit {
	case days:
		then := now.AddDate(0, 0, -r.back)
		d.Year, d.Month, d.Day = then.Year(), int(then.Month()), then.Day()
	case months:
		then := time.Date(now.Year(), now.Month()-time.Month(r.back), 1, 0, 0, 0, 0, time.UTC)
		d.Year, d.Month = then.Year(), int(then.Month())
	case years:
		d.Year = now.Year() - r.back
	}
	return d, true
}

// complete is the last day up to the published one that d can mean. Unless it
// may be of the year or month before, it is none when it is still to come.
func (p published) complete(d said, before bool) (corpus.Date, bool) {
	if d.vague || d.Day == 0 && !d.last || !p.known && d.Year == 0 {
		return 0, false
	}
	year, month := d.Year, d.Month
	now := p.day.Time()
	if year == 0 {
		year = now.Year()
	}
	if month == 0 {
		month = int(now.Month())
	}
	day, ok := d.in(year, month)
	if ok && (!p.known || day <= p.day) {
		return day, true
	}
	switch {
	case !before || d.Year > 0:
		return 0, false
	case d.Month > 0:
		return d.in(year-1, month)
	}
	previous := time.Date(year, time.Month(month)-1, 1, 0, 0, 0, 0, time.UTC)
	return d.in(previous.Year(), int(previous.Month()))
}
