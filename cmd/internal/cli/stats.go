package cli

import (
	"strconv"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
)

func (a *app) stats() *cobra.Command {
	var o output
	c := &cobra.Command{
		Use:   "stats -c DIR",
		Short: "Count what the corpus holds",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withCorpus(func(corpus *pipeline.Corpus) error {
				s, err := corpus.Stats(c.Context())
				if err != nil {
					return err
				}
				if o.format == asJSON {
					return writeJSON(a.Out, s)
				}
				return list(a.Out, o.format, statsColumns, []pipeline.Stats{s})
			})
		},
	}
	a.corpusFlag(c)
	o.addFlag(a, c)
	return c
}

var statsColumns = []column[pipeline.Stats]{
	{name: "documents", right: true, value: func(s pipeline.Stats) string { return strconv.FormatInt(s.Documents, 10) }},
	{name: "duplicates", right: true, value: func(s pipeline.Stats) string { return strconv.FormatInt(s.Duplicates, 10) }},
	{name: "clusters", right: true, value: func(s pipeline.Stats) string { return strconv.FormatInt(s.Clusters, 10) }},
	{name: "mentions", right: true, value: func(s pipeline.Stats) string { return strconv.FormatInt(s.Mentions, 10) }},
	{name: "batches", right: true, value: func(s pipeline.Stats) string { return strconv.FormatInt(s.Batches, 10) }},
	{name: "quarantined", right: true, value: func(s pipeline.Stats) string { return strconv.FormatInt(s.Quarantined, 10) }},
	{name: "index_documents", right: true, value: func(s pipeline.Stats) string { return strconv.FormatInt(s.IndexDocuments, 10) }},
}
