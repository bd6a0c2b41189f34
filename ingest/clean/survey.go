package clean

import (
	"strings"
	"unicode/utf8"
)

// traits are what a text shows that some step might have to do with. A clean
// text shows none, and only the layout is read.
type traits uint16

const (
	bracketedLatin traits = 1 << iota // a gloss
	oddCharacter                      // control, zero-width, full-width, private-use …
	ampersand                         // an entity
	angleBracket                      // a tag
	bareEntity                        // an entity's name without its marks
	spacedHan                         // letter-spaced lines, spaces in numbers
	doubledMark                       // a comma before another mark
	questionRun                       // ???? for an indent
	mixedCase                         // QfH: a watermark
	lostNumber                        // 年 or 辆 where digits are missing
)

// survey looks once at every character of a text, faster than a decoder: most
// lead bytes of Chinese need no further look.
func survey(text string) traits {
	var found traits
	for i := 0; i < len(text); {
		c := text[i]
		if c >= 0xE4 && c <= 0xE9 { // U+4000 to U+9FFF
			if (c == 0xE5 || c == 0xE8) && i+2 < len(text) {
				if b := text[i+1]; b == 0xB9 && c == 0xE5 || b >= 0xBC && c == 0xE8 {
					found |= surveyNumber(text, i)
				}
			}
			i += 3
			continue
		}
		if isCommonMark(text, i) {
			i += 3
			continue
		}
		if c < 0x80 {
			found |= surveyASCII(text, i)
			i++
			continue
		}
		found |= surveyOther(text, i)
		i++
		for i < len(text) && text[i]&0xC0 == 0x80 {
			i++
		}
	}
	return found
}

// isCommonMark reports whether 。 、 《 》 or a comma that no other mark follows
// stands at offset i: every tenth character of a text.
func isCommonMark(text string, i int) bool {
	if i+3 >= len(text) {
		return false
	}
	switch text[i] {
	case 0xE3:
		return text[i+1] == 0x80 && text[i+2] != 0x80
	case 0xEF:
		return text[i+1] == 0xBC && text[i+2] == 0x8C && text[i+3] != 0xE3 && text[i+3] != 0xEF
	}
	return false
}

// surveyNumber looks at 年 and at classifiers that stand twice.
func surveyNumber(text string, i int) traits {
	switch rest := text[i:]; {
	case strings.HasPrefix(rest, "年"):
		return surveyYear(text, i)
	case strings.HasPrefix(rest, "辆辆"), strings.HasPrefix(rest, "輛輛"):
		return lostNumber
	}
	return 0
}

// beforeYear are characters after which 年 cannot stand without a number.
const beforeYear = "，。；、（(至到自从從起于於\n"

// surveyYear looks at 年 before a digit, as in 至年8月: a year without a number.
func surveyYear(text string, i int) traits {
	next := i + len("年")
	if next >= len(text) || !isDigit(text[next]) || i > 0 && isDigit(text[i-1]) {
		return 0
	}
	if before, _ := utf8.DecodeLastRuneInString(text[:i]); i > 0 && !strings.ContainsRune(beforeYear, before) {
		return 0
	}
	return lostNumber
}

func surveyASCII(text string, i int) traits {
	rest := text[i+1:]
	switch c := text[i]; c {
	case '&':
		return ampersand
	case '<':
		return angleBracket
	case '\n', '\t':
	case '(':
		if startsLatin(rest) {
			return bracketedLatin
		}
	case '?':
		if strings.HasPrefix(rest, "?") || strings.HasPrefix(rest, " ?") {
			return questionRun
		}
	case ' ':
		if i > 0 && rest != "" && (text[i-1] >= 0x80 && rest[0] >= 0x80 || isDigit(text[i-1]) && isGroup(rest)) {
			return spacedHan
		}
	case ',':
		if strings.HasPrefix(rest, "。") || strings.HasPrefix(rest, "，") || strings.HasPrefix(rest, "、") {
			return doubledMark
		}
	default:
		if c < 0x20 || c == 0x7F {
			return oddCharacter
		}
		if c >= 'a' && c <= 'z' && rest != "" {
			return surveyLetter(c, rest)
		}
	}
	return 0
}

// surveyLetter looks at a small letter and what follows it.
func surveyLetter(c byte, rest string) traits {
	switch {
	case rest[0] >= 'A' && rest[0] <= 'Z':
		return mixedCase
	case rest[0] == 'd' && strings.HasPrefix(rest, "dquo"), rest[0] == 's' && strings.HasPrefix(rest, "squo"),
		c == 'n' && strings.HasPrefix(rest, "bsp"), c == 'm' && (strings.HasPrefix(rest, "iddot") || strings.HasPrefix(rest, "dash")),
		c == 'h' && strings.HasPrefix(rest, "ellip"):
		return bareEntity
	}
	return 0
}

// isGroup reports whether s begins with just three digits.
func isGroup(s string) bool {
	return len(s) > 3 && isDigit(s[0]) && isDigit(s[1]) && isDigit(s[2]) && !isDigit(s[3])
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// startsLatin reports whether s begins as a reading does, perhaps after a space.
func startsLatin(s string) bool {
	s = strings.TrimLeft(s, " \u00a0")
	if s == "" {
		return false
	}
	c := s[0] | 0x20
	return c >= 'a' && c <= 'z' || s[0] >= 0xC3 && s[0] <= 0xC7
}

func surveyOther(text string, i int) traits {
	c, rest := text[i], text[i+1:]
	switch {
	case c == 0xEF:
		if strings.HasPrefix(rest, "\xbc\x88") { // （
			if startsLatin(rest[2:]) {
				return bracketedLatin
			}
			return 0
		}
		if strings.HasPrefix(rest, "\xbc\x8c") { // ，
			if s := rest[2:]; strings.HasPrefix(s, "。") || strings.HasPrefix(s, "，") || strings.HasPrefix(s, "、") {
				return doubledMark
			}
			return 0
		}
		// U+FF01 to U+FF0D, U+FF1A to U+FF20: marks as they are printed.
		if len(rest) >= 2 && rest[0] == 0xBC && (rest[1] <= 0x8D && rest[1] != 0x85 || rest[1] >= 0x9A && rest[1] <= 0xA0) {
			return 0
		}
		return oddCharacter
	case c == 0xE3 && strings.HasPrefix(rest, "\x80\x80"):
		if s := rest[2:]; i > 0 && text[i-1] >= 0x80 && s != "" && s[0] > ' ' && !strings.HasPrefix(s, "\u3000") && !strings.HasSuffix(text[:i], "\u3000") {
			return spacedHan
		}
	case c == 0xC2, c == 0xEE, c == 0xF3, c == 0xF4:
		return oddCharacter
	case c == 0xE2:
		if rest == "" {
			return 0
		}
		if rest[0] == 0x80 && len(rest) > 1 {
			if rest[1] >= 0x8B && rest[1] <= 0x8F || rest[1] >= 0xA8 && rest[1] <= 0xAE {
				return oddCharacter
			}
			return 0
		}
		if rest[0] == 0x81 || rest[0] >= 0xBA && rest[0] <= 0xBF {
			return oddCharacter
		}
	}
	return 0
}
