package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"slices"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/index"
	"jianbao/index/query"
	"jianbao/segment/script"
)

// indexDir is the name of the index within a corpus.
const indexDir = "index"

// indexer keeps the index in step with the corpus. The index is derived: what
// it lacks it takes from the tables, and one that is of no use is made anew.
// It is opened when there is something to add, so that a run that adds nothing
// touches no file.
type indexer struct {
	corpus string
	p      *Pipeline
	log    *slog.Logger
	writer *index.Writer
}

func newIndexer(corpus string, p *Pipeline, log *slog.Logger) *indexer {
	return &indexer{corpus: corpus, p: p, log: log}
}

func (x *indexer) close() error {
	if x.writer == nil {
		return nil
	}
	return x.writer.Close()
}

// catchUp brings the newest generation to the manifest.
func (x *indexer) catchUp(ctx context.Context) error {
	r, err := store.OpenReader(x.corpus)
	if err != nil {
		return err
	}
	manifest := r.Manifest()
	latest, err := index.Latest(r.Derived(indexDir))
	if err != nil && !errors.Is(err, index.ErrNoIndex) {
		return err
	}
	if err == nil && latest >= manifest.Content() && latest <= manifest.Number || errors.Is(err, index.ErrNoIndex) && manifest.Counts.Documents == 0 {
		return nil
	}
	if err := x.open(ctx, r.Derived(indexDir)); err != nil {
		return err
	}
	changes, ok := manifest.Since(x.writer.LastManifest())
	if !ok {
		if err := x.rebuild(r.Derived(indexDir)); err != nil {
			return err
		}
		changes, _ = manifest.Since(0)
	}
	return x.apply(ctx, r, changes)
}

// apply brings changes into the index and publishes it.
func (x *indexer) apply(ctx context.Context, r *store.Reader, changes store.Changes) error {
	number := r.Manifest().Number
	x.log.Info("index catches up", "from", x.writer.LastManifest(), "to", number, "batches", len(changes.Batches), "removed", len(changes.Removed))
	if err := x.writer.Delete(ctx, changes.Removed); err != nil {
		return err
	}
	for _, b := range changes.Batches {
		if err := x.batch(ctx, r, b); err != nil {
			return fmt.Errorf("index batch %s: %w", b.ID, err)
		}
	}
	return x.writer.Publish(ctx, number)
}

// open opens the live index; one of another language is made anew.
func (x *indexer) open(ctx context.Context, dir string) (err error) {
	if x.writer != nil {
		return nil
	}
	x.writer, err = index.OpenWriter(dir, x.p.language(), index.Options{})
	if errors.Is(err, index.ErrStale) || errors.Is(err, index.ErrCorrupt) {
		level := slog.LevelWarn
		if errors.Is(err, index.ErrStale) { // other words: that is what was asked for
			level = slog.LevelInfo
		}
		x.log.Log(ctx, level, "index is made anew", "why", err)
		x.writer, err = index.OpenWriter(dir, x.p.language(), index.Options{Rebuild: true})
	}
	return err
}

func (x *indexer) rebuild(dir string) error { return x.restart(dir, index.Options{Rebuild: true}) }

// restart closes the index, if it is open, and opens it with these options.
func (x *indexer) restart(dir string, opts index.Options) (err error) {
	err = x.close()
	x.writer = nil
	if err == nil {
		x.writer, err = index.OpenWriter(dir, x.p.language(), opts)
	}
	return err
}

// makeAnew builds the index from the tables and keeps so many generations; 0 is
// the default. The old generations are there until it is published. It returns
// the manifest that it was built from.
func (x *indexer) makeAnew(ctx context.Context, keep int) (store.Manifest, error) {
	r, err := store.OpenReader(x.corpus)
	if err != nil {
		return store.Manifest{}, err
	}
	m := r.Manifest()
	if m.Number == 0 {
		return m, nil
	}
	if err := x.restart(r.Derived(indexDir), index.Options{Rebuild: true, Keep: keep}); err != nil {
		return m, err
	}
	all, _ := m.Since(0)
	return m, x.apply(ctx, r, all)
}

// chunk is how many documents are handed to the index at once.
const chunk = 1024

