package cluster

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func runBytes(t testing.TB, articles []article) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteRun(&b, items(articles)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func writeBytes(t testing.TB, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "run")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A merged run must be that of all documents at once, but for the places of the
// documents.
func TestMergeRuns(t *testing.T) {
	articles := world(21, 20, 5)
	half := len(articles) / 2
	paths := []string{writeTestRun(t, articles[:half]), writeTestRun(t, nil), writeTestRun(t, articles[half:])}
	var merged bytes.Buffer
	if err := MergeRuns(t.Context(), &merged, paths); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(merged.Bytes(), runBytes(t, articles)) {
		t.Error("the merged run differs from one of all documents")
	}
}

// Whatever byte of a run is changed and wherever it is cut, it must be refused.
func TestDamagedRun(t *testing.T) {
	articles := world(22, 2, 3)
	good := runBytes(t, articles)
	group := func(b []byte) error {
		_, err := GroupRuns(t.Context(), []string{writeBytes(t, b)}, textsOf(articles), Options{Dir: t.TempDir()})
		return err
	}
	if err := group(good); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(good); i += 1 + i/40 {
		bad := slices.Clone(good)
		bad[i] ^= 0x10
		if err := group(bad); !errors.Is(err, ErrRun) {
			t.Errorf("byte %d changed: %v", i, err)
		}
		if err := group(good[:i]); !errors.Is(err, ErrRun) {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
	if err := group(append(slices.Clone(good), 0)); !errors.Is(err, ErrRun) {
		t.Errorf("a byte too many: %v", err)
	}
	if _, err := GroupRuns(t.Context(), []string{filepath.Join(t.TempDir(), "none")}, textsOf(nil), Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

var errFull = errors.New("disk full")

// fullWriter takes n bytes.
type fullWriter struct{ n int }

func (w *fullWriter) Write(b []byte) (int, error) {
	if len(b) > w.n {
		return w.n, errFull
	}
	w.n -= len(b)
	return len(b), nil
}

func TestWriteFails(t *testing.T) {
	articles := world(23, 3, 3)
	path := writeTestRun(t, articles)
	result, _ := groupAll(t, articles, Options{})
	for name, c := range map[string]struct {
		size  int
		write func(io.Writer) error
	}{
		"run":    {len(runBytes(t, articles)), func(w io.Writer) error { return WriteRun(w, items(articles)) }},
		"merged": {len(runBytes(t, articles)), func(w io.Writer) error { return MergeRuns(t.Context(), w, []string{path}) }},
		"pairs":  {16 + pairBytes*result.Pairs.Len() + 4, func(w io.Writer) error { _, err := result.Pairs.WriteTo(w); return err }},
	} {
		if err := c.write(&fullWriter{c.size}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for n := range c.size {
			if err := c.write(&fullWriter{n}); !errors.Is(err, errFull) {
				t.Fatalf("%s: room for %d of %d bytes: %v", name, n, c.size, err)
			}
		}
	}
}

func TestWriteRunOfBadItems(t *testing.T) {
	errBroken := errors.New("broken")
	var broken iter.Seq2[Item, error] = func(yield func(Item, error) bool) { yield(Item{}, errBroken) }
	if err := WriteRun(io.Discard, broken); !errors.Is(err, errBroken) {
		t.Error(err)
	}
	if err := WriteRun(io.Discard, values([]Item{{DocID: "x"}})); !errors.Is(err, ErrItem) {
		t.Error(err)
	}
}

func TestReadPairs(t *testing.T) {
	articles := world(24, 10, 10)
	result, _ := groupAll(t, articles, Options{})
	var b bytes.Buffer
	if _, err := result.Pairs.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	good := b.Bytes()
	if p, err := ReadPairs(bytes.NewReader(good)); err != nil || !slices.Equal(p.sorted, result.Pairs.sorted) || p.Len() == 0 {
		t.Fatalf("%d pairs came back of %d: %v", p.Len(), result.Pairs.Len(), err)
	}
	for i := range good {
		bad := slices.Clone(good)
		bad[i] ^= 0x10
		if _, err := ReadPairs(bytes.NewReader(bad)); !errors.Is(err, ErrPairs) {
			t.Errorf("byte %d changed: %v", i, err)
		}
		if _, err := ReadPairs(bytes.NewReader(good[:i])); !errors.Is(err, ErrPairs) {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
	capped, _ := groupAll(t, articles, Options{MaxPairs: 3})
	if n := capped.Pairs.Len(); n != 3 {
		t.Errorf("%d pairs, not 3", n)
	}
}

// A file that passes its checksums may still say anything; it must not break
// the grouping.
func FuzzGroupRuns(f *testing.F) {
	articles := world(25, 2, 2)
	f.Add(runBytes(f, articles))
	f.Add(runBytes(f, nil))
	f.Add([]byte(runMagic))
	f.Fuzz(func(t *testing.T, b []byte) {
		result, err := GroupRuns(t.Context(), []string{writeBytes(t, b)}, textsOf(articles), Options{Dir: t.TempDir()})
		if err != nil {
			if !errors.Is(err, ErrRun) && !errors.Is(err, ErrItem) && !errors.Is(err, ErrNoText) {
				t.Fatal(err)
			}
			return
		}
		if rows := slices.Collect(result.Rows()); len(rows) != result.Stats.Documents {
			t.Fatalf("%d rows of %d documents", len(rows), result.Stats.Documents)
		}
	})
}

func FuzzReadPairs(f *testing.F) {
	f.Add([]byte(pairsMagic))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ReadPairs(bytes.NewReader(b))
		if err != nil {
			if !errors.Is(err, ErrPairs) {
				t.Fatal(err)
			}
			return
		}
		var out bytes.Buffer
		if _, err := p.WriteTo(&out); err != nil || !bytes.HasPrefix(b, out.Bytes()) {
			t.Fatalf("%d bytes came back as %d: %v", len(b), out.Len(), err)
		}
	})
}
