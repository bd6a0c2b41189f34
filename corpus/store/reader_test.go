package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jianbao/corpus/table"
)

func TestReaderLookups(t *testing.T) {
	dir := t.TempDir()
	w := mustOpen(t, dir, WriterOptions{BatchDocuments: 3})
	add(t, w, 0, 10)
	commit(t, w)
	r, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := makeDocument(7)
	got, err := r.Document(t.Context(), want.ID)
	if err != nil || got.Text != want.Text {
		t.Errorf("Document: %q, %v; want %q", got.Text, err, want.Text)
	}
	if _, err := r.Document(t.Context(), docID(99)); !errors.Is(err, ErrNoDocument) {
		t.Errorf("unknown document: %v", err)
	}
	n := 0
	for m, err := range Find[table.Mention](t.Context(), r, table.Mentions, docID(1), docID(8)) {
		if err != nil || m.DocID != docID(1) && m.DocID != docID(8) {
			t.Fatalf("mention of %s: %v", m.DocID, err)
		}
		n++
	}
	if n != 2 {
		t.Errorf("%d mentions, want 2", n)
	}
	files := r.Files(table.Mentions)
	if len(files) != 4 {
		t.Fatalf("%d files, want 4", len(files))
	}
	for _, path := range files {
		if _, err := os.Stat(path); err != nil || !filepath.IsAbs(path) {
			t.Errorf("file %s: %v", path, err)
		}
	}
	if got := r.Derived("index"); got != filepath.Join(dir, "index") {
		t.Errorf("Derived: %s", got)
	}
}

func TestReaderChanged(t *testing.T) {
	dir := t.TempDir()
	w := mustOpen(t, dir, WriterOptions{BatchDocuments: 3})
	for i := range 3 {
		add(t, w, 3*i, 3*i+2)
		commit(t, w)
		r, err := OpenReader(dir)
		if err != nil {
			t.Fatal(err)
		}
		if changed, err := r.Changed(); changed || err != nil {
			t.Errorf("changed at once: %v, %v", changed, err)
		}
		add(t, w, 3*i+2, 3*i+3)
		commit(t, w)
		if changed, err := r.Changed(); !changed || err != nil {
			t.Errorf("not changed by a commit: %v, %v", changed, err)
		}
	}
}

func TestReaderStopsWhenCancelled(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 10)
	r, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	var last error
	for _, last = range r.Documents(ctx) {
		if n++; n == 3 {
			cancel()
		}
	}
	if n != 4 || !errors.Is(last, context.Canceled) {
		t.Errorf("after %d documents: %v", n, last)
	}
}

// A reader that is open while a writer works sees one state, whole; the next
// one sees no less.
func TestReadersBesideAWriter(t *testing.T) {
	dir := t.TempDir()
	w := mustOpen(t, dir, WriterOptions{BatchDocuments: 5})
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			var last int64
			for running := true; running; {
				select {
				case <-done:
					running = false
				default:
				}
				n, number, err := count(t.Context(), dir)
				if err != nil || number < last || n != 5*number {
					t.Errorf("%d documents in manifest %d after %d: %v", n, number, last, err)
					return
				}
				last = number
			}
		})
	}
	add(t, w, 0, 75)
	close(done)
	readers.Wait()
	if n := len(contents(t, dir)); n != 75 {
		t.Errorf("%d documents, want 75", n)
	}
}

func TestDamagedFilesAreNamed(t *testing.T) {
	for _, c := range []struct {
		name   string
		damage func(path string, data []byte) error
	}{
		{"cut off", func(path string, data []byte) error { return os.WriteFile(path, data[:len(data)/2], 0o600) }},
		{"missing", func(path string, _ []byte) error { return os.Remove(path) }},
		{"garbled", func(path string, data []byte) error {
			return os.WriteFile(path, append(bytes.Clone(data[:len(data)-8]), "\xff\xff\xff\xffPAR1"...), 0o600)
		}},
	} {
		dir := t.TempDir()
		fill(t, dir, 3)
		r, err := OpenReader(dir)
		if err != nil {
			t.Fatal(err)
		}
		path := r.Files(table.Documents)[0]
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.damage(path, data); err != nil {
			t.Fatal(err)
		}
		before := snapshot(t, dir)
		for _, err := range r.Documents(t.Context()) {
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), path) {
				t.Errorf("read %s: %v", c.name, err)
			}
		}
		if _, err := OpenWriter(t.Context(), dir, WriterOptions{}); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), path) {
			t.Errorf("write %s: %v", c.name, err)
		}
		after := snapshot(t, dir)
		if len(before) != len(after) {
			t.Errorf("%s: a refused writer changed the files", c.name)
		}
	}
}
