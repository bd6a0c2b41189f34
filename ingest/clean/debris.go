package clean

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
)

// debrisPatches removes what a crawl leaves between the characters and writes
// full-width digits, letters and percent signs in ASCII. Other full-width
// marks are how Chinese is printed and stay.
func debrisPatches(text string) []patch {
	var out []patch
	rightToLeft := -1 // unknown
	for at := 0; at < len(text); {
		r, n := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[at:])
		}
		after, kind, width := "", "", n
		switch {
		case r == '&':
			after, width = entityAt(text[at:])
			if width > 0 {
				kind = "entity"
			}
			width = max(width, n)
		case r == '\r':
			kind = "control"
			if !strings.HasPrefix(text[at+1:], "\n") {
				after = "\n"
			}
		case r < 0x20 && r != '\n' && r != '\t', r >= 0x7F && r < 0xA0, r == 0xAD:
			kind = "control"
		case r == 0xA0:
			after, kind = " ", "space"
		case r == 0x200B, r == 0x2060, r == 0xFEFF:
			kind = "zero_width"
		case r == 0x200C || r == 0x200D:
			if !joinsNeighbours(text[:at], text[at+n:]) {
				kind = "zero_width"
			}
		case r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069:
			if rightToLeft < 0 {
				rightToLeft = strings.IndexFunc(text, isRightToLeft) + 1
			}
			if rightToLeft == 0 {
				kind = "bidi"
			}
		case r == '．' && betweenDigits(text, at, n):
			after, kind = ".", "fullwidth"
		case r >= 0xE000 && r <= 0xF8FF, r >= 0xF0000:
			kind = "private_use"
		case r >= 0x2E80 && r <= 0x2FD5:
			if c, ok := radical(r); ok {
				after, kind = string(c), "radical"
			}
		case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ', r == '％':
			after, kind = string(r-0xFEE0), "fullwidth"
		}
		if kind != "" {
			out = addPatch(out, patch{span: corpus.Span{Start: at, End: at + width}, after: after, kind: kind, confidence: 1})
		}
		at += width
	}
	return out
}

// betweenDigits reports whether the character of n bytes at offset at has a
// digit, of either width, on both sides.
func betweenDigits(text string, at, n int) bool {
	left, _ := utf8.DecodeLastRuneInString(text[:at])
	right, _ := utf8.DecodeRuneInString(text[at+n:])
	return unicode.IsDigit(left) && unicode.IsDigit(right)
}

// maxRun bounds a run of debris that becomes one edit: joining a longer one
// piece by piece would take the square of its length.
const maxRun = 256

// addPatch appends p, or lengthens the last patch when p continues it.
func addPatch(list []patch, p patch) []patch {
	if k := len(list) - 1; k >= 0 && list[k].span.End == p.span.Start && list[k].kind == p.kind && list[k].span.Len() < maxRun {
		list[k].span.End = p.span.End
		list[k].after += p.after
		return list
	}
	return append(list, p)
}

// maxEntity bounds the length of a character reference: the longest name in
// HTML has 31 letters.
const maxEntity = 34

// entityAt reads a whole HTML character reference at the start of s, also one
// that was escaped twice (&amp;ldquo;). The width is 0 when there is none.
func entityAt(s string) (after string, width int) {
	end := strings.IndexByte(s[:min(len(s), maxEntity)], ';')
	if end < 2 {
		return "", 0
	}
	width = end + 1
	after = html.UnescapeString(s[:width])
	if after == "&" {
		if inner, n := entityAt("&" + s[width:min(len(s), width+maxEntity)]); n > 0 && !strings.HasPrefix(s[width:], "&") {
			return inner, width + n - 1
		}
	}
	if after == s[:width] || strings.HasSuffix(after, ";") {
		return "", 0
	}
	return strings.ReplaceAll(after, "\u00a0", " "), width
}

// joinsNeighbours reports whether a zero-width joiner does its work between
// the two texts: in emoji sequences and in scripts that join their letters.
func joinsNeighbours(left, right string) bool {
	l, _ := utf8.DecodeLastRuneInString(left)
	r, _ := utf8.DecodeRuneInString(right)
	joining := func(r rune) bool {
		return unicode.In(r, unicode.So, unicode.Sk, unicode.Arabic, unicode.Devanagari, unicode.Bengali,
			unicode.Tamil, unicode.Telugu, unicode.Malayalam, unicode.Sinhala, unicode.Mongolian) || r == 0xFE0F
	}
	return joining(l) && joining(r)
}

func isRightToLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
}
