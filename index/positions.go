package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// partPostings are the postings of the words of a part.
type partPostings struct {
	slots  []slotPostings
	length int
}

// slotPostings are the postings of one word.
type slotPostings struct {
	postings
	pos int
	not []postings // of words that may not stand at the same place
}

// partPlaces finds where a part stands in one document after the other: its
// places are of the document that was looked for last.
type partPlaces struct {
	places
	slots []slotPlaces
}

// slotPlaces finds where a word stands.
type slotPlaces struct {
	pos   int
	word  *cursor
	not   []*cursor
	found []int
	other []int // where what may not stand there stands
}

// open reads positions in documents of a segment.
func (p partPostings) open(s segmentView, within *roaring.Bitmap) *partPlaces {
	out := &partPlaces{places: places{length: p.length}, slots: make([]slotPlaces, len(p.slots))}
	for i, w := range p.slots {
		out.slots[i] = slotPlaces{pos: w.pos, word: newCursor(w.lists[s.n], within, true)}
		for _, n := range w.not {
			out.slots[i].not = append(out.slots[i].not, newCursor(n.lists[s.n], within, true))
		}
	}
	return out
}

// find looks for the part in a document, which is behind the last one.
func (p *partPlaces) find(doc uint32) error {
	p.starts = p.starts[:0]
	for i := range p.slots {
		s := &p.slots[i]
		if err := s.find(uint64(doc)); err != nil {
			return err
		}
		if i == 0 {
			p.starts = append(p.starts, s.found...)
			continue
		}
		if p.starts = s.follow(p.starts); len(p.starts) == 0 {
			return nil
		}
	}
	return nil
}

// norm is what is kept of the length of the text in which the part was found.
func (p *partPlaces) norm() float64 { return p.slots[0].word.at.Norm() }

// follow keeps those starts of a part at which the word stands in its place.
// Both are ascending.
func (s *slotPlaces) follow(starts []int) []int {
	kept, at := starts[:0], 0
	for _, start := range starts {
		for at < len(s.found) && s.found[at] < start+s.pos {
			at++
		}
		if at < len(s.found) && s.found[at] == start+s.pos {
			kept = append(kept, start)
		}
	}
	return kept
}

func (s *slotPlaces) find(doc uint64) (err error) {
	if s.found, err = s.word.positions(s.found[:0], doc); err != nil {
		return err
	}
	for _, n := range s.not {
		if s.other, err = n.positions(s.other[:0], doc); err != nil {
			return err
		}
		s.found = slices.DeleteFunc(s.found, func(at int) bool {
			_, ok := slices.BinarySearch(s.other, at)
			return ok
		})
	}
	return nil
}

// positions appends where the term stands in a document.
func (c *cursor) positions(dst []int, doc uint64) ([]int, error) {
	p, err := c.seek(doc)
	if err != nil || p == nil {
		return dst, err
	}
	return appendPositions(dst, p), nil
}
