package clean

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"jianbao/corpus"
)

// strayTag is what looks like a tag. The attributes of one are bounded, so that
// a lone < does not reach far.
var strayTag = regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9]{0,9}(?::[a-zA-Z0-9]{1,12})?)((?:\s[^<>]{0,300})?)(/?)>|<!--[^<>]{0,300}-->|<!\[CDATA\[|\]\]>`)

// tagPatches takes tags out of a text that should have none. A tag is taken
// when HTML knows its name and either it cannot be anything else (it closes,
// has attributes or a long name) or its other half stands in the text.
func tagPatches(text string) []patch {
	found := strayTag.FindAllStringSubmatchIndex(text, -1)
	closed := map[string]bool{}
	for _, m := range found {
		if m[2] >= 0 && m[3] > m[2] {
			closed[strings.ToLower(text[m[4]:m[5]])] = true
		}
	}
	var out []patch
	for _, m := range found {
		span := corpus.Span{Start: m[0], End: m[1]}
		name := atom.Atom(0)
		if m[4] >= 0 {
			lower := strings.ToLower(text[m[4]:m[5]])
			if name = atom.Lookup([]byte(lower)); name == 0 && !strings.Contains(lower, ":") { // <o:p> is a word processor's
				continue
			}
			sure := m[3] > m[2] || strings.Contains(text[m[6]:m[7]], "=") || m[9] > m[8] || len(lower) > 2 || name == atom.Br || name == atom.Hr
			if !sure && !closed[lower] {
				continue
			}
		}
		after := breakOf(name)
		if after != "" && !printsBetween(text, span) {
			after = ""
		}
		out = addTag(out, span, after)
	}
	return out
}

// printsBetween reports whether a tag parts two printed characters, so that
// taking it away would run two lines together.
func printsBetween(text string, tag corpus.Span) bool {
	left, _ := utf8.DecodeLastRuneInString(text[:tag.Start])
	right, _ := utf8.DecodeRuneInString(text[tag.End:])
	return tag.Start > 0 && tag.End < len(text) && !unicode.IsSpace(left) && !unicode.IsSpace(right) && left != '>' || right == '<'
}

// A name of a character that lost its ampersand or its semicolon.
var bareName = regexp.MustCompile(`&?(ldquo|rdquo|lsquo|rsquo|nbsp|middot|hellip|mdash|ndash);?`)

var bareNames = map[string]string{
	"ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "nbsp": " ", "middot": "·", "hellip": "…", "mdash": "—", "ndash": "–",
}

// bareEntityPatches mends ldquo党员先锋岗rdquo: names of characters that stand
// between Chinese as no word can.
func bareEntityPatches(text string) []patch {
	var out []patch
	paired := strings.Count(text, "ldquo") == strings.Count(text, "rdquo") && strings.Count(text, "lsquo") == strings.Count(text, "rsquo")
	for _, m := range bareName.FindAllStringSubmatchIndex(text, -1) {
		left, _ := utf8.DecodeLastRuneInString(text[:m[0]])
		right, _ := utf8.DecodeRuneInString(text[m[1]:])
		marked := text[m[0]] == '&' || text[m[1]-1] == ';'
		latin := isLatinOrDigit(left) || isLatinOrDigit(right)
		chinese := unicode.Is(unicode.Han, left) || unicode.Is(unicode.Han, right)
		if latin && !(marked && text[m[1]-1] == ';') || !marked && !(chinese && paired) {
			continue
		}
		out = append(out, patch{span: corpus.Span{Start: m[0], End: m[1]}, after: bareNames[text[m[2]:m[3]]], kind: "entity", confidence: 0.95})
	}
	return out
}

func isLatinOrDigit(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
