package number

import (
	"strings"
)

// Calendar is what a date says: 2月23日 says a month and a day. A part that it
// does not say is 0.
type Calendar struct{ Year, Month, Day int }

// CalendarOf reads the text of a quantity of Kind [Date]; a time behind the
// day is passed over. A year of two figures is one of 1950 to 2049. It returns
// false for a weekday, a mask (X月X日), a range (15至16日), and where a part is
// out of range; whether the day exists is not asked.
func CalendarOf(date string) (Calendar, bool) {
	c, ok := writtenCalendar(date)
	if !ok {
		c, ok = figureCalendar(date)
	}
	inRange := c.Year >= 0 && c.Year < 10000 && c.Month >= 0 && c.Month <= 12 && c.Day >= 0 && c.Day <= 31
	return c, ok && inRange && c != Calendar{}
}

// writtenCalendar reads a date with 年, 月, 日 or 号.
func writtenCalendar(date string) (c Calendar, ok bool) {
	for _, part := range []struct {
		units string
		put   *int
	}{{"年", &c.Year}, {"月", &c.Month}, {"日号", &c.Day}} {
		at := strings.IndexAny(date, part.units)
		if at < 0 {
			continue
		}
		count, err := Parse(strings.TrimSpace(date[:at]))
		if err != nil || !count.Value.Valid || count.Value.N < 1 && part.put != &c.Year || count.Value.N > 9999 {
			return Calendar{}, false
		}
		*part.put = int(count.Value.N)
		date, ok = date[at+len("年"):], true
	}
	if ok && c.Year > 0 && c.Year < 100 {
		c.Year = fullYear(c.Year)
	}
	return c, ok
}

// fullYear completes a year of two figures.
func fullYear(y int) int {
	if y < 50 {
		return 2000 + y
	}
	return 1900 + y
}

// figureCalendar reads 2020-02-23 with one of - / . and 20200223.
func figureCalendar(date string) (Calendar, bool) {
	if n, end := figures(date, 0, 8); end == 8 && looksLikeDay(int64(n)) {
		return Calendar{n / 10000, n / 100 % 100, n % 100}, true
	}
	if _, ok := dayFigures(date, 0); !ok {
		return Calendar{}, false
	}
	var c Calendar
	c.Year, _ = figures(date, 0, 4)
	month, end := figures(date, len("2020-"), 2)
	c.Month = month
	if digitAt(date, end+1) {
		c.Day, _ = figures(date, end+1, 2)
	}
	return c, true
}
