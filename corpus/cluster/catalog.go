package cluster

import (
	"cmp"
	"fmt"
	"slices"
)

// catalog numbers documents by (published, nulls last; doc_id), and knows the
// least document of each text.
type catalog struct {
	docs   []doc    // by number
	number []uint32 // by doc.place; nil once candidates are found
	same   []uint32 // by number: the least number with the same text
}

// newCatalog takes docs over.
func newCatalog(docs []doc) (*catalog, error) {
	c := &catalog{docs: docs, number: make([]uint32, len(docs))}
	for i := range docs {
		docs[i].place = uint32(i)
	}
	slices.SortFunc(docs, doc.compare)
	for n, d := range docs {
		c.number[d.place] = uint32(n)
	}
	byID := c.byID()
	for i, n := range byID {
		if i > 0 && docs[n].id == docs[byID[i-1]].id {
			return nil, fmt.Errorf("%w: %s came twice", ErrItem, docs[n].id)
		}
	}
	c.findSame()
	return c, nil
}

func (c *catalog) findSame() {
	byText := identity(len(c.docs))
	slices.SortFunc(byText, func(a, b uint32) int {
		return cmp.Or(c.docs[a].text.compare(c.docs[b].text), cmp.Compare(a, b))
	})
	c.same = identity(len(c.docs))
	for i, n := range byText {
		if i > 0 && c.docs[n].text == c.docs[byText[i-1]].text {
			c.same[n] = c.same[byText[i-1]]
		}
	}
}

// byID are all numbers, sorted by doc_id.
func (c *catalog) byID() []uint32 {
	numbers := identity(len(c.docs))
	c.sortByID(numbers)
	return numbers
}

func (c *catalog) sortByID(numbers []uint32) {
	slices.SortFunc(numbers, func(a, b uint32) int { return c.docs[a].id.compare(c.docs[b].id) })
}

func identity(n int) []uint32 {
	s := make([]uint32, n)
	for i := range s {
		s[i] = uint32(i)
	}
	return s
}
