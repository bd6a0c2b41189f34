package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"jianbao/corpus"
	"jianbao/corpus/release"
	"jianbao/corpus/table"
)

// ExportOptions say what goes into a release.
type ExportOptions struct {
	Query        string       // empty: every article
	Since, Until *corpus.Date // of publication, both inclusive; with either, articles of unknown day stay out
	Tables       []string     // of [ExportTables]; none means all
	CSV          bool         // CSV files too
}

// ExportTables are the tables that a release can have, in their order.
func ExportTables() []string {
	return []string{table.Documents, table.Mentions, table.Edits, table.Sentences, table.Sightings, table.Summaries}
}

// covers reports whether an article of that day is within the bounds.
func (o ExportOptions) covers(day *corpus.Date) bool {
	if day == nil {
		return o.Since == nil && o.Until == nil
	}
	return (o.Since == nil || *day >= *o.Since) && (o.Until == nil || *day <= *o.Until)
}

// Export writes the articles that o asks for, all of them, as a release to dir,
// which must not exist or be empty (release.ErrExists). A wrong query is a
// *query.SyntaxError. When it fails there is no dir.
func (c *Corpus) Export(ctx context.Context, dir string, o ExportOptions) (about release.About, err error) {
	d, err := release.Create(dir)
	if err != nil {
		return release.About{}, err
	}
	defer func() { err = errors.Join(err, d.Discard()) }()
	s, err := c.choose(ctx, o)
	if err != nil {
		return release.About{}, err
	}
	e := &exporter{c, s, d, release.Options{Table: s.tableOptions(), CSV: o.CSV}}
	for _, name := range ExportTables() {
		if len(o.Tables) > 0 && !slices.Contains(o.Tables, name) {
			continue
		}
		if err := errors.Join(ctx.Err(), e.write(ctx, name)); err != nil {
			return release.About{}, fmt.Errorf("export %s: %w", name, err)
		}
	}
	return d.Publish(s.about)
}

// aboutExport is what is known before the articles are chosen.
func (c *Corpus) aboutExport(o ExportOptions) release.About {
	manifest := c.store.Manifest()
	about := release.About{
		Manifest: manifest.Number, CommittedAt: manifest.CommittedAt,
		PipelineVersion: Version, Fingerprint: c.p.fingerprint, Pipelines: []release.Pipeline{},
	}
	for _, b := range manifest.Batches {
		at := slices.IndexFunc(about.Pipelines, func(p release.Pipeline) bool {
			return p.Version == b.PipelineVersion && p.Fingerprint == b.Fingerprint
		})
		if at < 0 {
			at = len(about.Pipelines)
			about.Pipelines = append(about.Pipelines, release.Pipeline{Version: b.PipelineVersion, Fingerprint: b.Fingerprint})
		}
		about.Pipelines[at].Batches++
	}
	about.Since, about.Until = dayText(o.Since), dayText(o.Until)
	return about
}

func dayText(day *corpus.Date) *string {
	if day == nil {
		return nil
	}
	text := day.String()
	return &text
}

// tableOptions is what each file says of itself: rows of several pipelines name
// them all.
func (s *selection) tableOptions() table.Options {
	var versions, fingerprints []string
	for _, p := range s.about.Pipelines {
		if !slices.Contains(versions, p.Version) {
			versions = append(versions, p.Version)
		}
		fingerprints = append(fingerprints, p.Fingerprint)
	}
	return table.Options{
		PipelineVersion: strings.Join(versions, " "), Fingerprint: strings.Join(fingerprints, " "), Manifest: s.about.Manifest,
	}
}

// exporter writes the tables of one release.
type exporter struct {
	corpus    *Corpus
	selection *selection
	dir       *release.Dir
	opts      release.Options
}

// write writes one of [ExportTables].
func (e *exporter) write(ctx context.Context, name string) error {
	switch name {
	case table.Documents:
		return e.documents(ctx)
	case table.Mentions:
		return exportTable(ctx, e, func(m *table.Mention) string { return m.DocID }, same[table.Mention])
	case table.Edits:
		return exportTable(ctx, e, func(x *table.Edit) string { return x.DocID }, same[table.Edit])
	case table.Sentences:
		return exportTable(ctx, e, func(x *table.Sentence) string { return x.DocID }, same[table.Sentence])
	case table.Sightings:
		return exportTable(ctx, e, func(x *table.Sighting) string { return x.DocID }, same[table.Sighting])
	case table.Summaries:
		return e.summary(ctx)
	}
	return fmt.Errorf("no such table (one of %v)", ExportTables())
}

func (e *exporter) documents(ctx context.Context) error {
	n := 0
	err := exportTable(ctx, e, func(d *table.Document) string { return d.DocID }, func(d *table.Document, a *chosen) table.Released {
		n++
		return table.Released{
			Document: *d, Hans: fold(d.Text),
			ClusterID: a.cluster.String(), ClusterSize: a.size, ClusterKind: a.kind, Similarity: a.similarity, Representative: a.representative,
		}
	})
	if err == nil && n != len(e.selection.articles) {
		return fmt.Errorf("%d articles were chosen, %d found", len(e.selection.articles), n)
	}
	return err
}

func same[T any](row *T, _ *chosen) T { return *row }

// exportTable writes the rows R that are made of the stored rows T of a table.
func exportTable[T any, R table.Row[R]](ctx context.Context, e *exporter, docID func(*T) string, of func(*T, *chosen) R) error {
	out := release.NewTable[R](e.dir, e.opts)
	err := eachRow(ctx, e.corpus.store, e.selection, table.Name[R](), docID, func(row *T, a *chosen) error {
		return out.Add(a.year(), of(row, a))
	})
	if err != nil {
		return err
	}
	return out.Close()
}
