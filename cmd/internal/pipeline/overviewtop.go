package pipeline

import (
	"context"
	"fmt"
	"slices"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// Position is where a count stands in any order.
type Position struct {
	DocID     string       `json:"d"`
	Seq       int32        `json:"s"`
	Category  string       `json:"c"`
	Published *corpus.Date `json:"p,omitempty"`
	Value     *int64       `json:"v,omitempty"` // or what is nearest to one
	AsOf      *corpus.Date `json:"a,omitempty"`
	Place     string       `json:"n,omitempty"`
	Adcode    string       `json:"g,omitempty"`
}

// PositionOf is where m stands.
func PositionOf(m *table.Mention) Position {
	return Position{
		DocID: m.DocID, Seq: m.Seq, Category: m.Category, Published: m.Published,
		Value: valueOf(m), AsOf: m.AsOf, Place: m.Place, Adcode: m.Adcode,
	}
}

func (p *Position) mention() *table.Mention {
	return &table.Mention{
		DocID: p.DocID, Seq: p.Seq, Category: p.Category, Published: p.Published,
		Value: p.Value, AsOf: p.AsOf, Place: p.Place, Adcode: p.Adcode,
	}
}

// topMentions keeps the first counts of an order.
type topMentions struct {
	order MentionOrder
	after *table.Mention // those up to it are passed over
	limit int
	kept  []table.Mention // the first limit are sorted once there were more
	full  bool
}

func newTopMentions(order MentionOrder, after *Position, limit int) topMentions {
	t := topMentions{order: order, limit: limit}
	if after != nil {
		t.after = after.mention()
	}
	return t
}

// add takes a count in any order. In memory stand twice as many as are wanted.
func (t *topMentions) add(m *table.Mention) {
	if t.after != nil && t.order.compare(m, t.after) <= 0 || t.full && t.order.compare(m, &t.kept[t.limit-1]) >= 0 {
		return
	}
	if t.kept = append(t.kept, *m); len(t.kept) > 2*t.limit {
		t.prune()
	}
}

func (t *topMentions) prune() {
	slices.SortFunc(t.kept, func(a, b table.Mention) int { return t.order.compare(&a, &b) })
	t.full = len(t.kept) >= t.limit
	t.kept = t.kept[:min(len(t.kept), t.limit)]
}

// from are the counts that are kept, without the first n.
func (t *topMentions) from(n int) []table.Mention {
	t.prune()
	return t.kept[min(n, len(t.kept)):]
}

// readMentions reads the rows of counts, in the order in which they are given.
func (c *Corpus) readMentions(ctx context.Context, wanted []table.Mention) ([]table.Mention, error) {
	type key struct {
		docID string
		seq   int32
	}
	at, ids := map[key]int{}, []string{}
	for i, m := range wanted {
		at[key{m.DocID, m.Seq}] = i
		ids = append(ids, m.DocID)
	}
	out, found := make([]table.Mention, len(wanted)), 0
	for row, err := range store.Find[table.Mention](ctx, c.store, table.Mentions, ids...) {
		if err != nil {
			return nil, err
		}
		if i, ok := at[key{row.DocID, row.Seq}]; ok {
			out[i] = row
			found++
		}
	}
	if found != len(wanted) {
		return nil, fmt.Errorf("read counts: %d of %d found", found, len(wanted))
	}
	return out, nil
}
