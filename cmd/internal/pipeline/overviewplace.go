package pipeline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"jianbao/corpus/table"
	"jianbao/extract/place"
)

// LevelNamed is places as the texts name them, whatever they are; the other
// levels are those of the divisions that have a code.
const LevelNamed = "named"

// Levels are what [OverviewOptions.Level] can be.
func Levels() []string {
	return []string{place.Province.String(), place.City.String(), place.County.String(), LevelNamed}
}

// ParseLevel reads a level; empty is one that is not chosen.
func ParseLevel(level string) error {
	if level != "" && !slices.Contains(Levels(), level) {
		return fmt.Errorf("unknown level %q (one of %v)", level, Levels())
	}
	return nil
}

// placeKey is a category and a place; of a division the code, of others the name
// too. Both are empty where no such place is known.
type placeKey struct{ category, name, code string }

// leveler says in which division of a level a count lies.
type leveler struct {
	p         *Pipeline
	level     string
	undecided bool                      // nobody chose the level
	found     map[string]place.Division // by code
}

// newLeveler takes the level that was chosen; else the one below the place
// that was asked for.
func newLeveler(p *Pipeline, level, within string) *leveler {
	l := &leveler{p: p, level: level, undecided: level == "", found: map[string]place.Division{}}
	if !l.undecided {
		return l
	}
	switch within = significant(within); {
	case within == "":
		l.level = place.Province.String()
	case strings.Trim(within, "0123456789") != "":
		l.level = LevelNamed
	case len(within) <= 2:
		l.level = place.City.String()
	case len(within) <= 4:
		l.level = place.County.String()
	default:
		l.level = LevelNamed
	}
	l.undecided = l.level != LevelNamed
	return l
}

// of is the key of a count.
func (l *leveler) of(m *table.Mention) placeKey {
	if l.level == LevelNamed {
		return placeKey{m.Category, m.Place, m.Adcode}
	}
	d, ok := l.found[m.Adcode]
	if !ok {
		d = l.p.divisionAt(m.Adcode, l.level)
		l.found[m.Adcode] = d
	}
	return placeKey{m.Category, d.Name, d.Code}
}

// divisionAt is the division of a level in which a code lies; the zero one
// where none is known.
func (p *Pipeline) divisionAt(code, level string) place.Division {
	for code != "" {
		d, ok := p.gazetteer.Lookup(code)
		if !ok {
			break
		}
		if d.Level.String() == level {
			return d
		}
		code = d.Parent
	}
	return place.Division{}
}

// chooseLevel are the sums by place. Where nobody chose a level, it is that of
// the divisions if at least half of the counts with a place lie in one.
func (w *survey) chooseLevel() (level string, sums sumsBy[placeKey]) {
	if w.leveler.undecided && 2*placed(w.places) < placed(w.named) {
		return LevelNamed, w.named
	}
	return w.leveler.level, w.places
}

// placeSum is the sum of a place.
type placeSum struct {
	placeKey
	*tallied
	value *int64 // of the sum; nil when it is not known
}

// greatestPlaces are the sums by place, of each category at most so many, and
// how many others there are.
func greatestPlaces(sums sumsBy[placeKey], most int) ([]SumRow, map[string]int64) {
	all, more := map[string][]placeSum{}, map[string]int64{}
	for key, t := range sums {
		all[key.category] = append(all[key.category], placeSum{key, t, nullable(t.sum.Value())})
	}
	var rows []SumRow
	for _, category := range slices.Sorted(maps.Keys(all)) {
		places := all[category]
		slices.SortFunc(places, comparePlaces)
		known := len(places)
		if places[known-1].name == "" {
			known--
		}
		if most > 0 && known > most {
			more[category] = int64(known - most)
			places = slices.Concat(places[:most], places[known:])
		}
		for _, p := range places {
			rows = append(rows, SumGroup{Category: category, Place: p.name, Adcode: p.code}.row(p.tallied))
		}
	}
	return rows, more
}

// comparePlaces has the greater total first, then the more mentions, what is
// not known behind what is, and what has no place last.
func comparePlaces(a, b placeSum) int {
	if (a.name == "") != (b.name == "") {
		return strings.Compare(b.name, a.name)
	}
	if c := compareKnown(a.value, b.value, true); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(b.mentions, a.mentions), cmp.Compare(a.code, b.code), cmp.Compare(a.name, b.name))
}

// placed is how many counts have a place.
func placed(s sumsBy[placeKey]) (n int64) {
	for key, t := range s {
		if key.name != "" {
			n += t.mentions
		}
	}
	return n
}
