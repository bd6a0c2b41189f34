package pipeline

import (
	"slices"
	"strings"

	"jianbao/corpus"
	"jianbao/corpus/table"
	"jianbao/extract/place"
)

// MentionFilter says which counts of the chosen articles are wanted. The zero
// filter wants all.
type MentionFilter struct {
	Categories []string // any of them; none means all
	Min, Max   *int64   // of the value; a range (3至5) must lie within, a count of unknown value is left out
	Place      string   // a name in either script, or the beginning of a code of GB/T 2260
	Flags      []corpus.Flag
	Counted    bool   // only those that count towards a total
	Rule       string // its id (branch/pre), or a pack (branch)
}

// matcher is a filter made ready.
type matcher struct {
	MentionFilter
	place string // folded
	codes []string
}

// prepare looks the place up. The name of a division stands for all that lies
// in it, too.
func (f MentionFilter) prepare(p *Pipeline) *matcher {
	m := &matcher{MentionFilter: f}
	switch {
	case f.Place == "":
	case strings.Trim(f.Place, "0123456789") == "":
		m.codes = []string{significant(f.Place)}
	default:
		m.place = fold(f.Place)
		for _, d := range p.gazetteer.Divisions() {
			if d.Name == m.place || strings.HasPrefix(d.Name, m.place) && d.Level <= place.City {
				m.codes = append(m.codes, significant(d.Code))
			}
		}
	}
	return m
}

// significant is a code without the zeros of the levels below: 110000 is 11.
func significant(code string) string {
	for len(code) > 2 && len(code)%2 == 0 && strings.HasSuffix(code, "00") {
		code = code[:len(code)-2]
	}
	return code
}

// wantsAll reports whether every mention passes.
func (m *matcher) wantsAll() bool {
	return len(m.Categories) == 0 && m.Rule == "" && !m.Counted && len(m.Flags) == 0 && m.Min == nil && m.Max == nil && m.Place == ""
}

// wants reports whether a mention passes.
func (m *matcher) wants(x *table.Mention) bool {
	return (len(m.Categories) == 0 || slices.Contains(m.Categories, x.Category)) &&
		(m.Rule == "" || x.RuleID == m.Rule || strings.HasPrefix(x.RuleID, m.Rule+"/")) &&
		(x.Counted || !m.Counted) &&
		m.hasFlags(x) && m.isWithin(x) && m.isAt(x)
}

func (m *matcher) hasFlags(x *table.Mention) bool {
	for _, f := range m.Flags {
		if !slices.Contains(x.Flags, string(f)) {
			return false
		}
	}
	return true
}

// isWithin goes by the value, and by both bounds of a count that has none.
func (m *matcher) isWithin(x *table.Mention) bool {
	lo, hi := x.Lo, x.Hi
	if x.Value != nil {
		lo, hi = x.Value, x.Value
	}
	return (m.Min == nil || lo != nil && *lo >= *m.Min) && (m.Max == nil || hi != nil && *hi <= *m.Max)
}

func (m *matcher) isAt(x *table.Mention) bool {
	if m.Place == "" {
		return true
	}
	if m.place != "" && strings.Contains(x.Place, m.place) {
		return true
	}
	return x.Adcode != "" && slices.ContainsFunc(m.codes, func(c string) bool { return strings.HasPrefix(x.Adcode, c) })
}