// batch indexes the documents of one batch from its tables.
func (x *indexer) batch(ctx context.Context, r *store.Reader, b store.Batch) error {
	mentions, err := x.p.mentionsOf(store.BatchRows[counted](ctx, r, b, table.Mentions))
	if err != nil {
		return err
	}
	uris, err := urisOf(store.BatchRows[seen](ctx, r, b, table.Sightings))
	if err != nil {
		return err
	}
	var docs []index.Doc
	for row, err := range store.BatchRows[table.Document](ctx, r, b, table.Documents) {
		if err != nil {
			return err
		}
		doc := x.doc(&row)
		doc.URI, doc.Mentions = uris[row.DocID], mentions[row.DocID]
		if docs = append(docs, doc); len(docs) == chunk {
			if err := x.writer.Index(ctx, docs); err != nil {
				return err
			}
			docs = docs[:0]
		}
	}
	return x.writer.Index(ctx, docs)
}

// doc is a document as the index takes it, but for what other tables hold.
func (x *indexer) doc(row *table.Document) index.Doc {
	folded := script.Fold(row.Text).Text
	at := x.p.divisions(row.Adcode)
	return index.Doc{
		ID: row.DocID, Title: row.Title, Source: row.Source, Authors: row.Authors, Site: row.Site,
		Place: row.Place, Province: at.province, City: at.city, County: at.county,
		Published: row.Moment(), Script: corpus.Script(row.Script),
		Text: folded, Printed: row.Text, Tokens: x.p.segmenter.Append(nil, folded),
	}
}

// counted is what the index takes of a mention.
type counted struct {
	DocID    string       `parquet:"doc_id"`
	Start    int32        `parquet:"start"`
	End      int32        `parquet:"end"`
	Category string       `parquet:"category"`
	Subtype  string       `parquet:"subtype"`
	Term     string       `parquet:"term"`
	Value    *int64       `parquet:"value"`
	Lo       *int64       `parquet:"lo"`
	Hi       *int64       `parquet:"hi"`
	Modifier string       `parquet:"modifier"`
	Unit     string       `parquet:"unit"`
	Place    string       `parquet:"place"`
	Adcode   string       `parquet:"adcode"`
	AsOf     *corpus.Date `parquet:"as_of,date"`
	Flags    []string     `parquet:"flags,list"`
	Counted  bool         `parquet:"counted"`
	RuleID   string       `parquet:"rule_id"`
}

// mentionsOf is the mentions by document.
func (p *Pipeline) mentionsOf(rows iter.Seq2[counted, error]) (map[string][]index.Mention, error) {
	return collect(rows, func(all map[string][]index.Mention, c counted) {
		all[c.DocID] = append(all[c.DocID], index.Mention{Mention: p.mention(&c), Start: int(c.Start), End: int(c.End)})
	})
}

// mention is what count( ) can ask of a mention. Its place is found by the
// divisions above it too.
func (p *Pipeline) mention(c *counted) query.Mention {
	at := p.divisions(c.Adcode)
	m := query.Mention{
		Category: c.Category, Term: c.Term, Subtype: c.Subtype, Unit: c.Unit, Modifier: c.Modifier, Rule: c.RuleID,
		Place: at.above(c.Place), Adcode: c.Adcode, Value: known(c.Value), Lo: known(c.Lo), Hi: known(c.Hi),
		Flags: slices.Clone(c.Flags), Counted: c.Counted,
	}
	if c.AsOf != nil {
		m.AsOf = c.AsOf.String()
	}
	return m
}

// seen is what the index takes of a sighting.
type seen struct {
	DocID  string          `parquet:"doc_id"`
	URI    string          `parquet:"uri"`
	SeenAt table.Timestamp `parquet:"seen_at,timestamp(microsecond:utc)"`
}

// urisOf is the address where each document was seen first. It does not depend
// on the batch in which a later sighting lies.
func urisOf(rows iter.Seq2[seen, error]) (map[string]string, error) {
	first, err := collect(rows, func(all map[string]seen, s seen) {
		if before, ok := all[s.DocID]; !ok || s.SeenAt < before.SeenAt {
			all[s.DocID] = s
		}
	})
	uris := make(map[string]string, len(first))
	for id, s := range first {
		uris[id] = s.URI
	}
	return uris, err
}

// collect reads rows into a map.
func collect[K comparable, V, T any](rows iter.Seq2[T, error], add func(map[K]V, T)) (map[K]V, error) {
	all := map[K]V{}
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		add(all, row)
	}
	return all, nil
}
