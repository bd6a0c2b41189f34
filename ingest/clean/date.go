package clean

import (
	"regexp"
	"strings"
	"time"

	"jianbao/corpus"
)

var chineseDate = regexp.MustCompile(`([一二三四五六七八九〇零○]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日`)

// ReadDate reads the first date of s in any of the ways in which Chinese
// sites print one: 2020年03月20日10:52, 2020/2/25, 二〇二二年四月五日,
// 2021-01-15 14:56:31. Times are Beijing's.
func ReadDate(s string) (corpus.Moment, bool) {
	for i := 0; i+4 < len(s); i++ {
		if !isDigit(s[i]) || i > 0 && isDigit(s[i-1]) {
			continue
		}
		if at, ok := dateAt(s[i:]); ok {
			return at, true
		}
	}
	if !strings.Contains(s, "年") {
		return corpus.Moment{}, false
	}
	if m := chineseDate.FindStringSubmatch(s); m != nil {
		year := 0
		for _, r := range m[1] {
			year = year*10 + chineseDigit(r)
		}
		return moment(year, chineseSmall(m[2]), chineseSmall(m[3]), -1, 0, 0)
	}
	return corpus.Moment{}, false
}

// dateAt reads a date at the start of s: a year of four digits, then month and
// day with marks between, then perhaps the time.
func dateAt(s string) (corpus.Moment, bool) {
	year, rest := number(s, 4)
	if len(s)-len(rest) != 4 {
		return corpus.Moment{}, false
	}
	rest, ok := mark(rest, "年", "-", "/", ".")
	if !ok {
		return corpus.Moment{}, false
	}
	month, rest := month(rest)
	if rest, ok = mark(rest, "月", "-", "/", "."); !ok {
		return corpus.Moment{}, false
	}
	day, rest := number(rest, 2)
	rest = strings.TrimPrefix(strings.TrimLeft(rest, " "), "日")
	hour, minute, second := clock(strings.TrimLeft(rest, "T \u3000\u00a0"))
	return moment(year, month, day, hour, minute, second)
}

// clock reads a time of day at the start of s: 10:52, 14:56:31, 10时26分,
// 下午03:20. The hour is -1 when there is none.
func clock(s string) (hour, minute, second int) {
	afternoon := false
	for _, half := range []string{"上午", "下午", "晚上"} {
		if rest, ok := strings.CutPrefix(s, half); ok {
			s, afternoon = strings.TrimLeft(rest, " "), half != "上午"
		}
	}
	hour, rest := number(s, 2)
	after, ok := mark(rest, ":", "：", "时", "時", "点")
	if !ok || rest == s {
		return -1, 0, 0
	}
	minute, rest = number(after, 2)
	if len(after)-len(rest) != 2 {
		return -1, 0, 0
	}
	if after, ok := mark(rest, ":", "："); ok {
		if n, end := number(after, 2); len(after)-len(end) == 2 && n < 60 {
			second = n
		}
	}
	if afternoon && hour < 12 {
		hour += 12
	}
	return hour, minute, second
}

// month reads a month's number; 元月 is January.
func month(s string) (int, string) {
	if rest, ok := strings.CutPrefix(s, "元"); ok {
		return 1, rest
	}
	return number(s, 2)
}

// number reads at most n digits.
func number(s string, n int) (value int, rest string) {
	i := 0
	for ; i < len(s) && i < n && isDigit(s[i]); i++ {
		value = value*10 + int(s[i]-'0')
	}
	return value, s[i:]
}

// mark skips one of the marks, with spaces on either side.
func mark(s string, marks ...string) (string, bool) {
	s = strings.TrimLeft(s, " ")
	for _, m := range marks {
		if rest, ok := strings.CutPrefix(s, m); ok {
			return strings.TrimLeft(rest, " "), true
		}
	}
	return s, false
}

// hasDate reports whether s holds a date. Four digits in a row or 年 are seen
// before anything is parsed.
func hasDate(s string) bool {
	run := 0
	for i := 0; i < len(s) && run < 4; i++ {
		if run++; !isDigit(s[i]) {
			run = 0
		}
	}
	if run < 4 && !strings.Contains(s, "年") {
		return false
	}
	_, ok := ReadDate(s)
	return ok
}

// moment checks the parts of a date; the hour is -1 when unknown.
// Nothing that a web site holds was published before 1900.
func moment(year, month, day, hour, minute, second int) (corpus.Moment, bool) {
	if _, ok := corpus.DateOf(year, month, day); !ok || year < 1900 {
		return corpus.Moment{}, false
	}
	precision := corpus.ToMinute
	if hour < 0 || hour > 23 || minute > 59 {
		hour, minute, second, precision = 0, 0, 0, corpus.ToDay
	}
	return corpus.Moment{Time: time.Date(year, time.Month(month), day, hour, minute, second, 0, corpus.Beijing), Precision: precision}, true
}

func chineseDigit(r rune) int {
	return max(0, strings.IndexRune("〇一二三四五六七八九", r)/len("〇"))
}

// chineseSmall reads 一 to 三十一.
func chineseSmall(s string) int {
	n := 0
	for _, r := range s {
		if r == '十' {
			n = max(n, 1) * 10
			continue
		}
		n += chineseDigit(r)
	}
	return n
}
