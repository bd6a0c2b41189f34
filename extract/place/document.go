package place

// Weights of a place by where an article names it.
const (
	inTitle = 8
	inLead  = 3
	inText  = 1
)

// leadBytes is how much of a text is its lead: the dateline and some two
// sentences.
const leadBytes = 360

// candidate is a place that an article may be about.
type candidate struct {
	Match
	own, total int
}

// Document is the place that an article is about, by its folded title and what
// Find gives for its text: the one with the greatest weight, where the title counts most, then
// the lead. A division also has a quarter of the weight of what it holds, a
// province an eighth, if the article names it at all. Ties go to the place that is named
// first. A town or village that the text names but once, behind its lead, and
// in no division is none: its form alone misleads. The span is of the text, and empty when only
// the title names the place. It returns false when no such place is named.
func (g *Gazetteer) Document(title string, text []Match) (Match, bool) {
	var all []candidate
	index := map[[2]string]int{}
	note := func(m Match, weight int) {
		key := [2]string{m.Name, m.Code}
		i, ok := index[key]
		if !ok {
			i = len(all)
			index[key] = i
			all = append(all, candidate{Match: m})
		}
		if c := &all[i]; c.Span.Empty() {
			c.Span = m.Span
		}
		all[i].own += weight
	}
	for _, m := range g.Find(nil, title) {
		m.Span.Start, m.Span.End = 0, 0
		note(m, inTitle)
	}
	for _, m := range text {
		if m.Span.Start < leadBytes {
			note(m, inLead)
		} else {
			note(m, inText)
		}
	}
	g.addHeld(all)
	holder := heaviest(all)
	best, weight := Match{}, 0
	for i := range all {
		m := all[i].Match
		if m.Level >= Town && m.Within == "" {
			m.Within = holder
			if holder == "" && all[i].own < inLead {
				continue
			}
		}
		if all[i].total > weight {
			best, weight = m, all[i].total
		}
	}
	return best, weight > 0
}

// heaviest is the code of the heaviest division that the article names, in
// which a town or village of unknown place lies; empty without one.
func heaviest(all []candidate) string {
	code, weight := "", 0
	for i := range all {
		if c := &all[i]; c.Code != "" && c.total > weight {
			code, weight = c.Code, c.total
		}
	}
	return code
}

// addHeld sums each candidate's own weight and what it has of those that it
// holds.
func (g *Gazetteer) addHeld(all []candidate) {
	held := map[string]int{}
	for i := range all {
		for code := all[i].Within; code != ""; {
			held[code] += all[i].own
			d, _ := g.Lookup(code)
			code = d.Parent
		}
	}
	for i := range all {
		c := &all[i]
		share := 2
		if c.Level == Province {
			share = 1
		}
		c.total = 8 * c.own
		if c.Code != "" {
			c.total += share * held[c.Code]
		}
	}
}
