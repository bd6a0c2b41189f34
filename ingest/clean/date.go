package clean

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
)

var (
	digitDate   = regexp.MustCompile(`(\d{4})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*日?(?:[T\s]*(\d{1,2})[:：](\d{2}))?`)
	chineseDate = regexp.MustCompile(`([一二三四五六七八九〇零○]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日`)
)

// ReadDate reads the first date of s in any of the ways in which Chinese
// sites print one: 2020年03月20日10:52, 2020/2/25, 二〇二二年四月五日,
// 2021-01-15 14:56:31 (seconds are dropped). Times are Beijing's.
func ReadDate(s string) (corpus.Moment, bool) {
	for _, m := range digitDate.FindAllStringSubmatchIndex(s, -1) {
		if before, _ := utf8.DecodeLastRuneInString(s[:m[0]]); unicode.IsDigit(before) {
			continue
		}
		group := func(i int) int {
			if m[2*i] < 0 {
				return -1
			}
			n, _ := strconv.Atoi(s[m[2*i]:m[2*i+1]])
			return n
		}
		if at, ok := moment(group(1), group(2), group(3), group(4), group(5)); ok {
			return at, true
		}
	}
	if m := chineseDate.FindStringSubmatch(s); m != nil {
		year := 0
		for _, r := range m[1] {
			year = year*10 + chineseDigit(r)
		}
		return moment(year, chineseSmall(m[2]), chineseSmall(m[3]), -1, -1)
	}
	return corpus.Moment{}, false
}

func hasDate(s string) bool {
	if !strings.ContainsAny(s, "0123456789年") {
		return false
	}
	_, ok := ReadDate(s)
	return ok
}

// moment checks the parts of a date; hour and minute are -1 when unknown.
// Nothing that a web site holds was published before 1900.
func moment(year, month, day, hour, minute int) (corpus.Moment, bool) {
	if _, ok := corpus.DateOf(year, month, day); !ok || year < 1900 {
		return corpus.Moment{}, false
	}
	precision := corpus.ToMinute
	if hour < 0 || hour > 23 || minute > 59 {
		hour, minute, precision = 0, 0, corpus.ToDay
	}
	return corpus.Moment{Time: time.Date(year, time.Month(month), day, hour, minute, 0, 0, corpus.Beijing), Precision: precision}, true
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
