package index

import "slices"

// maxUnordered is of how many parts without an order every order is tried.
// Beyond it each part goes to the first free place behind the leading one.
const maxUnordered = 6

// nearness is how the parts of a phrase must stand to each other.
type nearness struct {
	distance int // how many other characters may stand between
	ordered  bool
}

// places are where one part stands in a text.
type places struct {
	starts []int // ascending
	length int
}

func (p *places) end(i int) int { return p.starts[i] + p.length }

// after is the first place from a position on.
func (p *places) after(from int) (i int, ok bool) {
	i, _ = slices.BinarySearch(p.starts, from)
	return i, i < len(p.starts)
}

// count is how often the parts stand close enough in a document: each at a place
// of its own. Of several parts it is 1 at most.
func (n nearness) count(parts []*partPlaces, doc uint32) (int, error) {
	for _, p := range parts {
		if err := p.find(doc); err != nil || len(p.starts) == 0 {
			return 0, err
		}
	}
	if len(parts) == 1 {
		return len(parts[0].starts), nil
	}
	all := make([]*places, len(parts))
	for i, p := range parts {
		all[i] = &p.places
	}
	if n.holds(all) {
		return 1, nil
	}
	return 0, nil
}

// holds reports whether the parts stand close enough somewhere.
func (n nearness) holds(parts []*places) bool {
	found := false
	n.each(parts, func([]int) bool {
		found = true
		return false
	})
	return found
}

// each calls f, until it returns false, with a place of each part: from each
// place of a part the nearest of the others behind it, if they are near enough.
// Places are by their numbers and valid until f returns.
func (n nearness) each(parts []*places, f func(at []int) bool) {
	at := make([]int, len(parts))
	for lead, p := range parts {
		if n.ordered && lead > 0 {
			return
		}
		for i := range p.starts {
			at[lead] = i
			if n.behind(at, parts, lead) && !f(at) {
				return
			}
		}
	}
}

// behind finds a place of each part, none before that of the leading one; false
// when there are none or they are too far apart.
func (n nearness) behind(at []int, parts []*places, lead int) bool {
	put := firstFree
	switch {
	case n.ordered:
		put = inTurn
	case len(parts) <= maxUnordered:
		put = earliest
	}
	if !put(at, parts, lead) {
		return false
	}
	end, letters := parts[lead].end(at[lead]), 0 // letters belong to parts; positions may be negative
	for i, p := range parts {
		end = max(end, p.end(at[i]))
		letters += p.length
	}
	return end-parts[lead].starts[at[lead]]-letters <= n.distance
}

// inTurn puts each part behind the one before it.
func inTurn(at []int, parts []*places, lead int) (ok bool) {
	end := parts[lead].end(at[lead])
	for i, p := range parts {
		if i == lead {
			continue
		}
		if at[i], ok = p.after(end); !ok {
			return false
		}
		end = p.end(at[i])
	}
	return true
}

// earliest puts the parts in the order that ends first. What ends first of a set
// of parts leaves most room to the others, so one way to put a set is enough.
func earliest(at []int, parts []*places, lead int) bool {
	type way struct {
		part, at int // the last part and its place; -1 for no way
		end      int
	}
	var ways [1 << maxUnordered]way
	ways[1<<lead] = way{lead, at[lead], parts[lead].end(at[lead])}
	for set := 1<<lead + 1; set < 1<<len(parts); set++ {
		ways[set].part = -1
		for part, p := range parts {
			before := set &^ (1 << part)
			if part == lead || before == set || before>>lead&1 == 0 || ways[before].part < 0 {
				continue
			}
			i, ok := p.after(ways[before].end)
			if ok && (ways[set].part < 0 || p.end(i) < ways[set].end) {
				ways[set] = way{part, i, p.end(i)}
			}
		}
	}
	for set := 1<<len(parts) - 1; set != 0; set &^= 1 << ways[set].part {
		if ways[set].part < 0 {
			return false
		}
		at[ways[set].part] = ways[set].at
	}
	return true
}

// firstFree puts each part at the first place that no other has taken.
func firstFree(at []int, parts []*places, lead int) (ok bool) {
	start := parts[lead].starts[at[lead]]
	taken := [][2]int{{start, parts[lead].end(at[lead])}}
	for i, p := range parts {
		if i == lead {
			continue
		}
		if at[i], ok = p.free(start, taken); !ok {
			return false
		}
		taken = append(taken, [2]int{p.starts[at[i]], p.end(at[i])})
	}
	return true
}

// free is the first place from a position on that overlaps none that is taken.
func (p *places) free(from int, taken [][2]int) (i int, ok bool) {
	for i, ok = p.after(from); ok && i < len(p.starts); i++ {
		overlaps := func(t [2]int) bool { return p.starts[i] < t[1] && t[0] < p.end(i) }
		if !slices.ContainsFunc(taken, overlaps) {
			return i, true
		}
	}
	return 0, false
}
