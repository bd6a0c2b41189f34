package number

import (
	"strings"
	"unicode/utf8"
)

// class is what a rune is within a numeral.
type class uint8

const (
	none    class = iota
	arabic        // 0-9, full width too
	digit         // 一 to 九, 两, 零, 〇
	tens          // 廿 卅 卌: a digit and its 十 in one
	small         // 十 百 千
	big           // 万 亿
	some          // 几 数
	half          // 半
	mask          // X × * where a number was blacked out
	someone       // 若干, 某
)

// symbol is a rune of a numeral.
type symbol struct {
	class class
	val   int64
	size  int // bytes
}

// symbolAt reads the rune at i; past the end it is none with size 0.
func symbolAt(s string, i int) symbol {
	if i >= len(s) {
		return symbol{}
	}
	if c := s[i]; c < utf8.RuneSelf {
		return asciiSymbol(c)
	}
	r, size := decode(s, i)
	if isWide(r) && !startBits.has(r) {
		return symbol{none, 0, size}
	}
	cl, val := hanSymbol(r)
	if cl == none {
		if cl, val = capitalSymbol(r); cl != none && mustContinue(r) && !besideCapital(s, i, size) {
			cl = none
		}
	}
	return symbol{cl, val, size}
}

func asciiSymbol(c byte) symbol {
	switch {
	case isDigit(c):
		return symbol{arabic, int64(c - '0'), 1}
	case c == 'X' || c == 'x' || c == '*':
		return symbol{mask, 0, 1}
	}
	return symbol{none, 0, 1}
}

// hanSymbol classes the numerals of everyday writing.
func hanSymbol(r rune) (class, int64) {
	switch r {
	case '０', '１', '２', '３', '４', '５', '６', '７', '８', '９':
		return arabic, int64(r - '０')
	case '〇', '零', '○':
		return digit, 0
	case '一':
		return digit, 1
	case '二', '两', '兩':
		return digit, 2
	case '三':
		return digit, 3
	case '四':
		return digit, 4
	case '五':
		return digit, 5
	case '六':
		return digit, 6
	case '七':
		return digit, 7
	case '八':
		return digit, 8
	case '九':
		return digit, 9
	case '十':
		return small, 10
	case '百':
		return small, 100
	case '千':
		return small, 1000
	case '万', '萬':
		return big, 1e4
	case '亿', '億':
		return big, 1e8
	case '廿':
		return tens, 20
	case '卅':
		return tens, 30
	case '卌':
		return tens, 40
	case '几', '幾', '数', '數':
		return some, 0
	case '半':
		return half, 0
	case '×', 'Ｘ', 'ｘ', '＊':
		return mask, 0
	case '若', '某':
		return someone, 0
	}
	return none, 0
}

// capitalSymbol classes the forms that are used on cheques.
func capitalSymbol(r rune) (class, int64) {
	switch r {
	case '壹':
		return digit, 1
	case '贰', '貳':
		return digit, 2
	case '叁', '參':
		return digit, 3
	case '肆':
		return digit, 4
	case '伍':
		return digit, 5
	case '陆', '陸':
		return digit, 6
	case '柒':
		return digit, 7
	case '捌':
		return digit, 8
	case '玖':
		return digit, 9
	case '拾':
		return small, 10
	case '佰':
		return small, 100
	case '仟':
		return small, 1000
	}
	return none, 0
}

// mustContinue names the capital forms that stand in ordinary words too.
func mustContinue(r rune) bool {
	switch r {
	case '伍', '陆', '陸', '參', '拾', '佰', '仟', '肆':
		return true
	}
	return false
}

// besideCapital reports whether the capital form at i touches another one, or
// a big unit without being part of 队伍, 收拾 and the like.
func besideCapital(s string, i, size int) bool {
	next, prev := runeAt(s, i+size), runeBefore(s, i)
	a, _ := capitalSymbol(next)
	b, _ := capitalSymbol(prev)
	if a != none || b != none {
		return true
	}
	c, _ := hanSymbol(next)
	return c == big && !strings.ContainsRune("队收大登入退", prev)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// decode is utf8.DecodeRuneInString of s[i:], quicker for ideographs.
func decode(s string, i int) (rune, int) {
	if i+2 < len(s) {
		if c, d, e := s[i], s[i+1], s[i+2]; c >= 0xE3 && c <= 0xE9 && d&0xC0 == 0x80 && e&0xC0 == 0x80 {
			return rune(c&0x0F)<<12 | rune(d&0x3F)<<6 | rune(e&0x3F), 3
		}
	}
	return utf8.DecodeRuneInString(s[i:])
}

// runeAt is the rune at i, utf8.RuneError at the end.
func runeAt(s string, i int) rune {
	if i >= len(s) {
		return utf8.RuneError
	}
	if c := s[i]; c < utf8.RuneSelf {
		return rune(c)
	}
	r, _ := decode(s, i)
	return r
}

// runeBefore is the rune that ends at i, utf8.RuneError at the start.
func runeBefore(s string, i int) rune {
	if i >= 3 {
		if c, d, e := s[i-3], s[i-2], s[i-1]; c >= 0xE3 && c <= 0xE9 && d&0xC0 == 0x80 && e&0xC0 == 0x80 {
			return rune(c&0x0F)<<12 | rune(d&0x3F)<<6 | rune(e&0x3F)
		}
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return r
}

// isHan covers the ideographs of the basic plane, which is where every unit
// and name of the tables is.
func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF || r == '〇' }

// skipSpace passes one space, narrow or not, as typeset between a figure and
// its unit.
func skipSpace(s string, i int) int {
	switch r := runeAt(s, i); r {
	case ' ':
		return i + 1
	case '\u00a0', '\u2009', '\u202f':
		return i + utf8.RuneLen(r)
	}
	return i
}
