package main

import (
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// unassigned lists the pairs between the characters of GBK that GB 18030 gave
// to private use: the first private-use character, the first pair, how many.
var unassigned = []struct {
	first rune
	pair  int
	n     int
}{
	{0xE766, 0xA2AB, 6}, {0xE76D, 0xA2E4, 1}, {0xE76E, 0xA2EF, 2}, {0xE770, 0xA2FD, 2},
	{0xE772, 0xA4F4, 11}, {0xE77D, 0xA5F7, 8}, {0xE785, 0xA6B9, 8}, {0xE78D, 0xA6D9, 7},
	{0xE794, 0xA6EC, 2}, {0xE796, 0xA6F3, 1}, {0xE797, 0xA6F6, 9}, {0xE7A0, 0xA7C2, 15},
	{0xE7AF, 0xA7F2, 13}, {0xE7BC, 0xA896, 11}, {0xE7C7, 0xA8BC, 1}, {0xE7C9, 0xA8C1, 4},
	{0xE7CD, 0xA8EA, 21}, {0xE7E2, 0xA958, 1}, {0xE7E3, 0xA95B, 1}, {0xE7E4, 0xA95D, 3},
	{0xE7F4, 0xA997, 13}, {0xE801, 0xA9F0, 15}, {0xE810, 0xD7FA, 5}, {0xE816, 0xFE51, 3},
	{0xE81E, 0xFE59, 1}, {0xE826, 0xFE61, 1}, {0xE82B, 0xFE66, 2}, {0xE831, 0xFE6C, 2},
	{0xE83B, 0xFE76, 1}, {0xE843, 0xFE7E, 1}, {0xE854, 0xFE90, 2}, {0xE864, 0xFEA0, 1},
}

// decodePair is the character of a pair of bytes, 0 for none. The
// user-defined areas of GBK map to U+E000 to U+E765 in order, as browsers and
// GB 18030 have it; U+E766 to U+E864 are those of GB 18030 alone.
func decodePair(lead, trail byte) rune {
	if trail == 0x7F || trail == 0xFF {
		return 0
	}
	if r := privatePair(lead, trail); r > 0 {
		return r
	}
	b, err := simplifiedchinese.GB18030.NewDecoder().Bytes([]byte{lead, trail})
	if err != nil {
		return 0
	}
	r := []rune(string(b))
	if len(r) != 1 || r[0] == unicode.ReplacementChar || r[0] > 0xFFFF {
		return 0
	}
	return r[0]
}

// privatePair is the private-use character of a pair of bytes, 0 for none.
func privatePair(lead, trail byte) rune {
	switch l, t := rune(lead), rune(trail); {
	case l >= 0xAA && l <= 0xAF && t >= 0xA1:
		return 0xE000 + (l-0xAA)*94 + t - 0xA1
	case l >= 0xF8 && t >= 0xA1:
		return 0xE234 + (l-0xF8)*94 + t - 0xA1
	case l >= 0xA1 && l <= 0xA7 && t <= 0xA0:
		i := t - 0x40
		if t > 0x7F {
			i--
		}
		return 0xE4C6 + (l-0xA1)*96 + i
	}
	pair := int(lead)<<8 | int(trail)
	for _, u := range unassigned {
		if pair >= u.pair && pair < u.pair+u.n {
			return u.first + rune(pair-u.pair)
		}
	}
	return 0
}
