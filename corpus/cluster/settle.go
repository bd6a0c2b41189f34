package cluster

import (
	"context"
	"slices"
)

// settler finds the leader of each text.
type settler struct {
	catalog    *catalog
	candidates *candidates
	threshold  float64
	known      *Pairs

	lead       []uint32  // by number, of texts
	similarity []float64 // to the leader, by number
	open       []bool    // by number: texts whose leader turns on pairs not known
	wanted     []bool    // by number: texts whose bodies are needed for that

	used     []verified // the pairs that were gone by, up to the limit
	limit    int
	compared int64 // pairs not known
	found    int64 // candidates
	leaders  []uint32
}

func newSettler(c *candidates, opts Options) *settler {
	n := len(c.catalog.docs)
	return &settler{
		catalog: c.catalog, candidates: c, threshold: opts.Threshold, known: opts.Known, limit: opts.MaxPairs,
		lead: identity(n), similarity: make([]float64, n), open: make([]bool, n), wanted: make([]bool, n),
	}
}

// byKnown settles what the known pairs settle, and marks the rest as open. A text
// with an open candidate is open too: its leaders are not known yet. Those that it
// may have to be compared with are the open candidates themselves, their possible
// leaders, which are marked already, and the leaders of the settled ones.
func (s *settler) byKnown(ctx context.Context) error {
	for t, err := range cancellable(ctx, s.candidates.each()) {
		if err != nil {
			return err
		}
		s.found += int64(len(t.earlier))
		if s.isOpen(t) {
			s.markOpen(t)
			continue
		}
		if err := s.choose(t.number, s.leadersOf(t), s.lookUp); err != nil {
			return err
		}
	}
	return nil
}

func (s *settler) isOpen(t text) bool {
	for _, early := range t.earlier {
		if s.open[early] {
			return true
		}
		if _, ok := s.known.find(s.key(t.number, s.lead[early])); !ok {
			return true
		}
	}
	return false
}

func (s *settler) markOpen(t text) {
	s.open[t.number], s.wanted[t.number] = true, true
	for _, early := range t.earlier {
		if !s.open[early] {
			s.wanted[s.lead[early]] = true
		}
	}
}

// byTexts settles the open texts.
func (s *settler) byTexts(ctx context.Context, bodies *spool) error {
	compare := func(a, b uint32) (float64, error) { return s.verify(bodies, a, b) }
	for t, err := range cancellable(ctx, s.candidates.each()) {
		if err != nil {
			return err
		}
		if !s.open[t.number] {
			continue
		}
		if err := s.choose(t.number, s.leadersOf(t), compare); err != nil {
			return err
		}
	}
	return nil
}

// leadersOf are the leaders of t's candidates, each once, in ascending order.
func (s *settler) leadersOf(t text) []uint32 {
	s.leaders = s.leaders[:0]
	for _, early := range t.earlier {
		s.leaders = append(s.leaders, s.lead[early])
	}
	slices.Sort(s.leaders)
	s.leaders = slices.Compact(s.leaders)
	return s.leaders
}

// choose gives a text the most similar of the leaders that reaches the threshold,
// the earliest of equals.
func (s *settler) choose(number uint32, leaders []uint32, similarity func(a, b uint32) (float64, error)) error {
	best := s.threshold
	for _, leader := range leaders {
		by, err := similarity(number, leader)
		if err != nil {
			return err
		}
		s.remember(number, leader, by)
		if by > best || by == best && s.lead[number] == number {
			best, s.lead[number], s.similarity[number] = by, leader, by
		}
	}
	return nil
}

func (s *settler) remember(a, b uint32, similarity float64) {
	if len(s.used) < s.limit {
		s.used = append(s.used, verified{s.key(a, b), similarity})
	}
}

func (s *settler) key(a, b uint32) id { return keyOf(s.catalog.docs[a].text, s.catalog.docs[b].text) }

func (s *settler) lookUp(a, b uint32) (float64, error) {
	by, _ := s.known.find(s.key(a, b))
	return by, nil
}

func (s *settler) verify(bodies *spool, a, b uint32) (float64, error) {
	if by, ok := s.known.find(s.key(a, b)); ok {
		return by, nil
	}
	left, err := bodies.content(a)
	if err != nil {
		return 0, err
	}
	right, err := bodies.content(b)
	if err != nil {
		return 0, err
	}
	s.compared++
	return left.similarity(right), nil
}

// wantedTexts are the numbers of the texts whose bodies are needed.
func (s *settler) wantedTexts() []uint32 {
	var numbers []uint32
	for n, wanted := range s.wanted {
		if wanted {
			numbers = append(numbers, uint32(n))
		}
	}
	return numbers
}
