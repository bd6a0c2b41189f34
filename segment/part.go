package segment

import (
	"math"
	"unicode/utf8"

	"jianbao/corpus"
)

// AppendPart appends the tokens that Append of the whole of hans has in a part of
// it, and reports whether it could tell them: sums of float32 depend on how much
// stood before, and where two ways to cut are as good but for less than that,
// only the whole text says which of them it has. No word of the text may reach
// out of the part. When it is false dst is of no use.
func (s *Segmenter) AppendPart(dst []corpus.Token, hans string, part corpus.Span) ([]corpus.Token, bool) {
	doubt := s.doubtIn(hans)
	if doubt.step == 0 {
		return dst, false
	}
	cells := s.scratch.Get().(*[]cell)
	p := s.path(part.Of(hans), (*cells)[:0])
	p.doubt = doubt
	first := len(dst)
	dst = p.run(dst)
	if *cells = p.cells; cap(p.cells) <= maxScratch {
		s.scratch.Put(cells)
	}
	for i := first; i < len(dst); i++ {
		dst[i].Start += part.Start
		dst[i].End += part.Start
	}
	return dst, !p.doubt.found
}

// doubt is whether a choice between two ways to cut could have been another in a
// longer text.
type doubt struct {
	step  float32 // between the sums of the longer text, at most; 0 when nobody asks
	found bool
}

// The most that one unit costs: one that is no word, or the rarest word beside
// the most frequent ones that a user can give.
const (
	maxCost     = unknownCost
	maxUserCost = 4 * unknownCost
)

// doubtIn is that of a text; the zero doubt when its sums may begin anew. It has
// no more units than bytes, and what is no bigger than that need not be counted.
func (s *Segmenter) doubtIn(text string) doubt {
	cost := maxCost
	if len(s.user) > 0 {
		cost = maxUserCost
	}
	most := len(text) * cost
	if most >= restartCost {
		most = utf8.RuneCountInString(text) * cost
	}
	if most >= restartCost {
		return doubt{}
	}
	return doubt{step: math.Nextafter32(float32(most), 2*restartCost) - float32(most)}
}

// weigh compares a word of so many units that ends with cell k with the word
// that was found to end there best. Either way of summing rounds once a word, by
// half a step at most; up to where the two paths meet the sums are the same.
func (p *path) weigh(k, units int, cost float32) {
	best := p.cells[k]
	if p.doubt.found || best.units == 0 || int(best.units) == units {
		return
	}
	words := 2
	for a, b := k-int(best.units), k-units; a != b; words++ {
		if a > b {
			a -= int(p.cells[a].units)
		} else {
			b -= int(p.cells[b].units)
		}
	}
	apart := best.cost - cost
	p.doubt.found = max(apart, -apart) <= float32(words)*p.doubt.step
}
