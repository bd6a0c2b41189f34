package cluster

import "iter"

// Stats are what a grouping counted.
type Stats struct {
	Documents  int
	Clusters   int
	Exact      int   // documents of kind [Exact]
	Near       int   // documents of kind [Near]
	Fetched    int   // bodies that were asked for
	Compared   int64 // pairs of bodies that were compared, known ones left out
	Candidates int64 // pairs of texts that share a band
}

// Result is a grouping. It is read-only and may be used from any goroutine.
type Result struct {
	Stats Stats
	// Pairs is for [Options].Known of the next grouping.
	Pairs *Pairs

	catalog    *catalog
	lead       []uint32 // by number, of documents
	similarity []float64
	size       []uint32 // by number, of leaders
	order      []uint32 // numbers by doc_id
}

func newResult(s *settler, fetched int) *Result {
	c := s.catalog
	r := &Result{
		Pairs: newPairs(s.used), catalog: c, lead: s.lead, similarity: s.similarity,
		size: make([]uint32, len(c.docs)), order: c.byID(),
	}
	r.Stats = Stats{Documents: len(c.docs), Fetched: fetched, Compared: s.compared, Candidates: s.found}
	for n := range r.lead {
		same := c.same[n]
		r.lead[n], r.similarity[n] = r.lead[same], r.similarity[same]
		r.size[r.lead[n]]++
		switch r.kind(uint32(n)) {
		case Exact:
			r.Stats.Exact++
		case Near:
			r.Stats.Near++
		default:
			r.Stats.Clusters++
		}
	}
	return r
}

// kind needs the sizes for Single alone.
func (r *Result) kind(n uint32) Kind {
	switch leader := r.lead[n]; {
	case leader == n && r.size[n] == 1:
		return Single
	case leader == n:
		return Leader
	case r.catalog.same[n] == leader:
		return Exact
	}
	return Near
}

// Rows yields a row for each document, sorted by doc_id.
func (r *Result) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for _, n := range r.order {
			if !yield(r.row(n)) {
				return
			}
		}
	}
}

func (r *Result) row(n uint32) Row {
	leader := r.lead[n]
	row := Row{
		DocID:      r.catalog.docs[n].id.String(),
		ClusterID:  r.catalog.docs[leader].id.String(),
		Size:       int(r.size[leader]),
		Similarity: 1,
		Kind:       r.kind(n),
	}
	if row.Kind == Near {
		row.Similarity = r.similarity[n]
	}
	return row
}
