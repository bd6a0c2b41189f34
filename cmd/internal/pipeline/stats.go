package pipeline

import (
	"context"
	"errors"

	"jianbao/index"
)

// Stats are the counts of a corpus: the shape of `stats -o json`.
type Stats struct {
	Documents      int64 `json:"documents"`
	Duplicates     int64 `json:"duplicates"`
	Clusters       int64 `json:"clusters"`
	Mentions       int64 `json:"mentions"`
	Batches        int64 `json:"batches"`
	Quarantined    int64 `json:"quarantined"`
	IndexDocuments int64 `json:"index_documents"`
}

// Stats counts a corpus.
func (c *Corpus) Stats(ctx context.Context) (Stats, error) {
	counts, err := c.store.Stats()
	if err != nil {
		return Stats{}, err
	}
	s := Stats{Documents: counts.Documents, Mentions: counts.Mentions, Batches: counts.Batches, Quarantined: counts.Quarantined}
	if s.Clusters, err = c.Clusters(); err != nil {
		return Stats{}, err
	}
	s.Duplicates = s.Documents - s.Clusters
	idx, err := c.Index()
	if errors.Is(err, index.ErrNoIndex) {
		return s, nil
	}
	if err != nil {
		return Stats{}, err
	}
	n, err := idx.Count(ctx)
	s.IndexDocuments = int64(n)
	return s, err
}
