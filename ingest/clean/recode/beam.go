package recode

import (
	"cmp"
	"math"
	"slices"
)

const (
	beamWidth    = 12
	guesses      = 5   // leads or trails that are tried for a lost byte
	gapWidth     = 3   // states of a beam that may have lost two bytes
	gapCost      = 1.5 // nats, for each gap
	lossCost     = 2.0 // nats, for each lost byte but the first
	leadA1Bonus  = 1.0 // nats: most shifts start inside 。, which is A1 A3
	oddCost      = 4.0 // nats, for a character that does not suit a repair
	loneCost     = 4.0 // nats: hardly any clause has one character
	hopeless     = 9.0 // nats by which a beam may read worse than the line as it stands
	patience     = 5   // cells before a beam is given up
	noByte       = -1
	unknownByte  = -2
	beforeFirst  = -1
	lastLeadByte = 0xFE
)

// state is a reading of the bytes up to before one cell.
type state struct {
	pending int // the first byte of a character, noByte, or unknownByte
	prev    rune
	cost    float64
	tail    int32 // in search.nodes
	losses  int
	chars   int     // of the reading
	han     int     // characters of Chinese that were paired anew
	worst   float64 // cost of the least likely character
	margin  float64 // by which other readings that met this one were worse
	quoted  bool    // inside “ ”
	lone    bool    // the clause had one character when the damage began
	folded  bool    // full-width forms were folded to ASCII
	tag     string  // the closing tag whose "<" was swallowed
}

type node struct {
	r      rune
	parent int32
}

// reading is a way to read the damage that ends in step with the line.
type reading struct {
	state
	end  int     // the first cell behind the damage
	gain float64 // nats against the line as it stands
}

// search finds the readings of one damaged place.
type search struct {
	scorer
	reads func(char rune, word string) bool
	cells []cell
	whole bool
	gaps  bool // two bytes may have vanished anywhere
	beams [][]state
	nodes []node
	found []reading
	peak  float64 // the best gain of any beam on the way
	top   int     // the cell before which it was
}

// run follows the states that start before the cell from to the best reading.
func (s *search) run(from int, first []state) (best reading, ok bool) {
	s.found, s.nodes, s.peak = s.found[:0], s.nodes[:0], 0
	s.beams = make([][]state, len(s.cells)+1)
	s.beams[from] = slices.Clone(first)
	s.follow(from)
	return s.best()
}

func (s *search) follow(from int) {
	for i := from; i < len(s.cells)-1; i++ {
		states := s.prune(i)
		if len(states) == 0 {
			continue
		}
		gain := s.cells[i].cost - states[0].cost
		if gain > s.peak {
			s.peak, s.top = gain, i
		}
		if i-from >= patience && gain < -hopeless {
			return
		}
		for k, st := range states {
			s.step(i, st)
			if s.gaps && k < gapWidth && st.pending >= 0 {
				s.gap(i, st)
			}
		}
	}
}

// prune keeps the best states before cell i: one for each way to go on.
func (s *search) prune(i int) []state {
	states := s.beams[i]
	slices.SortStableFunc(states, func(a, b state) int { return cmp.Compare(a.cost, b.cost) })
	kept := states[:0]
	for _, st := range states {
		same := slices.IndexFunc(kept, func(k state) bool {
			return k.pending == st.pending && k.prev == st.prev && k.quoted == st.quoted
		})
		if same >= 0 {
			kept[same].margin = min(kept[same].margin, st.cost-kept[same].cost)
		} else if len(kept) < beamWidth {
			kept = append(kept, st)
		}
	}
	s.beams[i] = kept
	return kept
}

// step reads cell i in every way that its character allows.
func (s *search) step(i int, st state) {
	r := s.cells[i].r
	if lead, trail, ok := s.m.wholePair(r); ok {
		next := st
		next.folded = st.folded || r < 0x80
		s.feedPair(i+1, next, lead, trail)
	}
	switch {
	case r == '?' || r == '\uFFFD':
		s.lostTrail(i, st)
	case r < 0x80:
		s.feedByte(i+1, st, byte(r))
	case r == '(':
		if _, end := glossTail(s.cells, i+1); end > 0 {
			s.beams[end] = append(s.beams[end], st)
		}
	}
}

// put appends r to a reading; the character's first byte is used up.
func (s *search) put(st state, r rune) state {
	cost := s.charCost(st, r)
	st.cost += cost
	st.chars++
	st.worst = max(st.worst, cost)
	if classOf(r) == han {
		st.han++
	}
	if r == '“' || r == '”' {
		st.quoted = r == '“'
	}
	s.nodes = append(s.nodes, node{r, st.tail})
	st.tail = int32(len(s.nodes) - 1)
	st.prev, st.pending = r, noByte
	return st
}

// charCost is the cost of r behind a reading. A quotation mark must open or
// close in its turn; other brackets seldom close in damage, and
// symbols are seldom what was damaged.
func (s *search) charCost(st state, r rune) float64 {
	cost := s.cost(st.prev, r)
	switch c := classOf(r); {
	case r == '“' && st.quoted || r == '”' && !st.quoted, c == closing && r != '”', c >= wide:
		cost += oddCost
	}
	return cost
}

// finish takes a reading that is in step with the line again before cell end.
func (s *search) finish(end int, st state) {
	if end == len(s.cells)-1 && !s.whole {
		return
	}
	next, last := s.cells[end], s.cells[end-1].r
	gain := next.cost + s.cost(last, next.r) - st.cost - s.cost(st.prev, next.r)
	s.found = append(s.found, reading{st, end, gain})
}

// best is the reading with the highest gain. Its margin tells how much worse
// any other one is.
func (s *search) best() (reading, bool) {
	if len(s.found) == 0 {
		return reading{}, false
	}
	slices.SortStableFunc(s.found, func(a, b reading) int { return cmp.Compare(b.gain, a.gain) })
	best := s.found[0]
	for _, other := range s.found[1:] {
		if other.end != best.end || s.text(other.state) != s.text(best.state) {
			best.margin = min(best.margin, best.gain-other.gain)
			break
		}
	}
	return best, true
}

// text spells a reading out.
func (s *search) text(st state) string {
	var out []rune
	for at := st.tail; at != beforeFirst; at = s.nodes[at].parent {
		r := s.nodes[at].r
		if st.folded {
			r = folded(r)
		}
		out = append(out, r)
	}
	slices.Reverse(out)
	return string(out)
}

// begin is the state behind the character prev, with a byte pending.
func begin(prev rune, pending int, quoted bool) state {
	return state{pending: pending, prev: prev, tail: beforeFirst, margin: math.Inf(1), quoted: quoted}
}
