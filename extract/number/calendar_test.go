package number

import "testing"

func TestCalendarOf(t *testing.T) {
	for _, tt := range []struct {
		text string
		want Calendar // zero when the date says none
	}{
		{"2020年2月23日", Calendar{2020, 2, 23}},
		{"2020 年 2 月 23 日", Calendar{2020, 2, 23}},
		{"２０２０年２月２３日", Calendar{2020, 2, 23}},
		{"二〇二〇年十二月三十一日", Calendar{2020, 12, 31}},
		{"2020年2月23日18时30分", Calendar{2020, 2, 23}},
		{"20年2月23日", Calendar{2020, 2, 23}},
		{"98年8月", Calendar{1998, 8, 0}},
		{"2月23日", Calendar{0, 2, 23}},
		{"09月03日", Calendar{0, 9, 3}},
		{"3月1号", Calendar{0, 3, 1}},
		{"23日24时", Calendar{0, 0, 23}},
		{"廿三日", Calendar{0, 0, 23}},
		{"2021年", Calendar{2021, 0, 0}},
		{"2月", Calendar{0, 2, 0}},
		{"2020-02-23", Calendar{2020, 2, 23}},
		{"2020-02-23 07:15:42", Calendar{2020, 2, 23}},
		{"2020/7/4", Calendar{2020, 7, 4}},
		{"2020.2.23", Calendar{2020, 2, 23}},
		{"2020-03", Calendar{2020, 3, 0}},
		{"20200320", Calendar{2020, 3, 20}},
		{"X月X日", Calendar{}},
		{"2020年X月", Calendar{}},
		{"15至16日", Calendar{}},
		{"周五", Calendar{}},
	} {
		qs := Append(nil, tt.text)
		if len(qs) == 0 || qs[0].Kind != Date || qs[0].Span.Of(tt.text) != tt.text {
			t.Errorf("%s is not one date: %s", tt.text, render(tt.text, qs))
			continue
		}
		got, ok := CalendarOf(tt.text)
		if ok != (tt.want != Calendar{}) || ok && got != tt.want {
			t.Errorf("%s: %v, %v, want %v", tt.text, got, ok, tt.want)
		}
	}
}

func FuzzCalendarOf(f *testing.F) {
	for _, e := range examples(f) {
		f.Add(e.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, text := range append(dates(s), s) {
			if c, ok := CalendarOf(text); ok && (c == Calendar{} || c.Year < 0 || c.Month < 0 || c.Month > 12 || c.Day < 0 || c.Day > 31) {
				t.Fatalf("%q: %v", text, c)
			}
		}
	})
}

// dates are the texts of the dates in s.
func dates(s string) (out []string) {
	for _, q := range Append(nil, s) {
		if q.Kind == Date {
			out = append(out, q.Span.Of(s))
		}
	}
	return out
}
