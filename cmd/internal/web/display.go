package web

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// visible shows what would not be seen, or would turn the text around it, as
// its number: control characters, marks of direction.
func visible(s string) string {
	if strings.IndexFunc(s, isHidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\r':
		case isHidden(r):
			fmt.Fprintf(&b, "[U+%04X]", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isHidden reports whether r does something instead of showing something.
func isHidden(r rune) bool {
	switch {
	case r < ' ':
		return r != '\n' && r != '\t'
	case r >= 0x7F && r < 0xA0:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return r == 0x061C || r == 0xFEFF
}

// shorten is the first n characters, made visible, and a sign if there are more.
func shorten(s string, n int) string {
	at := 0
	for range n {
		if at >= len(s) {
			break
		}
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	if at >= len(s) {
		return visible(s)
	}
	return visible(s[:at]) + "…"
}

// grouped writes a number with its thousands apart.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return sign + digits
}

// langOf is the language tag of a text in a script of a corpus.
func langOf(script string) string {
	switch script {
	case "hans":
		return "zh-Hans"
	case "hant":
		return "zh-Hant"
	}
	return "zh"
}
