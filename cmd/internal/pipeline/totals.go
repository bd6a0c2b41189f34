package pipeline

import (
	"context"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/extract"
)

// Total is what an article says of one category.
type Total struct {
	Sum      corpus.Int64 // as extract.Total has it
	Mentions int          // those that are left out included
}

// ArticleTotals is one article with its totals by category.
type ArticleTotals struct {
	DocID, URI, Title, Script, Published string
	Cluster                              string // of reprints; the doc_id of its first
	Totals                               map[string]Total
}

// Totals yields the totals of every article, in the order of the tables.
func (c *Corpus) Totals(ctx context.Context) ([]ArticleTotals, error) {
	type row struct {
		DocID    string `parquet:"doc_id"`
		Category string `parquet:"category"`
		Value    *int64 `parquet:"value"`
		Counted  bool   `parquet:"counted"`
	}
	mentions, err := collect(store.Rows[row](ctx, c.store, table.Mentions), func(all map[string][]corpus.Mention, r row) {
		m := corpus.Mention{Category: r.Category, Counted: r.Counted, Count: corpus.Count{Value: known(r.Value)}}
		all[r.DocID] = append(all[r.DocID], m)
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
			Cluster: clusters[d.DocID].ClusterID, Totals: totalsOf(mentions[d.DocID]),
		})
	}
	return out, nil
}

func totalsOf(mentions []corpus.Mention) map[string]Total {
	all := map[string]Total{}
	for _, t := range extract.Totals(mentions) {
		all[t.Category] = Total{Sum: t.Value, Mentions: len(t.Counted) + len(t.Excluded)}
	}
	return all
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
