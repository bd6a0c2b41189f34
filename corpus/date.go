package corpus

import (
	"fmt"
	"time"
)

// Beijing is the zone in which these articles are dated: UTC+8, no summer
// time (China dropped it in 1991; older articles carry a day, not a minute).
var Beijing = time.FixedZone("CST", 8*60*60)

// Date is a day: the number of days since 1970-01-01, as Parquet's DATE.
type Date int32

// DateOf is the given day. It reports false for a day that does not exist.
func DateOf(year, month, day int) (Date, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day {
		return 0, false
	}
	return Date(t.Unix() / 86400), true
}

// Time is midnight UTC at the start of d.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String is the day as 2006-01-02.
func (d Date) String() string { return d.Time().Format(time.DateOnly) }

// MarshalText writes the day as 2006-01-02.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a day written as 2006-01-02.
func (d *Date) UnmarshalText(b []byte) error {
	t, err := time.Parse(time.DateOnly, string(b))
	if err != nil {
		return fmt.Errorf("read day: %w", err)
	}
	*d = Date(t.Unix() / 86400)
	return nil
}

// Midnight is the start of d in Beijing.
func (d Date) Midnight() time.Time {
	y, m, day := d.Time().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, Beijing)
}

// Precision says how much of a moment is known.
type Precision string

// The precisions of a publication date.
const (
	Unknown  Precision = ""
	ToDay    Precision = "day"
	ToMinute Precision = "minute"
)

// Moment is when an article was published, in Beijing time.
type Moment struct {
	Time      time.Time // in Beijing; midnight when only the day is known
	Precision Precision
}

// Day is the Beijing day of m; false when nothing is known.
func (m Moment) Day() (Date, bool) {
	if m.Precision == Unknown {
		return 0, false
	}
	y, mo, d := m.Time.In(Beijing).Date()
	return DateOf(y, int(mo), d)
}

// String is 2020-03-20 or 2020-03-20T10:52:00+08:00; empty when unknown.
func (m Moment) String() string {
	switch m.Precision {
	case ToDay:
		return m.Time.In(Beijing).Format(time.DateOnly)
	case ToMinute:
		return m.Time.In(Beijing).Format(time.RFC3339)
	}
	return ""
}
