package cli

import (
	"context"
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/index"
)

// corpusStats is the shape of `stats -o json`.
type corpusStats struct {
	Documents      int64 `json:"documents"`
	Duplicates     int64 `json:"duplicates"`
	Clusters       int64 `json:"clusters"`
	Mentions       int64 `json:"mentions"`
	Batches        int64 `json:"batches"`
	Quarantined    int64 `json:"quarantined"`
	IndexDocuments int64 `json:"index_documents"`
}

func (a *app) stats() *cobra.Command {
	var o output
	c := &cobra.Command{
		Use:   "stats -c DIR",
		Short: "Count what the corpus holds",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withCorpus(func(corpus *pipeline.Corpus) error {
				s, err := statsOf(c.Context(), corpus)
				if err != nil {
					return err
				}
				if o.format == asJSON {
					return writeJSON(a.Out, s)
				}
				return list(a.Out, o.format, statsColumns, []corpusStats{s})
			})
		},
	}
	a.corpusFlag(c)
	o.addFlag(a, c)
	return c
}

var statsColumns = []column[corpusStats]{
	{name: "documents", right: true, value: func(s corpusStats) string { return strconv.FormatInt(s.Documents, 10) }},
	{name: "duplicates", right: true, value: func(s corpusStats) string { return strconv.FormatInt(s.Duplicates, 10) }},
	{name: "clusters", right: true, value: func(s corpusStats) string { return strconv.FormatInt(s.Clusters, 10) }},
	{name: "mentions", right: true, value: func(s corpusStats) string { return strconv.FormatInt(s.Mentions, 10) }},
	{name: "batches", right: true, value: func(s corpusStats) string { return strconv.FormatInt(s.Batches, 10) }},
	{name: "quarantined", right: true, value: func(s corpusStats) string { return strconv.FormatInt(s.Quarantined, 10) }},
	{name: "index_documents", right: true, value: func(s corpusStats) string { return strconv.FormatInt(s.IndexDocuments, 10) }},
}

// statsOf counts a corpus.
func statsOf(ctx context.Context, c *pipeline.Corpus) (corpusStats, error) {
	counts, err := c.Store().Stats()
	if err != nil {
		return corpusStats{}, err
	}
	s := corpusStats{Documents: counts.Documents, Mentions: counts.Mentions, Batches: counts.Batches, Quarantined: counts.Quarantined}
	if s.Clusters, err = c.Clusters(); err != nil {
		return corpusStats{}, err
	}
	s.Duplicates = s.Documents - s.Clusters
	idx, err := c.Index()
	if errors.Is(err, index.ErrNoIndex) {
		return s, nil
	}
	if err != nil {
		return corpusStats{}, err
	}
	n, err := idx.Count(ctx)
	s.IndexDocuments = int64(n)
	return s, err
}
