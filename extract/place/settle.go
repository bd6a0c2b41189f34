package place

// settle decides what find left open, joins chains, and moves what stays to
// the front of all. It returns how many stay.
func (f *finder) settle(all []Match) int {
	n := 0
	for _, m := range all {
		if m.name > 0 && m.division == 0 {
			e := &f.g.entries[m.name-1]
			if m.division = f.byContext(e) + 1; m.division == 0 && (!e.full || e.ordinary) {
				continue
			}
			m.Level = f.g.divisions[e.divisions[0]].Level
			m.Name = m.Span.Of(f.text)
		}
		if m.division > 0 {
			d := &f.g.divisions[m.division-1]
			m.Name, m.Code, m.Level, m.Within = d.Name, d.Code, d.Level, d.Parent
		}
		if n > 0 && f.joins(&all[n-1], &m) {
			m.Span.Start = all[n-1].Span.Start
			n--
		}
		all[n] = m
		n++
	}
	return n
}

// byContext chooses among the divisions of an entry by what else the text
// names: the division itself in full, its city, its province if that leaves
// one. A short name of a county needs more than its province. It returns -1
// when none or several fit.
func (f *finder) byContext(e *entry) int32 {
	if e.ordinary {
		return -1
	}
	for _, near := range [...]nearness{itself, inCity, inProvince} {
		if near == inProvince && !e.full {
			break
		}
		found, n := int32(-1), 0
		for _, d := range e.divisions {
			if f.near(d, near) {
				found = d
				n++
			}
		}
		if n == 1 {
			return found
		}
	}
	return -1
}

// nearness says what of a division the text names.
type nearness uint8

const (
	itself     nearness = iota
	inCity              // its city, or the province of one that has no city
	inProvince          // its province
)

func (f *finder) near(d int32, n nearness) bool {
	switch up := f.g.parents[d]; {
	case n == itself:
		return f.seen.has(d)
	case up < 0:
		return false
	case n == inCity:
		return f.seen.has(up)
	default:
		top := f.g.parents[up]
		return top >= 0 && f.seen.has(top)
	}
}

// joins reports whether match m, which stands behind match up, lies in it and
// goes on with its name. A 市 behind a city is run by it, so it is a county's
// equal.
func (f *finder) joins(up, m *Match) bool {
	if up.Span.End != m.Span.Start {
		return false
	}
	if m.division > 0 {
		return up.division > 0 && up.division != m.division && f.g.within(m.division-1, up.division-1)
	}
	if m.name > 0 {
		return false
	}
	if m.Level == City && up.Level == City {
		m.Level = County
	}
	if m.Level <= up.Level {
		return false
	}
	if m.Within = up.Code; m.Within == "" {
		m.Within = up.Within
	}
	return true
}
