package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

// makeDocument is the i-th of a series of made-up documents, each with one
// edit, one sentence and one mention.
func makeDocument(i int) (*corpus.Document, corpus.Sighting) {
	number := fmt.Sprint(i + 1)
	raw := "青石县(gloss)第" + number + "期：设卡点" + number + "处。"
	text := strings.Replace(raw, "(gloss)", "", 1)
	at := strings.Index(text, "卡点")
	whole := corpus.Span{Start: 0, End: len(text)}
	fold := sha256.Sum256([]byte(text))
	gloss := strings.Index(raw, "(gloss)")
	d := &corpus.Document{
		ID: corpus.DocID([]byte(raw)), Title: "第" + number + "期", Source: "青石简报", Script: corpus.Hans,
		Published: corpus.Moment{Time: time.Date(2031, 1, 1+i%90, 0, 0, 0, 0, corpus.Beijing), Precision: corpus.ToDay},
		RawText:   raw, Text: text, TextSHA256: hex.EncodeToString(fold[:]),
		Edits: []corpus.Edit{{
			Kinds: []string{"gloss"}, Raw: corpus.Span{Start: gloss, End: gloss + len("(gloss)")},
			Before: "(gloss)", Applied: true, Confidence: 1,
		}},
		Sentences: []corpus.Sentence{{Span: whole, Tokens: []corpus.Token{{End: len(text)}}}},
		Mentions: []corpus.Mention{{
			Category: "checkpoint", Head: "卡点", Term: "卡点", Count: corpus.Count{Value: corpus.Some(int64(i + 1))},
			Span: corpus.Span{Start: at, End: len(text)}, Number: corpus.Span{Start: at + 6, End: at + 6 + len(number)}, Sentence: whole,
		}},
	}
	return d, corpus.Sighting{URI: fmt.Sprintf("batch/%d.txt", i), SeenAt: time.Date(2031, 6, 1, 0, 0, 0, 0, time.UTC)}
}

func docID(i int) string {
	d, _ := makeDocument(i)
	return d.ID
}

func mustOpen(t testing.TB, dir string, opts WriterOptions) *Writer {
	t.Helper()
	w, err := OpenWriter(t.Context(), dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// add adds documents from up to to, without a commit of its own.
func add(t testing.TB, w *Writer, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		d, s := makeDocument(i)
		if err := w.Add(t.Context(), d, s); err != nil {
			t.Fatal(err)
		}
	}
}

func commit(t testing.TB, w *Writer) {
	t.Helper()
	if err := w.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func closeWriter(t testing.TB, w *Writer) {
	t.Helper()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// fill makes a corpus of n documents in one batch.
func fill(t testing.TB, dir string, n int) {
	t.Helper()
	w := mustOpen(t, dir, WriterOptions{})
	add(t, w, 0, n)
	commit(t, w)
	closeWriter(t, w)
}

// contents are the doc_ids of the corpus in dir, each once, after a check that
// every live file is what the manifest says and that the tables agree.
func contents(t testing.TB, dir string) map[string]bool {
	t.Helper()
	r, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range r.Manifest().Batches {
		for name, want := range b.Files {
			checkHash(t, r.path(b, name), want)
		}
	}
	ids := make(map[string]bool)
	for d, err := range r.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if ids[d.DocID] {
			t.Fatalf("document %s is there twice", d.DocID)
		}
		ids[d.DocID] = true
	}
	mentions, edits := 0, 0
	for m, err := range r.Mentions(t.Context()) {
		if err != nil || !ids[m.DocID] {
			t.Fatalf("mention of %s: %v", m.DocID, err)
		}
		mentions++
	}
	for e, err := range Rows[table.Edit](t.Context(), r, table.Edits) {
		if err != nil || !ids[e.DocID] {
			t.Fatalf("edit of %s: %v", e.DocID, err)
		}
		edits++
	}
	if n := int64(len(ids)); n != r.Manifest().Counts.Documents || len(ids) != mentions || len(ids) != edits {
		t.Fatalf("%d documents, %d mentions, %d edits; the manifest counts %+v", n, mentions, edits, r.Manifest().Counts)
	}
	return ids
}

func checkHash(t testing.TB, path string, want File) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != want.SHA256 || int64(len(data)) != want.Bytes {
		t.Fatalf("%s is not the file that was committed", path)
	}
}

// snapshot is every file below dir with its size, its time and its hash.
func snapshot(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files[path] = fmt.Sprintf("%d %v %x", info.Size(), info.ModTime(), sha256.Sum256(data))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// count is how many documents a fresh reader sees.
func count(ctx context.Context, dir string) (n, number int64, err error) {
	r, err := OpenReader(dir)
	if err != nil {
		return 0, 0, err
	}
	for _, err := range r.Documents(ctx) {
		if err != nil {
			return 0, 0, err
		}
		n++
	}
	if want := r.Manifest().Counts.Documents; n != want {
		return 0, 0, fmt.Errorf("read %d documents, the manifest counts %d", n, want)
	}
	return n, r.Manifest().Number, nil
}
