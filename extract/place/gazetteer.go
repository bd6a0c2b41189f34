package place

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"sort"
	"strings"
)

//go:embed divisions.txt
var divisionsText string

// maxDivisions bounds the set of divisions that Find keeps on its stack.
const maxDivisions = 4096

// Gazetteer knows the divisions and the forms of their names. It does not
// change once opened; all its methods may run at the same time.
type Gazetteer struct {
	divisions []Division
	parents   []int32 // index of the parent of each division; -1 for a province
	names     *trie
	entries   []entry // by index of the name in names
	notName   map[string]bool
	falseName map[string]bool
}

// entry is what a name can mean.
type entry struct {
	divisions []int32 // indices, ordered by code
	full      bool    // the name is a division's in full; else a short one
	ordinary  bool    // it is a word too: a place only behind the place above it
}

// Open reads the embedded table; it takes a few milliseconds. The error says
// what is wrong with the table.
func Open() (*Gazetteer, error) {
	divisions, err := parseDivisions(divisionsText)
	if err != nil {
		return nil, err
	}
	if len(divisions) > maxDivisions {
		return nil, fmt.Errorf("read divisions: %d of them, at most %d fit", len(divisions), maxDivisions)
	}
	g := &Gazetteer{divisions: divisions, notName: set(notNames), falseName: set(falseNames)}
	if err := g.linkParents(); err != nil {
		return nil, err
	}
	g.enterNames()
	return g, nil
}

// linkParents finds the division above each. A county under no city (of a
// municipality, or run by its province) is the province's.
func (g *Gazetteer) linkParents() error {
	g.parents = make([]int32, len(g.divisions))
	for i := range g.divisions {
		d := &g.divisions[i]
		g.parents[i] = -1
		if d.Level == Province {
			continue
		}
		up, ok := g.index(d.Code[:4] + "00")
		if !ok || d.Level == City {
			up, ok = g.index(d.Code[:2] + "0000")
		}
		if !ok {
			return fmt.Errorf("read divisions: %s %s has no province", d.Code, d.Name)
		}
		g.parents[i] = up
		d.Parent = g.divisions[up].Code
	}
	return nil
}

// naming is one name of one division.
type naming struct {
	name string
	of   int32
	full bool
}

// enterNames makes the trie. A name that is one division's in full is no
// other's short one.
func (g *Gazetteer) enterNames() {
	all := make([]naming, 0, 2*len(g.divisions))
	for i, d := range g.divisions {
		all = append(all, naming{d.Name, int32(i), true})
		if short := shortName(d.Name); short != "" {
			all = append(all, naming{short, int32(i), false})
		}
	}
	slices.SortFunc(all, func(a, b naming) int {
		return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(a.of, b.of))
	})
	ordinary := set(ordinaryNames)
	meanings := make([]int32, 0, len(all))
	var names []string
	for i := 0; i < len(all); {
		j, full := i, false
		for ; j < len(all) && all[j].name == all[i].name; j++ {
			full = full || all[j].full
		}
		first := len(meanings)
		for _, n := range all[i:j] {
			if n.full == full {
				meanings = append(meanings, n.of)
			}
		}
		names = append(names, all[i].name)
		g.entries = append(g.entries, entry{meanings[first:len(meanings):len(meanings)], full, ordinary[all[i].name]})
		i = j
	}
	g.names = newTrie(names)
}

// index finds a division by its code.
func (g *Gazetteer) index(code string) (int32, bool) {
	i := sort.Search(len(g.divisions), func(i int) bool { return g.divisions[i].Code >= code })
	return int32(i), i < len(g.divisions) && g.divisions[i].Code == code
}

// Lookup is the division with a code of six digits.
func (g *Gazetteer) Lookup(code string) (Division, bool) {
	i, ok := g.index(code)
	if !ok {
		return Division{}, false
	}
	return g.divisions[i], true
}

// Divisions lists all divisions, ordered by code. The caller owns the slice.
func (g *Gazetteer) Divisions() []Division { return slices.Clone(g.divisions) }

// within reports whether division d lies in division up, or is it.
func (g *Gazetteer) within(d, up int32) bool {
	for ; d >= 0; d = g.parents[d] {
		if d == up {
			return true
		}
	}
	return false
}

func set(words []string) map[string]bool {
	s := make(map[string]bool, len(words))
	for _, w := range words {
		s[w] = true
	}
	return s
}
