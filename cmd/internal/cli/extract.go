package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
	"jianbao/corpus/table"
	"jianbao/ingest"
)

func (a *app) extract() *cobra.Command {
	var o readOptions
	var form output
	c := &cobra.Command{
		Use:   "extract [PATH... | -]",
		Short: "Clean articles and read their counts, one JSON object a document",
		Long: `Reads articles and writes for each a JSON object with its metadata, its cleaned text, the edits that made it, the
counts found in it and their totals by category. Nothing is stored. Offsets are code points. The input's own "id" is
echoed. On a terminal, and with -o table, it shows the totals with the counts that make them up.`,
		Example: "  jianbao extract article.html\n  jianbao extract --format jsonl - < crawl.jsonl",
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 && o.filesFrom == "" {
				args = []string{ingest.Stdin}
			}
			return a.runExtract(c.Context(), &o, form.format, args)
		},
	}
	o.addFlags(c)
	form.addFormats(a, c, asTable, asJSONL)
	return c
}

// extracted is a document as `jianbao extract` writes it: the columns of the
// tables.
type extracted struct {
	ID        json.RawMessage `json:"id"`
	DocID     string          `json:"doc_id"`
	URI       string          `json:"uri"`
	Title     string          `json:"title"`
	Source    string          `json:"source"`
	Authors   []string        `json:"authors"`
	Editors   []string        `json:"editors"`
	Published *string         `json:"published"`
	Place     string          `json:"place"`
	Adcode    string          `json:"adcode"`
	Script    corpus.Script   `json:"script"`
	Text      string          `json:"text"`
	Edits     []table.Edit    `json:"edits"`
	Mentions  []table.Mention `json:"mentions"`
	Totals    []total         `json:"totals"`
}

func (a *app) runExtract(ctx context.Context, o *readOptions, format string, paths []string) (err error) {
	reading, done, err := o.open(a.In, paths)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	p, err := a.pipeline()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(a.Out)
	defer func() { err = errors.Join(err, out.Flush()) }()
	write := func(r pipeline.Result) error { return writeJSON(out, extractedOf(r)) }
	if format == asTable {
		write = totalsTo(out)
	}
	left := 0
	err = p.Each(ctx, ingest.Read(ctx, reading, a.In, paths...), func(r pipeline.Result) error {
		if r.Bad != nil {
			left++
			fmt.Fprintf(a.Err, "jianbao: %s\n", printable(r.Bad.Error()))
			return nil
		}
		return write(r)
	})
	if err == nil && left > 0 {
		return errQuarantined
	}
	return err
}

func extractedOf(r pipeline.Result) extracted {
	doc, mentions, edits, _ := table.FromDocument(r.Doc, table.Meta{PipelineVersion: pipeline.Version})
	e := extracted{
		ID: r.Raw.InputID, DocID: doc.DocID, URI: r.Raw.URI, Title: doc.Title, Source: doc.Source,
		Authors: doc.Authors, Editors: doc.Editors, Place: doc.Place, Adcode: doc.Adcode,
		Script: r.Doc.Script, Text: doc.Text, Edits: edits, Mentions: mentions,
		Totals: totalsOf(r.Doc.Mentions),
	}
	if at := r.Doc.Published.String(); at != "" {
		e.Published = &at
	}
	if e.ID == nil {
		e.ID = json.RawMessage("null")
	}
	if e.Edits == nil {
		e.Edits = []table.Edit{}
	}
	if e.Mentions == nil {
		e.Mentions = []table.Mention{}
	}
	return e
}
