package place

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The length of a name's stem in characters, as printed before its kind.
const minStem, maxStem = 2, 4

// kinds end the names of places, two characters before one.
var kinds = []struct {
	word  string
	level Level
}{
	{"街道", Town}, {"社区", Village}, {"小区", Village},
	{"省", Province}, {"市", City}, {"县", County}, {"区", County}, {"旗", County},
	{"乡", Town}, {"镇", Town}, {"村", Village},
}

// kindAt is the kind at the start of s.
func kindAt(s string) (word string, level Level) {
	for _, k := range kinds {
		if strings.HasPrefix(s, k.word) {
			return k.word, k.level
		}
	}
	return "", Unknown
}

// Characters that a name cannot hold, and further ones that a name can begin
// behind.
const (
	breaks     = "在从由对向于与及或的是了把被给让并也还都就个名等和至往赴到距离经为着驻们仅共"
	boundaries = breaks + "自将以又再后前中里内外有设派选入进过据"
)

// mayBegin reports whether a name can begin at offset at of text: at its
// start, behind what is no Han character, behind a word of the language.
func (g *Gazetteer) mayBegin(text string, at int) bool {
	r, n := utf8.DecodeLastRuneInString(text[:at])
	if n == 0 || !unicode.Is(unicode.Han, r) || strings.ContainsRune(boundaries, r) {
		return true
	}
	_, m := utf8.DecodeLastRuneInString(text[:at-n])
	return m > 0 && g.notName[text[at-n-m:at]]
}

// form reads a name by its form at the start of s: a stem of two to four
// characters and a kind of place. The length is 0 when there is none.
func (g *Gazetteer) form(s string) (length int, level Level) {
	previous := 0 // where the rune before begins
	stem := 0
	for i, r := range s {
		if stem >= minStem {
			if kind, level := kindAt(s[i:]); kind != "" {
				if g.isName(s[:i], kind, s[i+len(kind):]) {
					return i + len(kind), level
				}
				return 0, Unknown
			}
		}
		if stem == maxStem || !unicode.Is(unicode.Han, r) {
			return 0, Unknown
		}
		if strings.ContainsRune(breaks, r) && (stem > 0 || !g.begins(s)) {
			return 0, Unknown
		}
		end := i + utf8.RuneLen(r)
		if stem > 0 && (g.notName[s[previous:end]] || g.knownAt(s[i:])) {
			return 0, Unknown
		}
		previous = i
		stem++
	}
	return 0, Unknown
}

// isName reports whether stem and kind make a name, given what stands behind.
func (g *Gazetteer) isName(stem, kind, behind string) bool {
	if next, n := utf8.DecodeRuneInString(behind); n > 0 && strings.ContainsRune(wrongBehind[kind], next) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(stem)
	if strings.ContainsRune(wrongBefore[kind], last) || isCounted(stem) {
		return false
	}
	// Joined on the stack: a string of its own would be an allocation a name.
	var whole [32]byte
	name := append(append(whole[:0], stem...), kind...)
	for at := 0; at < len(stem); {
		if g.falseName[string(name[at:])] {
			return false
		}
		_, n := utf8.DecodeRuneInString(stem[at:])
		at += n
	}
	return true
}

// isCounted reports whether a stem ends in a number, begins with a number and
// its classifier, or begins with a word that points: 二十四, 五家, 各重点.
func isCounted(stem string) bool {
	const numerals, units = "〇一二三四五六七八九十百千万两几多数余", "家户栋座处片条批类级大支所位项届年月日次组队"
	if first, _ := utf8.DecodeRuneInString(stem); strings.ContainsRune("各全每某该本此这那我", first) {
		return true
	}
	if last, _ := utf8.DecodeLastRuneInString(stem); strings.ContainsRune(numerals, last) {
		return true
	}
	rest := strings.TrimLeft(stem, numerals)
	next, _ := utf8.DecodeRuneInString(rest)
	return len(rest) < len(stem) && strings.ContainsRune(units, next)
}

// begins reports whether s begins with a division's name: 向阳, 和平.
func (g *Gazetteer) begins(s string) bool {
	_, n := g.names.longest(s)
	return n > 0
}

// knownAt reports whether s begins with a name that needs no context.
func (g *Gazetteer) knownAt(s string) bool {
	name, n := g.names.longest(s)
	if n == 0 {
		return false
	}
	e := &g.entries[name]
	return !e.ordinary && (e.full || g.divisions[e.divisions[0]].Level < County)
}
