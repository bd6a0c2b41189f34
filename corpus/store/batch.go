package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"time"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

const batchesDir = "batches"

// pending is what waits for the next commit.
type pending struct {
	documents []*corpus.Document
	sightings []corpus.Sighting
	bytes     int64 // estimate
	started   time.Time
	ingested  map[string]time.Time // by doc_id, of documents that came earlier
}

func (p *pending) empty() bool { return len(p.documents) == 0 && len(p.sightings) == 0 }

func (p *pending) addDocument(d *corpus.Document) {
	p.documents = append(p.documents, d)
	p.grow(len(d.Raw) + len(d.RawText) + len(d.Text) + len(d.Record) + 256*len(d.Mentions) + 96*len(d.Edits))
}

func (p *pending) addSighting(s corpus.Sighting) {
	p.sightings = append(p.sightings, s)
	p.grow(len(s.URI) + len(s.Container))
}

// ingestedAt says that a document came before this batch.
func (p *pending) ingestedAt(docID string, at time.Time) {
	if p.ingested == nil {
		p.ingested = make(map[string]time.Time)
	}
	p.ingested[docID] = at
}

func (p *pending) ids() []string {
	ids := make([]string, len(p.documents))
	for i, d := range p.documents {
		ids[i] = d.ID
	}
	return ids
}

// grow counts n bytes and the fixed part of what holds them.
func (p *pending) grow(n int) {
	if p.started.IsZero() {
		p.started = time.Now().UTC()
	}
	p.bytes += int64(n) + 512
}

// content is what goes into a batch: the rows of each table, in its order.
type content struct {
	documents iter.Seq2[table.Document, error]
	mentions  iter.Seq2[table.Mention, error]
	edits     iter.Seq2[table.Edit, error]
	sentences iter.Seq2[table.Sentence, error]
	sightings iter.Seq2[table.Sighting, error]

	// origins are the batches to which the rows first belonged; nil when all
	// belong to this one.
	origins iter.Seq2[table.Batch, error]
}

// content converts p and sorts it.
func (p *pending) content(meta table.Meta) content {
	var documents []table.Document
	var mentions []table.Mention
	var edits []table.Edit
	var sentences []table.Sentence
	var sightings []table.Sighting
	for _, d := range p.documents {
		own := meta
		if at, ok := p.ingested[d.ID]; ok {
			own.IngestedAt = at
		}
		doc, m, e, s := table.FromDocument(d, own)
		documents = append(documents, doc)
		mentions, edits, sentences = append(mentions, m...), append(edits, e...), append(sentences, s...)
	}
	for _, s := range p.sightings {
		sightings = append(sightings, table.FromSighting(s))
	}
	return content{
		documents: sorted(documents), mentions: sorted(mentions), edits: sorted(edits),
		sentences: sorted(sentences), sightings: sorted(sightings),
	}
}

// sorted sorts rows and yields them.
func sorted[T table.Row[T]](rows []T) iter.Seq2[T, error] {
	table.Sort(rows)
	return func(yield func(T, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// newBatchID sorts by the number of the manifest that will list the batch. Its
// random part keeps it from the name of one that a crash left behind.
func newBatchID(number int64) string {
	var random [4]byte
	rand.Read(random[:]) // never fails: crypto/rand ends the program instead
	return fmt.Sprintf("%010d-%x", number, random)
}

// writeBatch writes c to batches/<b.ID> under dir and fills b.Files. When it
// returns, the batch is whole and durable, but not listed.
func writeBatch(d disk, dir string, b *Batch, c content) error {
	parent := filepath.Join(dir, batchesDir)
	final := filepath.Join(parent, b.ID)
	tmp := final + tmpSuffix
	if err := ensureDir(d, parent); err != nil {
		return err
	}
	if err := d.Mkdir(tmp); err != nil {
		return err
	}
	if err := writeTables(d, tmp, b, c); err != nil {
		return errors.Join(err, d.RemoveAll(tmp))
	}
	if err := d.SyncDir(tmp); err != nil {
		return err
	}
	if err := d.Rename(tmp, final); err != nil {
		return err
	}
	return d.SyncDir(parent)
}

func writeTables(d disk, dir string, b *Batch, c content) error {
	b.Files = make(map[string]File)
	for _, write := range []func() error{
		func() error { return writeTable(d, dir, b, c.documents) },
		func() error { return writeTable(d, dir, b, c.mentions) },
		func() error { return writeTable(d, dir, b, c.edits) },
		func() error { return writeTable(d, dir, b, c.sentences) },
		func() error { return writeTable(d, dir, b, c.sightings) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	if c.origins == nil {
		return nil
	}
	return writeTable(d, dir, b, c.origins)
}

func writeTable[T table.Row[T]](d disk, dir string, b *Batch, rows iter.Seq2[T, error]) error {
	name := table.Name[T]()
	opts := table.Options{PipelineVersion: b.PipelineVersion, Fingerprint: b.Fingerprint, BatchID: b.ID}
	sum := sha256.New()
	var written int64
	var count counter
	err := writeFile(d, filepath.Join(dir, fileName(name)), func(f io.Writer) error {
		w := table.NewWriter[T](io.MultiWriter(f, sum, &count), opts)
		if err := writeRows(w, rows); err != nil {
			return err
		}
		written = w.Rows()
		return w.Close()
	})
	if err != nil {
		return err
	}
	b.Files[name] = File{Rows: written, Bytes: int64(count), SHA256: hex.EncodeToString(sum.Sum(nil))}
	return nil
}

// chunkRows is how many rows are handed to a table at once.
const chunkRows = 256

func writeRows[T table.Row[T]](w *table.Writer[T], rows iter.Seq2[T, error]) error {
	chunk := make([]T, 0, chunkRows)
	for row, err := range rows {
		if err != nil {
			return err
		}
		if chunk = append(chunk, row); len(chunk) == chunkRows {
			if err := w.Write(chunk); err != nil {
				return err
			}
			chunk = chunk[:0]
		}
	}
	return w.Write(chunk)
}

// fileName is the name of a table's file.
func fileName(name string) string { return name + ".parquet" }

// counter counts bytes.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
