package index

import (
	"math"
	"math/bits"
	"slices"
)

// maxUnordered is of how many parts without an order every order is tried.
// Beyond it each part goes to the first free place behind the leading one.
const maxUnordered = 6

// nearness is how the parts of a phrase must stand to each other.
type nearness struct {
	distance int // how many other characters may stand between
	ordered  bool
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
	if n.holds(parts) {
		return 1, nil
	}
	return 0, nil
}

// holds reports whether the parts stand close enough somewhere.
func (n nearness) holds(parts []*partPlaces) bool {
	letters := 0 // that belong to parts
	for _, p := range parts {
		letters += p.length
	}
	for lead, p := range parts {
		if n.ordered && lead > 0 {
			break
		}
		for _, start := range p.starts {
			if end := n.end(parts, lead, start); end-start-letters <= n.distance {
				return true
			}
		}
	}
	return false
}

// never is the end of parts that do not all stand behind the leading one.
const never = math.MaxInt32

// end is the least end of all parts with the leading one in front at start.
func (n nearness) end(parts []*partPlaces, lead, start int) int {
	switch end := start + parts[lead].length; {
	case n.ordered:
		for _, p := range parts[1:] {
			end = p.after(end)
		}
		return end
	case len(parts) <= maxUnordered:
		return leastEnd(parts, lead, end)
	default:
		return firstFree(parts, lead, start)
	}
}

// after is the end of the first place of a part from a position on.
func (p *partPlaces) after(from int) int {
	if i, _ := slices.BinarySearch(p.starts, from); i < len(p.starts) {
		return p.starts[i] + p.length
	}
	return never
}

// leastEnd tries every order: what ends earliest of a set of parts leaves most
// room to the others, so one end a set is enough.
func leastEnd(parts []*partPlaces, lead, end int) int {
	var ends [1 << maxUnordered]int
	ends[1<<lead] = end
	for set := 1<<lead + 1; set < 1<<len(parts); set++ {
		if set>>lead&1 == 0 {
			continue
		}
		ends[set] = never
		for rest := uint(set &^ (1 << lead)); rest != 0; rest &= rest - 1 {
			last := bits.TrailingZeros(rest)
			ends[set] = min(ends[set], parts[last].after(ends[set&^(1<<last)]))
		}
	}
	return ends[1<<len(parts)-1]
}

// firstFree puts each part at the first place that no other has taken.
func firstFree(parts []*partPlaces, lead, start int) int {
	end := start + parts[lead].length
	taken := [][2]int{{start, end}}
	for i, p := range parts {
		if i == lead {
			continue
		}
		at, ok := p.free(start, taken)
		if !ok {
			return never
		}
		taken = append(taken, [2]int{at, at + p.length})
		end = max(end, at+p.length)
	}
	return end
}

// free is the first start of a part from a position on that overlaps none of
// the places that are taken.
func (p *partPlaces) free(from int, taken [][2]int) (int, bool) {
	i, _ := slices.BinarySearch(p.starts, from)
	for ; i < len(p.starts); i++ {
		at := p.starts[i]
		if !slices.ContainsFunc(taken, func(t [2]int) bool { return at < t[1] && t[0] < at+p.length }) {
			return at, true
		}
	}
	return 0, false
}
