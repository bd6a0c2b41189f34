package cli

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/store"
)

// tableFile is one live Parquet file.
type tableFile struct {
	Table   string `json:"table"`
	Path    string `json:"path"`
	BatchID string `json:"batch_id"`
	Rows    int64  `json:"rows"`
	Bytes   int64  `json:"bytes"`
}

var fileColumns = []column[tableFile]{
	{name: "table", value: func(f tableFile) string { return f.Table }},
	{name: "rows", right: true, value: func(f tableFile) string { return strconv.FormatInt(f.Rows, 10) }},
	{name: "bytes", right: true, value: func(f tableFile) string { return strconv.FormatInt(f.Bytes, 10) }},
	{name: "path", value: func(f tableFile) string { return f.Path }},
}

func (a *app) files() *cobra.Command {
	var o output
	c := &cobra.Command{
		Use:     "files -c DIR [TABLE]",
		Short:   "List the live Parquet files, for a notebook",
		Example: "  jianbao files -c corpus/ mentions -o jsonl",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			tables := store.Tables()
			if len(args) == 1 {
				if !slices.Contains(tables, args[0]) {
					return usageError{fmt.Errorf("unknown table %q (one of %v)", args[0], tables)}
				}
				tables = args
			}
			return a.withCorpus(func(c *pipeline.Corpus) error {
				return list(a.Out, o.format, fileColumns, liveFiles(c.Store(), tables))
			})
		},
	}
	a.corpusFlag(c)
	o.addFlag(a, c)
	return c
}

func liveFiles(r *store.Reader, tables []string) []tableFile {
	var out []tableFile
	for _, name := range tables {
		paths := r.Files(name)
		for i, b := range r.Manifest().Batches {
			f := b.Files[name]
			out = append(out, tableFile{Table: name, Path: paths[i], BatchID: b.ID, Rows: f.Rows, Bytes: f.Bytes})
		}
	}
	return out
}
