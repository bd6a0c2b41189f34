package charset

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed cost.txt
var costLines string

// What characters cost in bits that the model does not know. A control or
// private-use character hardly ever stands in an article, kana and letters of
// other alphabets seldom.
const (
	asciiBits   = 5
	markBits    = 8 // the punctuation of Chinese
	wideBits    = 11
	foreignBits = 17
	rareBits    = 20
	brokenBits  = 28
)

// bits is the cost of each character of the Basic Multilingual Plane.
var bits = sync.OnceValue(func() *[1 << 16]uint8 {
	table := new([1 << 16]uint8)
	for r := range table {
		table[r] = uint8(classBits(rune(r)))
	}
	for line := range strings.Lines(costLines) {
		cost, chars, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		n, err := strconv.ParseUint(cost, 10, 8)
		if err != nil {
			continue // a test holds that there is no such line
		}
		for _, r := range chars {
			table[r&0xFFFF] = uint8(n)
		}
	}
	return table
})

// classBits is the cost of a character by what kind it is of.
func classBits(r rune) int {
	switch {
	case r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r < 0x7F:
		return asciiBits
	case strings.ContainsRune("，。、：；“”（）《》　！？…—·‘’【】「」『』", r):
		return markBits
	case r >= 0xFF01 && r <= 0xFF5E:
		return wideBits
	case unicode.Is(unicode.Co, r), unicode.IsControl(r), r == utf8.RuneError, !unicode.IsPrint(r) && !unicode.Is(unicode.Cf, r):
		return brokenBits
	case unicode.Is(unicode.Han, r):
		return rareBits
	}
	return foreignBits
}

// cost is how many bits text takes under the model.
func cost(text string) int {
	table, sum := bits(), 0
	for _, r := range text {
		if r > 0xFFFF {
			sum += rareBits + 4
			continue
		}
		sum += int(table[r])
	}
	return sum
}
