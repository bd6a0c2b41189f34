package main

import "slices"

// classes marks the characters that exist in one script only. A character
// that either script writes, if in some words only, is in neither class.
func classes(d dicts, f folding) map[rune]uint32 {
	inHans := simplifiedRunes(d, f)
	out := map[rune]uint32{}
	for from := range f.chars {
		if !inHans[from] {
			out[from] |= hantBit
		}
	}
	inHant := traditionalRunes(d)
	for key := range d.s2tChars {
		r := firstRune(key)
		if !inHant[r] && out[r] == 0 {
			out[r] |= hansBit
		}
	}
	return out
}

// simplifiedRunes are those that folding can leave in a text: 乾 by 乾隆, 著
// by 著名, and 瞭, which is one of the simplified forms of 瞭.
func simplifiedRunes(d dicts, f folding) map[rune]bool {
	set := map[rune]bool{}
	for _, to := range f.phrases {
		for _, r := range to {
			set[r] = true
		}
	}
	for _, values := range d.t2sChars {
		for _, v := range values {
			set[firstRune(v)] = true
		}
	}
	return set
}

// traditionalRunes are those that turning simplified text into traditional
// can give (后, 台, 里 stay in some words), and the standard forms of Taiwan
// and Hong Kong that OpenCC holds for variants (群, 床, 峰).
func traditionalRunes(d dicts) map[rune]bool {
	set := map[rune]bool{}
	for key, values := range d.s2tChars {
		if slices.Contains(values, key) {
			set[firstRune(key)] = true
		}
		for _, v := range values {
			set[firstRune(v)] = true
		}
	}
	for _, variants := range []dict{d.t2tw, d.t2hk} {
		for _, values := range variants {
			for _, v := range values {
				set[firstRune(v)] = true
			}
		}
	}
	return set
}
