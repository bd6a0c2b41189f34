package pipeline

import (
	"bytes"
	"slices"
)

// draw leaves at most n articles of those that wanted would choose, and says how
// many there were; n of 0 leaves all. Which ones is chance, but always the same: a
// doc_id is a hash, so that the least of them are as good as drawn.
func (s *selection) draw(n int, reprints bool) (found int) {
	var ids []articleID
	for id, a := range s.articles {
		if reprints || a.representative {
			ids = append(ids, id)
		}
	}
	if n <= 0 || len(ids) <= n {
		return len(ids)
	}
	slices.SortFunc(ids, func(a, b articleID) int { return bytes.Compare(a[:], b[:]) })
	for _, id := range ids[n:] {
		delete(s.articles, id)
	}
	s.order = slices.DeleteFunc(s.order, func(id articleID) bool { return s.articles[id] == nil })
	return len(ids)
}

// beyond is how many articles were found when not all of them are counted, else 0.
func beyond(found int, counted int64) int64 {
	if int64(found) == counted {
		return 0
	}
	return int64(found)
}
