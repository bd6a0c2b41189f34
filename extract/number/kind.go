package number

import (
	"strings"

	"jianbao/corpus"
)

// unitSpan is a unit of the given size at i.
func unitSpan(i, size int) corpus.Span { return corpus.Span{Start: i, End: i + size} }

// unitAt finds the unit of the number that ends at end; figures may be set off
// from it by one space.
func (r *reader) unitAt(a *amount) (u unit, span corpus.Span, ok bool) {
	at := a.to
	if a.form.has(hasArabic) {
		at = skipSpace(r.s, at)
	}
	u, size := units.at(r.s, at)
	if u == unit(Name) && a.lo > mostSlogan {
		u, size = unit(Plain), len("个")
	}
	return u, unitSpan(at, size), size > 0
}

// mostSlogan is the greatest number of a political phrase: 37个一般的 is none.
const mostSlogan = 12

// resolve turns a unit into a kind. It reports false where the word is no unit
// after all (3成立, 一线).
func (r *reader) resolve(a *amount, u unit, span corpus.Span) (Kind, bool) {
	next := runeAt(r.s, span.End)
	switch u {
	case yearUnit:
		return Duration, true
	case monthUnit, dayUnit:
		return r.calendarKind(a, u, next), true
	case numberUnit:
		if a.form.has(vague|more) && !a.form.has(hasArabic) {
			return Plain, true // 几十号干部
		}
		return Identifier, true
	case clockUnit:
		return r.clockKind(a, span, next)
	case minuteUnit:
		return Measure, next != '之'
	case tenthUnit:
		return Percent, a.hi <= 10 && !strings.ContainsRune("立员为功果长都本人效绩套千百了", next)
	case termUnit:
		return termKind(a), true
	case personUnit:
		return Plain, a.form.has(hasArabic|united) || !strings.ContainsRune("民大社武", next)
	case houseUnit:
		return r.houseKind(a, span, next)
	case weakUnit:
		return weakKind(a, runeAt(r.s, span.Start))
	case decadeUnit:
		return Name, a.form.has(hasArabic) && a.digits == 2 && a.lo%5 == 0
	}
	return Kind(u), true
}

// calendarKind tells a day (3日) from a number of days (百日, 3日内).
func (r *reader) calendarKind(a *amount, u unit, next rune) Kind {
	limit := int64(31)
	if u == monthUnit {
		limit = 12
	}
	if a.hi > limit || a.lo < 1 || next == '内' || a.form.has(more|roughly) || a.effect != noEffect {
		return Duration
	}
	return Date
}

// clockKind tells 8点 from 三点要求.
func (r *reader) clockKind(a *amount, span corpus.Span, next rune) (Kind, bool) {
	if span.Of(r.s) == "时" {
		return Time, a.hi <= 24 && !strings.ContainsRune("期代间候", next)
	}
	if a.hi > 24 || a.form.has(more) || strings.ContainsRune("要意建希体经启感措理原共做内", next) {
		return Plain, true
	}
	return Time, true
}

// termKind: 十九届 is the nineteenth, 两届 are two.
func termKind(a *amount) Kind {
	if a.lo >= 10 && a.form&(more|roughly|spread) == 0 {
		return Ordinal
	}
	return Times
}

// houseKind tells 三里屯 from 三里, 四道沟 from 四道卡口.
func (r *reader) houseKind(a *amount, span corpus.Span, next rune) (Kind, bool) {
	lone := a.lo <= 10 && !a.form.has(hasArabic|more)
	if lone && strings.ContainsRune(placeSuffixes, next) {
		return Name, true
	}
	if span.Of(r.s) == "里" {
		return Measure, true
	}
	return Plain, true
}

// weakKind takes a weak unit behind figures and large numerals only.
func weakKind(a *amount, first rune) (Kind, bool) {
	ok := a.form.has(hasArabic|united) || a.lo >= 11
	switch first {
	case '方', '度':
		return Measure, ok
	case '角':
		return Money, ok
	case '路', '线':
		return Identifier, ok
	}
	return Plain, ok
}

// kindBare decides where no unit follows.
func (r *reader) kindBare(a *amount) Kind {
	if a.form.has(hasArabic) {
		return r.figureKind(a)
	}
	hedged := a.count.Modifier == corpus.Masked || a.from < a.start || a.to > a.end || a.form.has(more|roughly|spread)
	switch {
	case hedged:
		return Plain
	case a.form.has(positional):
		if a.digits == 2 {
			return Name // 三八, 五四
		}
		return Identifier
	case a.form.has(bare) && a.lo != 10:
		return Name // 百姓, 万众, 千万别
	case a.form.has(united):
		return Plain // 三千干部
	case a.form.has(vague):
		if a.hi < 10 {
			return Name
		}
		return Plain
	case a.hi < 10 || isHan(runeAt(r.s, a.to)) || a.form.has(pair):
		return Name // 三晋, 十七厂, 二十大
	}
	return Plain
}

// figureKind decides for figures without a unit.
func (r *reader) figureKind(a *amount) Kind {
	switch {
	case a.form.has(leadZero), a.digits >= 9 && !a.form.has(grouped|united), a.form.has(lost):
		return Identifier
	case a.digits == 8 && !a.form.has(grouped|united|fraction) && looksLikeDay(a.lo):
		return Date
	case a.dash && !a.form.has(united), a.digits == 4 && r.bracketed(a):
		return Identifier
	}
	if _, size := labels.before(r.s, r.floor, trimColon(r.s, a.from)); size > 0 {
		return Identifier
	}
	return Plain
}

// bracketed reports whether a is the year of a document number: 〔2020〕7号.
func (r *reader) bracketed(a *amount) bool {
	return strings.ContainsRune("〔[［", runeBefore(r.s, a.from)) && strings.ContainsRune("〕]］", runeAt(r.s, a.to))
}

// labels stand before identifiers, with or without a colon.
var labels = newLexicon(words(
	entry[bool]{"电话 热线 拨打 编号 邮编 账号 帐号 号码 微信号 代码 证号 文号 卡号 传真 手机 尾号 车牌 备案号 许可证 QQ QQ群 字第", true},
), lastRune)

func trimColon(s string, i int) int {
	for i > 0 {
		switch r := runeBefore(s, i); r {
		case ':', ' ':
			i--
		case '：':
			i -= len("：")
		default:
			return i
		}
	}
	return i
}

// looksLikeDay reports whether n reads as 20200320.
func looksLikeDay(n int64) bool {
	y, m, d := n/10000, n/100%100, n%100
	return y >= 1900 && y < 2100 && m >= 1 && m <= 12 && d >= 1 && d <= 31
}
