package query

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Bound is one end of a [Range].
type Bound struct {
	Text string // a number in digits, or 2020, 2020-03, 2020-03-20; empty for no bound
	Open bool   // the bound itself is left out
}

// Numbers are the least and the greatest number of a range of numbers.
func (r Range) Numbers() (lo, hi int64) {
	lo, hi = math.MinInt64, math.MaxInt64
	if r.Lo.Text != "" {
		lo, _ = strconv.ParseInt(r.Lo.Text, 10, 64) // Parse saw that it is one
		if r.Lo.Open {
			lo++
		}
	}
	if r.Hi.Text != "" {
		hi, _ = strconv.ParseInt(r.Hi.Text, 10, 64)
		if r.Hi.Open {
			hi--
		}
	}
	return lo, hi
}

// Days are the first and the last day of a range of days, as 2020-03-20. A
// month or a year begins with its first day and ends with its last. An end
// without a bound is before or behind all days.
func (r Range) Days() (from, to string) {
	from, to = "", afterAll
	if r.Lo.Text != "" {
		first, next := period(r.Lo.Text)
		if r.Lo.Open {
			first = next
		}
		from = day(first)
	}
	if r.Hi.Text != "" {
		first, next := period(r.Hi.Text)
		if r.Hi.Open {
			next = first
		}
		to = day(next.AddDate(0, 0, -1))
	}
	return from, to
}

// afterAll sorts behind every day.
const afterAll = "~"

// day writes a day so that days sort as their texts.
func day(t time.Time) string {
	switch {
	case t.Year() > 9999:
		return afterAll
	case t.Year() < 0:
		return ""
	}
	return t.Format(time.DateOnly)
}

// period is a year, a month or a day: its first day and the first behind it.
func period(text string) (first, next time.Time) {
	switch len(text) {
	case len("2006"):
		first, _ = time.Parse("2006", text)
		return first, first.AddDate(1, 0, 0)
	case len("2006-01"):
		first, _ = time.Parse("2006-01", text)
		return first, first.AddDate(0, 1, 0)
	}
	first, _ = time.Parse(time.DateOnly, text)
	return first, first.AddDate(0, 0, 1)
}

// dayBound writes what was typed as a day, a month or a year; false when it is
// none.
func dayBound(typed string) (string, bool) {
	parts := strings.FieldsFunc(typed, func(r rune) bool { return r == '-' || r == '/' || r == '.' })
	if len(parts) == 0 || len(parts) > 3 || strings.Count(typed, "-")+strings.Count(typed, "/")+strings.Count(typed, ".") != len(parts)-1 {
		return "", false
	}
	for i, p := range parts {
		if i > 0 && len(p) == 1 {
			parts[i] = "0" + p
		}
	}
	text := strings.Join(parts, "-")
	layout := time.DateOnly[:min(len(text), len(time.DateOnly))]
	if _, err := time.Parse(layout, text); err != nil || len(text) != 4 && len(text) != 7 && len(text) != 10 {
		return "", false
	}
	return text, true
}

// maxDigits keeps numbers far from the ends of an int64.
const maxDigits = 18

// numberBound writes what was typed as a number; false when it is none.
func numberBound(typed string) (string, bool) {
	if typed == "" || len(typed) > maxDigits || strings.Trim(typed, "0123456789") != "" {
		return "", false
	}
	n, err := strconv.ParseInt(typed, 10, 64)
	return strconv.FormatInt(n, 10), err == nil
}

// isEmpty reports whether nothing lies in a range.
func (r Range) isEmpty(t fieldType) bool {
	if t == dayField {
		from, to := r.Days()
		return cmp.Compare(from, to) > 0
	}
	lo, hi := r.Numbers()
	return lo > hi
}

// String writes the shortest of field:value, field:>=value and
// field:[from TO to].
func (n Range) String() string {
	switch {
	case n.Lo.Text == "" && n.Hi.Text == "":
		return prefix(n.Field) + "*"
	case n.Hi.Text == "":
		return prefix(n.Field) + map[bool]string{false: ">=", true: ">"}[n.Lo.Open] + n.Lo.Text
	case n.Lo.Text == "":
		return prefix(n.Field) + map[bool]string{false: "<=", true: "<"}[n.Hi.Open] + n.Hi.Text
	case n.Lo == n.Hi && !n.Lo.Open:
		return prefix(n.Field) + n.Lo.Text
	}
	open := map[bool]string{false: "[", true: "{"}[n.Lo.Open]
	end := map[bool]string{false: "]", true: "}"}[n.Hi.Open]
	return fmt.Sprintf("%s%s%s TO %s%s", prefix(n.Field), open, n.Lo.Text, n.Hi.Text, end)
}
