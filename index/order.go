package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"jianbao/index/query"
)

// Order is how hits are sorted. What two hits have in common is decided by the
// day of publication, the newest first, and then by their ids. Hits without a
// date, source or value come last.
type Order struct {
	By       string // one of the constants; empty is ByRelevance
	Category string // of ByValue
	Reverse  bool
}

// What hits can be sorted by.
const (
	ByRelevance = "relevance" // the best first
	ByDate      = "date"      // the oldest first
	BySource    = "source"
	ByValue     = "value" // the greatest counted value of a category first
)

// ParseOrder reads relevance, date, source or value:CATEGORY, with a minus
// before it for the other way round. Categories are the ids that are known.
func ParseOrder(s string, categories []string) (Order, error) {
	var o Order
	var of bool
	s, o.Reverse = strings.CutPrefix(s, "-")
	o.By, o.Category, of = strings.Cut(s, ":")
	switch {
	case o.By == "":
		o.By = ByRelevance
	case o.By == ByValue && of && slices.Contains(categories, o.Category):
		return o, nil
	case o.By == ByValue:
		return o, fmt.Errorf("sort by value: of which category? one of %s", strings.Join(categories, ", "))
	}
	if of || !slices.Contains([]string{ByRelevance, ByDate, BySource}, o.By) {
		return o, fmt.Errorf("cannot sort by %q: relevance, date, source or value:CATEGORY", s)
	}
	return o, nil
}

// String is what ParseOrder reads.
func (o Order) String() string {
	s := cmp.Or(o.By, ByRelevance)
	if o.By == ByValue {
		s += ":" + o.Category
	}
	if o.Reverse {
		return "-" + s
	}
	return s
}

// ranked is a document that matches, with what it is sorted by: the less the
// earlier.
type ranked struct {
	doc   uint32
	day   int32 // the later the less; 0 until it is asked for
	key   float64
	score float64
}

func (a ranked) compare(b ranked) int {
	if a.key != b.key {
		return cmp.Compare(a.key, b.key)
	}
	return cmp.Compare(a.day, b.day)
}

// last is the key of what has no value.
const last = 1e300

// rank gives the documents of a search their keys. As long as there is no column
// of days these are left to best, which needs few of them or none; with one it
// is faster to give all of them.
func (r *Reader) rank(ctx context.Context, v *view, o Order, found []ranked) error {
	col := &column{}
	var err error
	switch o.By {
	case ByDate:
		col, err = r.column(ctx, v, query.Published)
	case BySource:
		col, err = r.column(ctx, v, sourceField)
	case ByValue:
		col, err = r.valueColumn(ctx, v, o.Category)
	}
	if err != nil {
		return err
	}
	sign := 1.0
	if o.Reverse != (o.By == ByValue) {
		sign = -1
	}
	for n := range found {
		f := &found[n]
		switch v := col.at(f.doc); {
		case o.By == ByRelevance || o.By == "":
			f.key = -sign * f.score
		case v == none:
			f.key = last
		default:
			f.key = sign * float64(v)
		}
	}
	if r.columns.has(query.Published) {
		return r.setDays(ctx, v, found)
	}
	return nil
}

// ties says of documents with one key which comes first.
type ties struct {
	days func(found []ranked) error       // sets their days; called only when there is a tie
	id   func(doc uint32) (string, error) // of documents of one key and one day
}

// best are the hits from to to in their order, without sorting the others.
func best(found []ranked, from, to int, t ties) ([]ranked, error) {
	to = min(to, len(found))
	if from >= to {
		return nil, nil
	}
	found = upTo(found, to)
	slices.SortFunc(found, ranked.compare)
	if tied(found) {
		if err := t.days(found); err != nil {
			return nil, err
		}
		found = upTo(found, to)
		slices.SortFunc(found, ranked.compare)
	}
	if err := t.byID(found, from, to); err != nil {
		return nil, err
	}
	return found[from:to], nil
}

// tied reports whether two of sorted hits have one key.
func tied(found []ranked) bool {
	for n := 1; n < len(found); n++ {
		if found[n-1].compare(found[n]) == 0 {
			return true
		}
	}
	return false
}

// byID puts those of sorted hits that are equal, and some of which are from
// from to to, in the order of their ids.
func (t ties) byID(found []ranked, from, to int) error {
	for start := 0; start < len(found); {
		end := start + 1
		for end < len(found) && found[start].compare(found[end]) == 0 {
			end++
		}
		if end-start > 1 && start < to && end > from {
			ids := make(map[uint32]string, end-start)
			for _, f := range found[start:end] {
				var err error
				if ids[f.doc], err = t.id(f.doc); err != nil {
					return err
				}
			}
			slices.SortFunc(found[start:end], func(a, b ranked) int { return cmp.Compare(ids[a.doc], ids[b.doc]) })
		}
		start = end
	}
	return nil
}

// upTo are the first n of found and what is equal to the last of them, in no
// order.
func upTo(found []ranked, n int) []ranked {
	if n >= len(found) || n > len(found)/4 {
		return found
	}
	worst := make([]ranked, 0, n) // a heap of the best so far, the worst on top
	for _, f := range found {
		switch {
		case len(worst) < n:
			worst = append(worst, f)
			for i := len(worst) - 1; i > 0 && worst[(i-1)/2].compare(worst[i]) < 0; i = (i - 1) / 2 {
				worst[i], worst[(i-1)/2] = worst[(i-1)/2], worst[i]
			}
		case f.compare(worst[0]) < 0:
			worst[0] = f
			sink(worst)
		}
	}
	limit := worst[0]
	return slices.DeleteFunc(found, func(f ranked) bool { return f.compare(limit) > 0 })
}

// sink moves the top of a heap down to its place.
func sink(heap []ranked) {
	for i := 0; ; {
		child := 2*i + 1
		if child >= len(heap) {
			return
		}
		if child+1 < len(heap) && heap[child].compare(heap[child+1]) < 0 {
			child++
		}
		if heap[i].compare(heap[child]) >= 0 {
			return
		}
		heap[i], heap[child] = heap[child], heap[i]
		i = child
	}
}
