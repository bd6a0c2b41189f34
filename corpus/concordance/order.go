package concordance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"jianbao/corpus"
	"jianbao/corpus/words"
)

// Order is what lines are sorted by, the first key first. The empty order is
// that in which they are found.
type Order []string

// The keys of an order. L1 is the word to the left of the hit, L2 the one
// before it; R1 the word to the right.
const (
	L1, L2, L3 = "l1", "l2", "l3"
	R1, R2, R3 = "r1", "r2", "r3"
	ByHit      = "hit"
	ByDate     = "date"
	BySource   = "source"
	found      = "doc" // alone: the empty order
)

// Keys are the names that [ParseOrder] knows.
func Keys() []string { return []string{found, ByDate, BySource, ByHit, L1, L2, L3, R1, R2, R3} }

// ParseOrder reads keys with commas between them; doc, alone, and the empty
// string are the empty order.
func ParseOrder(s string) (Order, error) {
	if s == "" || s == found {
		return nil, nil
	}
	order := Order(strings.Split(s, ","))
	for i, key := range order {
		if key == found || !slices.Contains(Keys(), key) {
			return nil, fmt.Errorf("unknown order %q (doc, or of %s with commas between them)", s, strings.Join(Keys()[1:], ", "))
		}
		if slices.Contains(order[:i], key) {
			return nil, fmt.Errorf("order %q has %s twice", s, key)
		}
	}
	return order, nil
}

// last comes after every text.
const last = "\U0010FFFF"

// keys are the texts by which a line is sorted, one for each key of o. Words
// are folded, so that both scripts sort as one; where the piece of the text has
// none the key is empty and comes first. An unknown day or source comes last.
func (o Order) keys(t *Text, span corpus.Span, l *Line) []string {
	if len(o) == 0 {
		return nil
	}
	left, right := nearest(t, span, before(t, span.Start)), nearest(t, span, after(t, span.End))
	keys := make([]string, len(o))
	for i, key := range o {
		switch key {
		case ByDate:
			keys[i] = cmp.Or(l.Published, last)
		case BySource:
			keys[i] = cmp.Or(l.Source, last)
		case ByHit:
			keys[i] = words.Normal(strings.Clone(span.Of(t.Folded)))
		case L1, L2, L3:
			keys[i] = left[key[1]-'1']
		case R1, R2, R3:
			keys[i] = right[key[1]-'1']
		}
	}
	return keys
}

// nearest is up to three words in the piece of the hit, each in memory of its own.
func nearest(t *Text, hit corpus.Span, near func(func(int, corpus.Token) bool)) (out [3]string) {
	for n, token := range near {
		way := t.Folded[min(hit.End, token.End):max(hit.Start, token.Start)]
		if n == len(out) || strings.Contains(way, FullStop) || strings.Contains(way, "\n") {
			break
		}
		out[n] = words.Normal(strings.Clone(t.Folded[token.Start:token.End]))
	}
	return out
}

// compare orders lines by their keys, then by day, article and place.
func compare(a, b *Line) int {
	return cmp.Or(
		slices.Compare(a.keys, b.keys),
		cmp.Compare(cmp.Or(a.Published, last), cmp.Or(b.Published, last)),
		cmp.Compare(a.DocID, b.DocID),
		cmp.Compare(a.Start, b.Start),
	)
}
