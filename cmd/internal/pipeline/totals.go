package pipeline

import (
	"context"

	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// Total is what an article says of one category: the sum of the mentions that
// count, and how many mentions there are in all.
type Total struct {
	Sum      int64 // of the counted mentions with a value
	Counted  int   // mentions in Sum
	Mentions int
}

// ArticleTotals is one article with its totals by category.
type ArticleTotals struct {
	DocID, URI, Title, Script, Published string
	Cluster                              string // of reprints; the doc_id of its first
	Totals                               map[string]Total
}

// Totals yields the totals of every article, in the order of the tables.
func (c *Corpus) Totals(ctx context.Context) ([]ArticleTotals, error) {
	type mention struct {
		DocID    string `parquet:"doc_id"`
		Category string `parquet:"category"`
		Value    *int64 `parquet:"value"`
		Counted  bool   `parquet:"counted"`
	}
	totals, err := collect(store.Rows[mention](ctx, c.store, table.Mentions), func(all map[string]map[string]Total, m mention) {
		if all[m.DocID] == nil {
			all[m.DocID] = map[string]Total{}
		}
		t := all[m.DocID][m.Category]
		t.Mentions++
		if m.Counted && m.Value != nil {
			t.Sum += *m.Value
			t.Counted++
		}
		all[m.DocID][m.Category] = t
	})
	if err != nil {
		return nil, err
	}
	uris, err := urisOf(store.Rows[seen](ctx, c.store, table.Sightings))
	if err != nil {
		return nil, err
	}
	clusters, err := c.clusters()
	if err != nil {
		return nil, err
	}
	var out []ArticleTotals
	for d, err := range c.store.Documents(ctx) {
		if err != nil {
			return nil, err
		}
		out = append(out, ArticleTotals{
			DocID: d.DocID, URI: uris[d.DocID], Title: d.Title, Script: d.Script, Published: d.Moment().String(),
			Cluster: clusters[d.DocID].ClusterID, Totals: totals[d.DocID],
		})
	}
	return out, nil
}

// Clusters is how many articles there are when reprints count once. One that is
// not grouped yet counts.
func (c *Corpus) Clusters() (int64, error) {
	all, err := c.clusters()
	n := c.store.Manifest().Counts.Documents - int64(len(all))
	for id, x := range all {
		if x.ClusterID == id {
			n++
		}
	}
	return n, err
}
