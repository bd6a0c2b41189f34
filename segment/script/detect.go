package script

import (
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
)

// mixedShare is the share of the rarer script among the characters that exist
// in one script only, above which a text is mixed: one in twenty. A page
// converted by table keeps more than that, as 党 and 发 recur; a quotation or
// a name in the other script stays below it.
const mixedShare = 20

// Detect tells in which script s was printed, by counting the characters that
// exist in one script only. 后, 台, 里, 著 and their like, which both scripts
// write, count for neither.
//
// It is Other without a Han character, and Mixed when more than a twentieth
// of the counted characters belong to the rarer script. A text with Han
// characters but nothing to count (中文) is Hans: folding does not change it.
// Japanese is not told apart.
func Detect(s string) corpus.Script {
	var hant, hans int
	han := false
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := decode(s, i)
		i += size
		han = han || isHan(r)
		switch e := lookup(r); {
		case e&hantBit != 0:
			hant++
		case e&hansBit != 0:
			hans++
		}
	}
	switch {
	case !han:
		return corpus.Other
	case min(hant, hans)*mixedShare > hant+hans:
		return corpus.Mixed
	case hant > hans:
		return corpus.Hant
	}
	return corpus.Hans
}

// isHan answers for the common block without a search.
func isHan(r rune) bool {
	return 0x4E00 <= r && r <= 0x9FFF || r > 0x2E7F && unicode.Is(unicode.Han, r)
}
