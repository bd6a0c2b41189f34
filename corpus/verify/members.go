package verify

import "iter"

// members is which documents were met.
type members struct {
	docs *catalog
	met  []bool // by number
}

func (c *Checker) members() *members {
	return &members{docs: c.docs, met: make([]bool, len(c.docs.ids))}
}

// mark meets a document: whether it was met before, and whether there is one.
func (m *members) mark(docID string) (before, known bool) {
	n, ok := m.docs.find(docID)
	if !ok {
		return false, false
	}
	before, m.met[n] = m.met[n], true
	return before, true
}

// missing yields the numbers of documents that were not met.
func (m *members) missing() iter.Seq[int] {
	return func(yield func(int) bool) {
		for n, met := range m.met {
			if !met && !yield(n) {
				return
			}
		}
	}
}
