package index

import (
	"cmp"
	"slices"

	"jianbao/corpus"
)

// nearFinder finds parts, each of words side by side, that stand close together.
type nearFinder struct {
	parts    [][]term
	distance int // how many other characters may stand between
	ordered  bool
}

// spot is a place of one part: half-open, in positions.
type spot struct {
	start, end int
	span       corpus.Span
}

// find marks parts that stand together: from each place the nearest of the
// others behind it, and from each the nearest of those before it. A part that
// stands alone is not marked.
func (f nearFinder) find(dst []corpus.Span, in *scene) []corpus.Span {
	spots := make([][]spot, len(f.parts))
	for i, words := range f.parts {
		if spots[i] = spotsOf(words, in); len(spots[i]) == 0 {
			return dst
		}
	}
	if len(spots) == 1 {
		for _, s := range spots[0] {
			dst = append(dst, s.span)
		}
		return dst
	}
	dst = f.together(dst, spots)
	return f.together(dst, mirrored(spots))
}

// spotsOf are the places of words side by side.
func spotsOf(words []term, in *scene) []spot {
	f, n := phraseFinder{words}, extent(words)
	var out []spot
	for _, first := range in.at[words[0].text] {
		if span, ok := f.follow(first, in, func(int, term) bool { return true }); ok {
			out = append(out, spot{first.pos, first.pos + n, span})
		}
	}
	return out
}

// together marks from each place the nearest of the other parts behind it, if
// that is near enough.
func (f nearFinder) together(dst []corpus.Span, spots [][]spot) []corpus.Span {
	for lead := range spots {
		if f.ordered && lead > 0 {
			break
		}
		for _, first := range spots[lead] {
			for _, s := range f.behind(spots, lead, first) {
				dst = append(dst, s.span)
			}
		}
	}
	return dst
}

// behind is a place of each part, none before first, which is that of the
// leading one; nil when there are none or they are too far apart. It finds what
// nearness finds.
func (f nearFinder) behind(spots [][]spot, lead int, first spot) []spot {
	var taken []spot
	switch {
	case f.ordered:
		taken = inTurn(spots, first)
	case len(spots) <= maxUnordered:
		taken = earliest(spots, lead, first)
	default:
		taken = firstFreeSpots(spots, lead, first)
	}
	end, letters := first.end, 0
	for _, s := range taken {
		end = max(end, s.end)
		letters += s.end - s.start
	}
	if end-first.start-letters > f.distance {
		return nil
	}
	return taken
}

// after is the first place from a position on.
func after(spots []spot, from int) (spot, bool) {
	i, _ := slices.BinarySearchFunc(spots, from, func(s spot, from int) int { return s.start - from })
	if i == len(spots) {
		return spot{}, false
	}
	return spots[i], true
}

// inTurn puts each part behind the one before it.
func inTurn(spots [][]spot, first spot) []spot {
	taken := []spot{first}
	for _, places := range spots[1:] {
		next, ok := after(places, taken[len(taken)-1].end)
		if !ok {
			return nil
		}
		taken = append(taken, next)
	}
	return taken
}

// earliest is the order of the parts behind the leading one that ends first.
func earliest(spots [][]spot, lead int, first spot) []spot {
	type way struct {
		last spot
		part int // whose place last is; -1 for no way
	}
	var ways [1 << maxUnordered]way
	ways[1<<lead] = way{first, lead}
	for set := 1<<lead + 1; set < 1<<len(spots); set++ {
		ways[set].part = -1
		for part := range spots {
			before := set &^ (1 << part)
			if part == lead || before == set || before>>lead&1 == 0 || ways[before].part < 0 {
				continue
			}
			next, ok := after(spots[part], ways[before].last.end)
			if ok && (ways[set].part < 0 || next.end < ways[set].last.end) {
				ways[set] = way{next, part}
			}
		}
	}
	var taken []spot
	for set := 1<<len(spots) - 1; set != 0; set &^= 1 << ways[set].part {
		if ways[set].part < 0 {
			return nil
		}
		taken = append(taken, ways[set].last)
	}
	slices.Reverse(taken)
	return taken
}

// firstFreeSpots puts each part at the first place that no other has taken.
func firstFreeSpots(spots [][]spot, lead int, first spot) []spot {
	taken := []spot{first}
	for i, places := range spots {
		if i == lead {
			continue
		}
		next, ok := free(places, first.start, taken)
		if !ok {
			return nil
		}
		taken = append(taken, next)
	}
	return taken
}

// free is the first place from a position on that overlaps none that is taken.
func free(spots []spot, from int, taken []spot) (spot, bool) {
	i, _ := slices.BinarySearchFunc(spots, from, func(s spot, from int) int { return s.start - from })
	for _, s := range spots[i:] {
		if !slices.ContainsFunc(taken, func(t spot) bool { return s.start < t.end && t.start < s.end }) {
			return s, true
		}
	}
	return spot{}, false
}

// mirrored is the text from its end to its start.
func mirrored(spots [][]spot) [][]spot {
	out := make([][]spot, len(spots))
	for i, places := range spots {
		back := make([]spot, len(places))
		for j, s := range places {
			back[len(places)-1-j] = spot{-s.end, -s.start, s.span}
		}
		out[len(spots)-1-i] = back
	}
	return out
}

func (f nearFinder) anchor() (word string, reach int) {
	for _, words := range f.parts {
		word = slices.MaxFunc([]string{word, longest(words)}, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
		reach += extent(words)
	}
	return word, reach + max(0, f.distance)
}
