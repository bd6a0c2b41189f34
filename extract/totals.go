package extract

import (
	"math"

	"jianbao/corpus"
)

// Total is what a document says of one category without counting anything
// twice: the sum over the mentions that count.
type Total struct {
	Category string
	// Value is the sum of the values of the counted mentions that have one;
	// unknown when none has (数百名, X名).
	Value corpus.Int64
	// Lo is the least that the counted mentions can add up to: a mention
	// without a lower bound (约30名, X名) adds nothing, since no count is
	// negative. Unknown when none has a lower bound.
	Lo corpus.Int64
	// Hi is the most that they can add up to; unknown as soon as one of them
	// has no upper bound, and without counted mentions.
	Hi       corpus.Int64
	Counted  []int // the mentions summed, by their index, in order
	Excluded []Excluded
}

// Excluded is a mention that stays out of its total.
type Excluded struct {
	Mention int // its index
	By      string
}

// Totals adds up the mentions of one document by category, in the order in
// which the categories are first mentioned. A mention whose value is not known
// (3至5, 数百, X) adds to the bounds only, so that the value can lie below Lo.
// A sum that does not fit an int64 is unknown.
func Totals(mentions []corpus.Mention) []Total {
	var all []Total
	index := map[string]int{}
	for i := range mentions {
		m := &mentions[i]
		at, ok := index[m.Category]
		if !ok {
			at = len(all)
			index[m.Category] = at
			all = append(all, Total{Category: m.Category})
		}
		t := &all[at]
		if m.Counted {
			t.Counted = append(t.Counted, i)
		} else {
			t.Excluded = append(t.Excluded, Excluded{i, m.ExcludedBy})
		}
	}
	for i := range all {
		all[i].sum(mentions)
	}
	return all
}

// sum adds up the counted mentions.
func (t *Total) sum(mentions []corpus.Mention) {
	var s Sum
	for _, i := range t.Counted {
		s.Add(mentions[i].Count)
	}
	t.Value, t.Lo, t.Hi = s.Value(), s.Lo(), s.Hi()
}

// Sum adds up counts by the rules of [Total], in any order. The zero Sum is of
// none.
type Sum struct {
	value, lo, hi adder
	counts        int
	unbounded     bool // one has no upper bound
}

// Add adds a count.
func (s *Sum) Add(c corpus.Count) {
	s.value.add(c.Value)
	s.lo.add(c.Lo)
	s.hi.add(c.Hi)
	s.counts++
	s.unbounded = s.unbounded || !c.Hi.Valid
}

// Merge adds the counts of another sum.
func (s *Sum) Merge(o Sum) {
	s.value.merge(o.value)
	s.lo.merge(o.lo)
	s.hi.merge(o.hi)
	s.counts += o.counts
	s.unbounded = s.unbounded || o.unbounded
}

// Value is the sum of the values, as Total.Value.
func (s *Sum) Value() corpus.Int64 { return s.value.total() }

// Lo is the least that the counts can add up to, as Total.Lo.
func (s *Sum) Lo() corpus.Int64 { return s.lo.total() }

// Hi is the most that they can add up to, as Total.Hi.
func (s *Sum) Hi() corpus.Int64 {
	if s.unbounded || s.counts == 0 {
		return corpus.Int64{}
	}
	return s.hi.total()
}

// adder adds up known numbers that are not negative.
type adder struct {
	corpus.Int64
	overflow bool
}

func (a *adder) add(n corpus.Int64) {
	if !n.Valid {
		return
	}
	if n.N > math.MaxInt64-a.N {
		a.overflow = true
		return
	}
	a.Int64 = corpus.Some(a.N + n.N)
}

func (a *adder) merge(o adder) {
	a.overflow = a.overflow || o.overflow
	a.add(o.Int64)
}

func (a *adder) total() corpus.Int64 {
	if a.overflow {
		return corpus.Int64{}
	}
	return a.Int64
}
