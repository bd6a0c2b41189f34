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

func (p *pending) ids() []string {
	ids := make([]string, len(p.documents))
	for i, d := range p.documents {
		ids[i] = d.ID
	}
	return ids
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

// content converts p and sorts it. Each document is let go when it is
// converted, so that a batch is not in memory twice.
func (p *pending) content(meta table.Meta) content {
	r := p.room()
	for i, d := range p.documents {
		p.documents[i] = nil
		own := meta
		if at, ok := p.ingested[d.ID]; ok {
			own.IngestedAt = at
		}
		doc, mentions, edits, sentences := table.FromDocument(d, own)
		r.documents = append(r.documents, doc)
		r.mentions = append(r.mentions, mentions...)
		r.edits = append(r.edits, edits...)
		r.sentences = append(r.sentences, sentences...)
	}
	for _, s := range p.sightings {
		r.sightings = append(r.sightings, table.FromSighting(s))
	}
	return content{
		documents: sorted(r.documents), mentions: sorted(r.mentions), edits: sorted(r.edits),
		sentences: sorted(r.sentences), sightings: sorted(r.sightings),
	}
}

// rows are the rows of a batch in memory.
type rows struct {
	documents []table.Document
	mentions  []table.Mention
	edits     []table.Edit
	sentences []table.Sentence
	sightings []table.Sighting
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

// room is rows that p fits in: grown step by step they would be copied, and leave
// as much behind as they take.
func (p *pending) room() *rows {
	var mentions, edits, sentences int
	for _, d := range p.documents {
		mentions += len(d.Mentions)
		edits += len(d.Edits) + len(d.Marks)
		sentences += len(d.Sentences)
	}
	return &rows{
		documents: make([]table.Document, 0, len(p.documents)),
		mentions:  make([]table.Mention, 0, mentions),
		edits:     make([]table.Edit, 0, edits),
		sentences: make([]table.Sentence, 0, sentences),
		sightings: make([]table.Sighting, 0, len(p.sightings)),
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
