package pipeline

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// Shown is all that the tables say of one article: the shape of `show -o
// json`. Offsets are code points.
type Shown struct {
	Document  table.Document   `json:"document"`
	Sightings []table.Sighting `json:"sightings"`
	Mentions  []table.Mention  `json:"mentions"` // by seq
	Edits     []table.Edit     `json:"edits"`    // by seq
	Cluster   *table.Cluster   `json:"cluster"`  // null until it is grouped
}

// Show reads one article. It fails with store.ErrNoDocument.
func (c *Corpus) Show(ctx context.Context, docID string) (s Shown, err error) {
	if s.Document, err = c.store.Document(ctx, docID); err != nil {
		return s, err
	}
	if s.Sightings, err = gather(store.Find[table.Sighting](ctx, c.store, table.Sightings, docID)); err != nil {
		return s, err
	}
	if s.Mentions, err = gather(store.Find[table.Mention](ctx, c.store, table.Mentions, docID)); err != nil {
		return s, err
	}
	slices.SortFunc(s.Mentions, func(a, b table.Mention) int { return cmp.Compare(a.Seq, b.Seq) })
	if s.Edits, err = gather(store.Find[table.Edit](ctx, c.store, table.Edits, docID)); err != nil {
		return s, err
	}
	slices.SortFunc(s.Edits, func(a, b table.Edit) int { return cmp.Compare(a.Seq, b.Seq) })
	s.Cluster, err = c.clusterOf(docID)
	return s, err
}

// gather reads few rows into a slice, which is never nil.
func gather[T any](rows iter.Seq2[T, error]) ([]T, error) {
	out := []T{}
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}
