package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/release"
)

type exportOptions struct {
	output
	pipeline.ExportOptions
	since, until string
}

func (a *app) export() *cobra.Command {
	var o exportOptions
	c := &cobra.Command{
		Use:   "export -c DIR RELEASE",
		Short: "Write a release: Parquet tables by year with a dataset card, whole or of a query",
		Long: `Writes the corpus, or all that a query finds, as a directory for others: Parquet tables parted by the year of
publication, a table of sums by place, month and category, a dataset card (README.md), croissant.json, export.json, which
says what was exported, and SHA256SUMS. The directory must not exist or be empty; when the export fails there is none.
With --since or --until, articles of unknown date are left out.

Reprints are not folded: every article that the query finds is exported, each of them a row. The columns cluster_id,
cluster_size and representative of the table documents say which are reprints of one another; the sums count them once.`,
		Example: "  jianbao export -c corpus/ release/\n  jianbao export -c corpus/ --query '临时党支部 -演练' --since 2020-01-01 --tables documents,mentions --csv release/",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := o.parse(); err != nil {
				return usageError{err}
			}
			return a.withCorpus(func(corpus *pipeline.Corpus) error { return a.runExport(c.Context(), corpus, o, args[0]) })
		},
	}
	a.corpusFlag(c)
	o.addFlag(a, c)
	f := c.Flags()
	f.StringVar(&o.Query, "query", "", "only articles that this query finds, as search does")
	f.StringVar(&o.since, "since", "", "only articles published on this day (2020-03-20) or later")
	f.StringVar(&o.until, "until", "", "only articles published on this day or earlier")
	f.StringSliceVar(&o.Tables, "tables", nil, fmt.Sprint("only these of ", pipeline.ExportTables()))
	f.BoolVar(&o.CSV, "csv", false, "write each table as CSV too, in csv/")
	return c
}

// parse checks the flags.
func (o *exportOptions) parse() error {
	for _, name := range o.Tables {
		if !slices.Contains(pipeline.ExportTables(), name) {
			return fmt.Errorf("unknown table %q (one of %v)", name, pipeline.ExportTables())
		}
	}
	var err error
	o.Since, o.Until, err = parseDays(o.since, o.until)
	return err
}

func (a *app) runExport(ctx context.Context, c *pipeline.Corpus, o exportOptions, dir string) error {
	about, err := c.Export(ctx, dir, o.ExportOptions)
	if err != nil {
		return err
	}
	a.noteRules(c)
	if o.format == asJSON {
		return writeJSON(a.Out, about)
	}
	return list(a.Out, o.format, exportColumns, exportedTables(about))
}

// exportedTable is one table of a release.
type exportedTable struct {
	Table string `json:"table"`
	Rows  int64  `json:"rows"`
	Parts int    `json:"parts"`
	Bytes int64  `json:"bytes"`
}

func exportedTables(about release.About) []exportedTable {
	var out []exportedTable
	for _, t := range about.Tables {
		out = append(out, exportedTable{t.Name, t.Rows, len(t.Parts), t.Bytes})
	}
	return out
}

var exportColumns = []column[exportedTable]{
	{name: "table", value: func(t exportedTable) string { return t.Table }},
	{name: "rows", right: true, value: func(t exportedTable) string { return strconv.FormatInt(t.Rows, 10) }},
	{name: "parts", right: true, value: func(t exportedTable) string { return strconv.Itoa(t.Parts) }},
	{name: "bytes", right: true, value: func(t exportedTable) string { return strconv.FormatInt(t.Bytes, 10) }},
}
