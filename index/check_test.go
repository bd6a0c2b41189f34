package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestIDs(t *testing.T) {
	dir := t.TempDir()
	w := writer(t, dir, Options{BatchDocs: 3})
	must(t, w.Index(t.Context(), numbered(0, 10)), w.Delete(t.Context(), []string{numbered(4, 5)[0].ID}), w.Publish(t.Context(), 1))
	r := opened(t, dir)
	var got, want []string
	for id, err := range r.IDs(t.Context()) {
		must(t, err)
		got = append(got, id)
	}
	for i, d := range numbered(0, 10) {
		if i != 4 {
			want = append(want, d.ID)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("ids %q, want %q", got, want)
	}
	n := 0
	for range r.IDs(t.Context()) {
		if n++; n == 2 {
			break
		}
	}
	must(t, r.Check(t.Context()))
}

// A bit that changes anywhere in a segment is found, though it opens.
func TestCheckFindsABit(t *testing.T) {
	dir := t.TempDir()
	w := writer(t, dir, Options{})
	must(t, w.Index(t.Context(), numbered(0, 20)), w.Publish(t.Context(), 1), w.Close())
	r := opened(t, dir)
	paths, err := filepath.Glob(filepath.Join(r.Path(), "store", "*"+segmentSuffix))
	must(t, err)
	whole, err := os.ReadFile(paths[0])
	must(t, err)
	for at := 0; at < len(whole); at += len(whole)/40 + 1 {
		t.Run(fmt.Sprint("byte ", at), func(t *testing.T) {
			spoiled := slices.Clone(whole)
			spoiled[at] ^= 4
			path := filepath.Join(t.TempDir(), "x"+segmentSuffix)
			must(t, os.WriteFile(path, spoiled, 0o644))
			if err := checkSegment(path); !errors.Is(err, ErrCorrupt) {
				t.Errorf("error %v, want ErrCorrupt", err)
			}
		})
	}
}
