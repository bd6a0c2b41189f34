package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/gofrs/flock"
	"golang.org/x/sync/errgroup"
)

// emptyCorpus is one without a batch.
func emptyCorpus(t *testing.T) (dir string, r *Reader) {
	t.Helper()
	dir = t.TempDir()
	w, err := OpenWriter(t.Context(), dir, WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err = OpenReader(dir); err != nil {
		t.Fatal(err)
	}
	return dir, r
}

// Many change a note at once, while a writer has the corpus: no change is lost.
func TestChangeNote(t *testing.T) {
	dir, r := emptyCorpus(t)
	w, err := OpenWriter(t.Context(), dir, WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	var group errgroup.Group
	for range 20 {
		group.Go(func() error {
			return r.ChangeNote(t.Context(), "count", func(old []byte) ([]byte, error) {
				n, _ := strconv.Atoi(string(old)) // 0 of nothing
				return strconv.AppendInt(nil, int64(n+1), 10), nil
			})
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if got, err := r.Note("count"); err != nil || string(got) != "20" {
		t.Errorf("%q, %v", got, err)
	}
	if left, err := r.Leftovers(); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestChangeNoteFails(t *testing.T) {
	dir, r := emptyCorpus(t)
	broken := errors.New("no such thing")
	err := r.ChangeNote(t.Context(), "note", func([]byte) ([]byte, error) { return []byte("x"), broken })
	if !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if err := r.ChangeNote(t.Context(), "note", func(old []byte) ([]byte, error) { return old, nil }); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "note")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a note was written: %v", err)
	}

	l := flock.New(filepath.Join(dir, "note.lock"))
	if ok, err := l.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	defer l.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err = r.ChangeNote(ctx, "note", func([]byte) ([]byte, error) { return []byte("x"), nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("while another changes it: %v", err)
	}
}
