package main

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// override is a line of overrides.txt without its example.
type override struct{ traditional, simplified string }

// parseOverrides reads the lines of overrides.txt. The error names the line.
func parseOverrides(text string) ([]override, error) {
	var out []override
	seen := map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 4 {
			return nil, fmt.Errorf("line %d: want 4 columns, got %d", i+1, len(cells))
		}
		o := override{cells[0], cells[1]}
		if utf8.RuneCountInString(o.traditional) != utf8.RuneCountInString(o.simplified) {
			return nil, fmt.Errorf("line %d: %s and %s differ in length", i+1, o.traditional, o.simplified)
		}
		if seen[o.traditional] {
			return nil, fmt.Errorf("line %d: %s is there twice", i+1, o.traditional)
		}
		seen[o.traditional] = true
		out = append(out, o)
	}
	return out, nil
}

// mixes are all spellings of the phrase in which each character stands in
// the traditional or in the simplified form.
func (o override) mixes(chars dict) []string {
	out := []string{""}
	for _, r := range o.traditional {
		forms := []string{string(r)}
		if s := chars[string(r)]; len(s) > 0 && s[0] != forms[0] {
			forms = append(forms, s[0])
		}
		var next []string
		for _, head := range out {
			for _, form := range forms {
				next = append(next, head+form)
			}
		}
		out = next
	}
	return out
}
