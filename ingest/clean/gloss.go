package clean

import (
	_ "embed"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/unicode/norm"

	"jianbao/corpus"
)

//go:generate go run ./internal/genreadings

// readings holds a line for each character: the character and its tone-marked
// readings, separated by commas. Sorted by code point.
//
//go:embed readings.txt
var readings string

// When a document's parentheses are a habit of its site rather than the
// author's own. Chosen on the development data: a lesson glosses few
// characters, common ones, and not each time; a site glosses what lies outside
// its font, always.
const (
	minGlosses       = 2   // of common traditional characters outside GB2312
	minCommonGlosses = 8   // when most glossed characters are common ones
	minValidShare    = 0.8 // of the parentheses that look like a reading
	minGlossedShare  = 0.9 // of all occurrences of the glossed characters
	minSpaceShare    = 0.8 // of glosses followed by a space that belongs to them
	maxReading       = 6   // letters: zhuāng, shuāng, chuáng
)

// gloss is a reading in parentheses.
type gloss struct {
	char  rune
	span  corpus.Span // with the parentheses
	valid bool        // one of the character's readings
	space bool        // a space follows
}

// glossPatches strips the readings that a site printed after its characters,
// such as 個(gè) or 黨(dang) , when the whole document shows the habit.
func glossPatches(text string) []patch {
	found := findGlosses(text)
	if !habitual(text, found) {
		return nil
	}
	spaced := 0
	for _, g := range found {
		if g.space {
			spaced++
		}
	}
	takeSpace := float64(spaced) >= minSpaceShare*float64(len(found))
	patches := make([]patch, 0, len(found))
	for _, g := range found {
		if !g.valid {
			continue
		}
		if takeSpace && g.space {
			g.span.End++
		}
		patches = append(patches, patch{span: g.span, kind: "gloss", confidence: 0.99})
	}
	return patches
}

// findGlosses returns every short Latin word in parentheses that directly
// follows a Han character.
func findGlosses(text string) []gloss {
	var out []gloss
	for at := 0; ; {
		i := strings.IndexAny(text[at:], "(（")
		if i < 0 {
			return out
		}
		start := at + i
		_, width := utf8.DecodeRuneInString(text[start:])
		at = start + width
		before := strings.TrimSuffix(text[:start], " ") // 強 (qiáng)化
		char, _ := utf8.DecodeLastRuneInString(before)
		if !unicode.Is(unicode.Han, char) {
			continue
		}
		word, end := readingAt(text, at)
		if end == 0 {
			continue
		}
		out = append(out, gloss{
			char:  char,
			span:  corpus.Span{Start: len(before), End: end},
			valid: isReading(char, word),
			space: end < len(text) && text[end] == ' ',
		})
		at = end
	}
}

// readingAt reads a short Latin word and the closing parenthesis; a space may
// stand on either side of the word. The end is 0 when there is none.
func readingAt(text string, at int) (word string, end int) {
	skipSpace := func() {
		for at < len(text) && (text[at] == ' ' || strings.HasPrefix(text[at:], "\u00a0")) {
			_, n := utf8.DecodeRuneInString(text[at:])
			at += n
		}
	}
	skipSpace()
	start, letters := at, 0
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		if !unicode.Is(unicode.Latin, r) && !unicode.Is(unicode.Mn, r) {
			break
		}
		at += n
		letters++
	}
	word = text[start:at]
	skipSpace()
	if letters == 0 || letters > maxReading+2 { // combining marks
		return "", 0
	}
	for _, closing := range []string{")", "）"} {
		if strings.HasPrefix(text[at:], closing) {
			return word, at + len(closing)
		}
	}
	return "", 0
}

// habitual reports whether the glosses of a document are its site's habit.
func habitual(text string, found []gloss) bool {
	if len(found) < minGlosses {
		return false
	}
	glossed := map[rune]int{}
	valid, uncommon := 0, 0
	for _, g := range found {
		if !g.valid {
			continue
		}
		valid++
		glossed[g.char]++
		if !inGB2312(g.char) && inBig5(g.char) {
			uncommon++
		}
	}
	least := minGlosses
	if uncommon*2 < valid {
		least = minCommonGlosses
	}
	if valid < least || float64(valid) < minValidShare*float64(len(found)) {
		return false
	}
	total := 0
	for _, r := range text {
		if glossed[r] > 0 {
			total++
		}
	}
	return float64(valid) >= minGlossedShare*float64(total)
}

// isReading reports whether word, with or without its tone mark, is one of
// the readings of char.
func isReading(char rune, word string) bool {
	word = strings.ToLower(lookalikes.Replace(norm.NFC.String(word)))
	plain := withoutTone(word)
	toneless := !strings.ContainsAny(word, tonedLetters)
	for known := range strings.SplitSeq(readingsOf(char), ",") {
		if known == word || toneless && withoutTone(known) == plain {
			return true
		}
	}
	return false
}

// readingsOf looks char up in the lines of readings.
func readingsOf(char rune) string {
	line := func(at int) (start int, r rune, rest string) {
		start = strings.LastIndexByte(readings[:at], '\n') + 1
		r, n := utf8.DecodeRuneInString(readings[start:])
		end := strings.IndexByte(readings[start:], '\n')
		return start, r, readings[start+n : start+end]
	}
	at := sort.Search(len(readings), func(i int) bool {
		_, r, _ := line(i)
		return r >= char
	})
	if at == len(readings) {
		return ""
	}
	if _, r, rest := line(at); r == char {
		return rest
	}
	return ""
}

// lookalikes are letters that sites print for those of Hanyu Pinyin: the
// script g, and breves for carons.
var lookalikes = strings.NewReplacer("ɡ", "g", "ɑ", "a", "ă", "ǎ", "ĕ", "ě", "ĭ", "ǐ", "ŏ", "ǒ", "ŭ", "ǔ")

const tonedLetters = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"

// toneMarks maps the letters of Hanyu Pinyin that carry a tone to plain ones.
// A toneless gloss writes ü as u or v.
var toneMarks = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ǖ", "u", "ǘ", "u", "ǚ", "u", "ǜ", "u",
	"ü", "u", "v", "u", "ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m",
)

func withoutTone(s string) string { return toneMarks.Replace(s) }

// inGB2312 reports whether r is one of the 6,763 characters of GB 2312-80,
// which every simplified font holds.
func inGB2312(r rune) bool {
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(r)))
	return err == nil && len(b) == 2 && b[0] >= 0xB0 && b[0] <= 0xF7 && b[1] >= 0xA1
}

// inBig5 reports whether r is one of the 5,401 common characters of Big5. What
// is in neither set is rare in both scripts, and honestly glossed.
func inBig5(r rune) bool {
	b, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte(string(r)))
	return err == nil && len(b) == 2 && b[0] >= 0xA4 && b[0] <= 0xC6
}
