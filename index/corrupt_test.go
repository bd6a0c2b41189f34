package index

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// damages are what can happen to an index directory.
var damages = []struct {
	name   string
	unseen bool // the sizes stay: it may go unnoticed, but must not panic
	spoil  func(root string) error
}{
	{"a segment is gone", false, func(root string) error { return eachSegment(root, os.Remove) }},
	{"a segment is cut", false, func(root string) error {
		return eachSegment(root, func(path string) error { return replace(path, 100) })
	}},
	{"a segment is empty", false, func(root string) error {
		return eachSegment(root, func(path string) error { return replace(path, 0) })
	}},
	{"a segment is scrambled", true, func(root string) error { return eachSegment(root, scramble) }},
	{"the root is gone", false, func(root string) error { return os.Remove(filepath.Join(root, "store", "root.bolt")) }},
	{"the root is cut", false, func(root string) error { return replace(filepath.Join(root, "store", "root.bolt"), 5000) }},
	{"the root is scrambled", true, func(root string) error { return scramble(filepath.Join(root, "store", "root.bolt")) }},
	{"the settings are gone", false, func(root string) error { return os.Remove(filepath.Join(root, "index_meta.json")) }},
	{"the settings are scrambled", true, func(root string) error { return scramble(filepath.Join(root, "index_meta.json")) }},
	{"everything is gone", false, func(root string) error { return errors.Join(os.RemoveAll(root), os.Mkdir(root, 0o755)) }},
}

func eachSegment(root string, do func(string) error) error {
	paths, err := filepath.Glob(filepath.Join(root, "store", "*.zap"))
	if len(paths) == 0 {
		return errors.Join(err, errors.New("no segments"))
	}
	for _, path := range paths {
		err = errors.Join(err, do(path))
	}
	return err
}

// scramble overwrites a file with as many bytes.
func scramble(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return replace(path, int(info.Size()))
}

// replace puts n wrong bytes in place of a file. It is a new file, since the
// old one may be linked elsewhere.
func replace(path string, n int) error {
	return errors.Join(os.Remove(path), os.WriteFile(path, bytes.Repeat([]byte{0xf7}, n), 0o644))
}

func TestDamagedGeneration(t *testing.T) {
	for _, tt := range damages {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			w := writer(t, dir, Options{})
			must(t, w.Index(t.Context(), numbered(0, 20)), w.Publish(t.Context(), 1), w.Close(),
				tt.spoil(filepath.Join(dir, "gen-1")))
			r, err := OpenReader(dir, testLanguage())
			if err == nil {
				_, err = r.Search(t.Context(), parse(t, "卡口 值守"), SearchOptions{Size: 9})
				for _, matchErr := range r.Match(t.Context(), parse(t, "卡口 值守")) {
					if matchErr != nil && !errors.Is(matchErr, ErrCorrupt) {
						t.Errorf("match: error %v, want ErrCorrupt", matchErr)
					}
				}
				must(t, r.Close())
			}
			if !errors.Is(err, ErrCorrupt) && (err == nil) != tt.unseen {
				t.Errorf("error %v, want ErrCorrupt", err)
			}
		})
	}
}

func TestDamagedLive(t *testing.T) {
	for _, tt := range damages {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			w := writer(t, dir, Options{})
			must(t, w.Index(t.Context(), numbered(0, 20)), w.Publish(t.Context(), 1), w.Close(),
				tt.spoil(filepath.Join(dir, liveName)))
			w, err := OpenWriter(dir, testLanguage(), Options{})
			behind := false // the library may still have the state before, which knows that it lacks manifest 1
			if err == nil {
				behind = w.LastManifest() == 0
				must(t, w.Close())
			}
			if !errors.Is(err, ErrCorrupt) && (err == nil) != (tt.unseen || behind) {
				t.Errorf("error %v, want ErrCorrupt", err)
			}
			if n := count(t, opened(t, dir)); n != 20 {
				t.Errorf("readers see %d documents of the generation", n)
			}
			w, err = OpenWriter(dir, testLanguage(), Options{Rebuild: true})
			must(t, err)
			must(t, w.Index(t.Context(), numbered(0, 5)), w.Publish(t.Context(), 1), w.Close())
			if n := count(t, opened(t, dir)); n != 5 {
				t.Errorf("readers see %d documents of the rebuilt index", n)
			}
		})
	}
}
