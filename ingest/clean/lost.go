package clean

import (
	"regexp"

	"jianbao/corpus"
)

// Places where a site deleted the digits: a year without a number between a
// mark and a month, a classifier that stands twice. What stood there cannot be
// known.
var lostDigits = regexp.MustCompile(`(?:^|[` + beforeYear + `])(年)[0-9]{1,2}月|[车車][辆輛]([辆輛])`)

// lostPatches marks such places; nothing is guessed.
func lostPatches(text string) []patch {
	var out []patch
	for _, m := range lostDigits.FindAllStringSubmatchIndex(text, -1) {
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 {
				span := corpus.Span{Start: m[g], End: m[g+1]}
				out = append(out, patch{span: span, kind: "lost_digits", confidence: 0.7, note: "a number is missing before this"})
			}
		}
	}
	return out
}
