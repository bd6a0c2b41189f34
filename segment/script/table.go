package script

import "strings"

// entry is what the tables say of a rune. Zero: the rune folds to itself,
// begins no phrase and is written in both scripts, or in neither.
//
//	bits 0-20   the rune that it folds to, 0 for itself;
//	            with startBit an index into starts instead
//	bits 21-23  startBit, hantBit, hansBit
type entry uint32

const (
	targetMask entry = 1<<21 - 1
	startBit   entry = 1 << 21 // begins a phrase
	hantBit    entry = 1 << 22 // exists in traditional text only
	hansBit    entry = 1 << 23 // exists in simplified text only
)

// start is the group of phrases that begin with one rune.
type start struct {
	alone       rune // what the rune folds to where no phrase holds, 0 for itself
	first, last int  // phrases[first:last], longest first
}

// phrase has as many runes in to as in from.
type phrase struct{ from, to string }

func lookup(r rune) entry {
	page := uint32(r) >> 6
	if page >= uint32(len(pageOf)) {
		return 0
	}
	return pages[uint32(pageOf[page])<<6|uint32(r)&63]
}

// match is the longest phrase of the group that s begins with.
func (g start) match(s string) (phrase, bool) {
	for _, p := range phrases[g.first:g.last] {
		if strings.HasPrefix(s, p.from) {
			return p, true
		}
	}
	return phrase{}, false
}
