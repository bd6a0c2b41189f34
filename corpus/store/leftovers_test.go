package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func openReader(t *testing.T, dir string) *Reader {
	t.Helper()
	r, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func mkdir(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(path, 0o755); err != nil {
		t.Fatal(err)
	}
}

// What is listed as left over is what the next writer sweeps.
func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 2)
	r := openReader(t, dir)
	if left, err := r.Leftovers(); err != nil || left != nil {
		t.Errorf("of a sound corpus: %q, %v", left, err)
	}
	want := []string{"batches/0000000002-0a1b2c3d", "batches/0000000002-0a1b2c3e.tmp", "manifest.json.tmp"}
	for _, name := range want {
		mkdir(t, filepath.Join(dir, name))
	}
	left, err := r.Leftovers()
	if diff := cmp.Diff(want, left); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	closeWriter(t, mustOpen(t, dir, WriterOptions{}))
	if left, err := r.Leftovers(); err != nil || left != nil {
		t.Errorf("not swept: %q, %v", left, err)
	}
	mkdir(t, filepath.Join(dir, "batches/0000000009-0a1b2c3d"))
	if _, err := r.Leftovers(); !errors.Is(err, ErrDamaged) {
		t.Errorf("a batch that is later than the manifest: error %v, want ErrDamaged", err)
	}
}

func TestCheckFiles(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 2)
	r := openReader(t, dir)
	if err := r.CheckFiles(); err != nil {
		t.Fatal(err)
	}
	for _, name := range Tables() {
		path := r.Files(name)[0]
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := r.CheckFiles(); !errors.Is(err, ErrDamaged) || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is gone: %v", name, err)
		}
		if err := os.WriteFile(path, whole[1:], 0o644); err != nil {
			t.Fatal(err)
		}
		if err := r.CheckFiles(); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s is short: %v", name, err)
		}
		before := snapshot(t, dir)
		if _, err := OpenWriter(t.Context(), dir, WriterOptions{}); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s is short, for a writer: %v", name, err)
		}
		if diff := cmp.Diff(before, snapshot(t, dir)); diff != "" {
			t.Errorf("a writer that was refused changed files:\n%s", diff)
		}
		if err := os.WriteFile(path, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// An entry that does not decode is an error, and the others come all the same.
func TestQuarantineGoesOn(t *testing.T) {
	dir := t.TempDir()
	w := mustOpen(t, dir, WriterOptions{})
	for i := range 3 {
		quarantineBad(t, w, badOf(i))
	}
	r := openReader(t, dir)
	spoiled := badOf(1)
	if err := os.WriteFile(filepath.Join(dir, EntryFile(spoiled)), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	n := 0
	for b, err := range r.Quarantine(t.Context()) {
		n++
		if (b.SHA256 == spoiled.SHA256) != errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", b.SHA256, err)
		}
	}
	if n != 3 {
		t.Errorf("%d entries, want 3", n)
	}
}
