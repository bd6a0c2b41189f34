package index

import (
	"slices"

	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// The library keeps a location for each occurrence of a term: six bytes, of which
// four are always zero here. Most terms stand once in a text. So where a term
// stands once its frequency says where, and it has no location; where it stands
// more often it has one location for all, of the first position and the gaps from
// each to the next. That halves the index. It also means that words are matched
// and ranked here ([wordMatcher], [phraseMatcher]): the library's own queries would
// take a position for a frequency.

// once is the frequency of a term that stands once, at position pos.
func once(pos int) int { return 2*pos + 1 }

// often is the frequency of a term that stands n times.
func often(n int) int { return 2 * n }

// occurrences is how often a term stands in a field.
func occurrences(frequency uint64) uint64 {
	if frequency%2 == 1 {
		return 1
	}
	return frequency / 2
}

// placeWords gives each entry the positions of its term. Terms are in the order
// of a text. It is a placer.
func placeWords(entries []bleveindex.TokenFreq, terms []term, of, counts []int) {
	sorted, at := grouped(terms, of, counts), 0
	var gaps []uint64
	for id, n := range counts {
		own := slices.Compact(sorted[at : at+n])
		at += n
		if len(own) == 1 {
			entries[id].SetFrequency(once(own[0]))
			continue
		}
		from := len(gaps)
		for i, p := range own[1:] {
			gaps = append(gaps, uint64(p-own[i]))
		}
		entries[id].SetFrequency(often(len(own)))
		entries[id].Locations = []*bleveindex.TokenLocation{{Position: own[0], ArrayPositions: gaps[from:len(gaps):len(gaps)]}}
	}
}

// grouped are the positions of the terms by id, ascending in each.
func grouped(terms []term, of, counts []int) []int {
	next := make([]int, len(counts))
	for id := 1; id < len(counts); id++ {
		next[id] = next[id-1] + counts[id-1]
	}
	out := make([]int, len(terms))
	for i, t := range terms {
		out[next[of[i]]] = t.pos
		next[of[i]]++
	}
	at := 0
	for _, n := range counts {
		if own := out[at : at+n]; !slices.IsSorted(own) {
			slices.Sort(own)
		}
		at += n
	}
	return out
}

// appendPositions appends the positions of a term in a document, ascending. They
// must have been asked for.
func appendPositions(dst []int, p segment.Posting) []int {
	if n := p.Frequency(); n%2 == 1 {
		return append(dst, int(n/2))
	}
	for _, l := range p.Locations() {
		at := int(l.Pos())
		dst = append(dst, at)
		for _, gap := range l.ArrayPositions() {
			at += int(gap)
			dst = append(dst, at)
		}
	}
	return dst
}
