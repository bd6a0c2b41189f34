package store

import (
	"context"
	"errors"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

// keptOld is the document that the newer pipeline of these tests cannot take.
const keptOld = 1

// renewed is what the newer pipeline makes of a row: another title and, in one
// case, another day.
func renewed(row table.Document) *corpus.Document {
	for i := range 100 {
		d, _ := makeDocument(i)
		if d.ID != row.DocID {
			continue
		}
		if i == keptOld {
			return nil
		}
		d.Title = "新" + d.Title
		if i == 2 {
			d.Published.Time = d.Published.Time.AddDate(0, 0, -20)
		}
		return d
	}
	return nil
}

// rewriteAll puts new rows in the place of all that another pipeline made.
func rewriteAll(t *testing.T, w *Writer) error {
	t.Helper()
	r := mustRead(t, w.dir)
	for _, b := range r.Manifest().Batches {
		if b.Fingerprint == w.opts.Fingerprint {
			continue
		}
		rw := w.Rewrite(b)
		for row, err := range BatchRows[table.Document](t.Context(), r, b, table.Documents) {
			if err != nil {
				return err
			}
			d := renewed(row)
			if d == nil {
				continue
			}
			if err := rw.Add(t.Context(), d, row.IngestedAt.Time()); err != nil {
				return errors.Join(err, rw.Discard())
			}
		}
		if err := rw.Commit(t.Context()); err != nil {
			return err
		}
	}
	return nil
}

// New rows take the place of old ones; what came with a document stays, and a
// document that cannot be made anew keeps all its rows.
func TestRewrite(t *testing.T) {
	dir := t.TempDir()
	fillBatches(t, dir, 12, 6)
	before := readEverything(t, dir)
	number := mustRead(t, dir).Manifest().Number
	w := mustOpen(t, dir, WriterOptions{Fingerprint: "f2", PipelineVersion: "v2", BatchDocuments: 4})
	if err := rewriteAll(t, w); err != nil {
		t.Fatal(err)
	}
	closeWriter(t, w)
	contents(t, dir)
	after := readEverything(t, dir)
	if diff := gocmp.Diff(before.Sightings, after.Sightings); diff != "" {
		t.Errorf("sightings:\n%s", diff)
	}
	old := make(map[string]table.Document)
	for _, d := range before.Documents {
		old[d.DocID] = d
	}
	for _, d := range after.Documents {
		was := old[d.DocID]
		if d.DocID == docID(keptOld) {
			if diff := gocmp.Diff(was, d); diff != "" {
				t.Errorf("the document that failed:\n%s", diff)
			}
			continue
		}
		if d.Title != "新"+was.Title || d.IngestedAt != was.IngestedAt || d.PipelineVersion != "v2" || d.BatchID == was.BatchID {
			t.Errorf("%s was %s in %s of %s, is %s in %s of %s", d.DocID, was.Title, was.BatchID, was.IngestedAt, d.Title, d.BatchID, d.IngestedAt)
		}
	}
	c, ok := mustRead(t, dir).Manifest().Since(number)
	var changed int64
	for _, b := range c.Batches {
		changed += b.Counts().Documents
	}
	if !ok || changed != 11 || len(c.Removed) != 0 {
		t.Errorf("%d documents are told to have changed, want 11", changed)
	}

	files := snapshot(t, dir)
	w = mustOpen(t, dir, WriterOptions{Fingerprint: "f2", PipelineVersion: "v2"})
	if err := rewriteAll(t, w); err != nil {
		t.Fatal(err)
	}
	closeWriter(t, w)
	if diff := gocmp.Diff(files, snapshot(t, dir)); diff != "" {
		t.Errorf("a second run changed files:\n%s", diff)
	}
}

func TestRewriteRefuses(t *testing.T) {
	dir := t.TempDir()
	fillBatches(t, dir, 4, 2)
	w := mustOpen(t, dir, WriterOptions{Fingerprint: "f2"})
	inOther, _ := makeDocument(3)
	stranger, _ := makeDocument(50)
	mine, _ := makeDocument(0)
	before := snapshot(t, dir)
	rw := w.Rewrite(w.Manifest().Batches[0])
	if err := rw.Add(t.Context(), stranger, stranger.Published.Time); err == nil {
		t.Error("a document that is not there is taken")
	}
	if err := rw.Add(t.Context(), inOther, inOther.Published.Time); err != nil {
		t.Fatal(err)
	}
	if err := rw.Commit(t.Context()); err == nil {
		t.Error("a document of another batch is taken")
	}
	ctx, cancel := context.WithCancel(t.Context())
	rw = w.Rewrite(w.Manifest().Batches[0])
	if err := rw.Add(ctx, mine, mine.Published.Time); err != nil {
		t.Fatal(err)
	}
	if err := rw.Add(ctx, mine, mine.Published.Time); err == nil {
		t.Error("a document is taken twice")
	}
	cancel()
	if err := rw.Commit(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if diff := gocmp.Diff(before, snapshot(t, dir)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
}

func TestForget(t *testing.T) {
	dir := t.TempDir()
	fillBatches(t, dir, 9, 3)
	w := mustOpen(t, dir, WriterOptions{Grace: -1})
	bad := badOf(100)
	quarantineBad(t, w, bad)
	before := snapshot(t, dir)
	if err := w.Forget(t.Context(), docID(0), docID(77)); !errors.Is(err, ErrNoDocument) {
		t.Errorf("forget of an unknown document: %v", err)
	}
	if err := w.Forget(t.Context(), "abc"); !errors.Is(err, ErrNoDocument) {
		t.Errorf("forget of no doc_id: %v", err)
	}
	if diff := gocmp.Diff(before, snapshot(t, dir)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
	number := w.Manifest().Number
	if err := w.Forget(t.Context(), docID(0), docID(4), bad.SHA256[:32]); err != nil {
		t.Fatal(err)
	}
	checkForgotten(t, dir, w, bad)
	if c, ok := w.Manifest().Since(number); !ok || len(c.Batches) != 0 || len(c.Removed) != 3 {
		t.Errorf("changes: %+v, %v", c, ok)
	}
	files := snapshot(t, dir)
	if err := w.Forget(t.Context(), docID(4)); err != nil {
		t.Errorf("forgetting twice: %v", err)
	}
	// It is crawled again.
	add(t, w, 0, 9)
	quarantineBad(t, w, bad)
	commit(t, w)
	if diff := gocmp.Diff(files, snapshot(t, dir)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
	closeWriter(t, w)
	w = mustOpen(t, dir, WriterOptions{Grace: -1})
	add(t, w, 0, 9)
	quarantineBad(t, w, bad)
	commit(t, w)
	checkForgotten(t, dir, w, bad)
}

// checkForgotten wants no trace of documents 0 and 4 and of the bad one.
func checkForgotten(t *testing.T, dir string, w *Writer, bad Bad) {
	t.Helper()
	contents(t, dir)
	checkSwept(t, dir)
	all := readEverything(t, dir)
	if len(all.Documents) != 7 {
		t.Errorf("%d documents", len(all.Documents))
	}
	for _, s := range all.Sightings {
		if s.DocID == docID(0) || s.DocID == docID(4) {
			t.Errorf("a sighting is left: %+v", s)
		}
	}
	if len(all.Sightings) != 7+2 { // documents 3 and 6 were seen twice
		t.Errorf("%d sightings", len(all.Sightings))
	}
	if stats := w.Stats(); stats.Quarantined != 0 || stats.Documents != 7 {
		t.Errorf("%+v", stats)
	}
	if !w.Has(docID(0)) || w.Quarantined(bad.SHA256, "") {
		t.Error("a forgotten document would be taken in again")
	}
}

// A batch of which nothing is left goes.
func TestForgetAll(t *testing.T) {
	dir := t.TempDir()
	fillBatches(t, dir, 2, 1)
	w := mustOpen(t, dir, WriterOptions{Grace: -1})
	if err := w.Forget(t.Context(), docID(0), docID(1)); err != nil {
		t.Fatal(err)
	}
	if m := w.Manifest(); len(m.Batches) != 0 || m.Content() != m.Number {
		t.Errorf("%+v", m)
	}
}
