package store

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// goodManifest is that of a corpus of three documents.
func goodManifest(t testing.TB) []byte {
	t.Helper()
	dir := t.TempDir()
	fill(t, dir, 3)
	data, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestDecodeManifest(t *testing.T) {
	good := string(goodManifest(t))
	var m Manifest
	if err := json.Unmarshal([]byte(good), &m); err != nil {
		t.Fatal(err)
	}
	id := m.Batches[0].ID
	for _, c := range []struct {
		name, data string
		is         error
		says       string
	}{
		{"good", good, nil, ""},
		{"empty", "", ErrDamaged, "unexpected end"},
		{"cut off", good[:len(good)/2], ErrDamaged, "unexpected end"},
		{"two of them", good + good, ErrDamaged, "after top-level value"},
		{"newer", strings.Replace(good, `"format": 1`, `"format": 2, "shiny": true`, 1), ErrNewerFormat, "format 2"},
		{"no format", "{}", ErrDamaged, "format 0"},
		{"unknown key", strings.Replace(good, `"number"`, `"shiny": 1, "number"`, 1), ErrDamaged, "shiny"},
		{"wrong counts", strings.Replace(good, `"documents": 3`, `"documents": 4`, 1), ErrDamaged, "counts"},
		{"a path for a name", strings.Replace(good, id, "../../../etc/x", 1), ErrDamaged, "not the name of a batch"},
		{"no hash", strings.Replace(good, `"sha256": "`, `"sha256": "x`, 1), ErrDamaged, "table "},
		{"other table", strings.Replace(good, `"edits": {`, `"editz": {`, 1), ErrDamaged, "table edits"},
		{"forgotten nobody", strings.Replace(good, `"number"`, `"forgotten": [{"doc_id": "x", "number": 1, "at": "2031-01-01T00:00:00Z"}], "number"`, 1), ErrDamaged, "forgotten"},
		{"forgotten in the future", strings.Replace(good, `"number"`, `"forgotten": [{"doc_id": "`+docID(0)+`", "number": 2, "at": "2031-01-01T00:00:00Z"}], "number"`, 1), ErrDamaged, "forgotten"},
		{"content of the future", strings.Replace(good, `"files"`, `"content": 2, "files"`, 1), ErrDamaged, "content 2"},
		{"live and retired", strings.Replace(good, `"number"`, `"retired": [{"id": "`+id+`", "at": "2031-01-01T00:00:00Z"}], "number"`, 1), ErrDamaged, "retired"},
	} {
		_, err := decodeManifest([]byte(c.data))
		if !errors.Is(err, c.is) || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v; want %q", c.name, err, c.says)
		}
	}
}

func FuzzDecodeManifest(f *testing.F) {
	f.Add(goodManifest(f))
	f.Add([]byte("{}"))
	f.Add([]byte(`{"format":2}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := decodeManifest(data)
		if err != nil {
			return
		}
		again, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		back, err := decodeManifest(again)
		if err != nil {
			t.Fatalf("%s: %v", again, err)
		}
		if diff := cmp.Diff(m.Counts, back.Counts); diff != "" || m.Number != back.Number {
			t.Errorf("number %d, then %d; %s", m.Number, back.Number, diff)
		}
	})
}

func TestNewerFormatChangesNothing(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 1)
	path := filepath.Join(dir, manifestFile)
	if err := os.WriteFile(path, []byte(`{"format": 99, "how": "unknown"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	before := snapshot(t, dir)
	_, reading := OpenReader(dir)
	_, writing := OpenWriter(t.Context(), dir, WriterOptions{})
	for _, err := range []error{reading, writing} {
		if !errors.Is(err, ErrNewerFormat) || !strings.Contains(err.Error(), path) {
			t.Errorf("newer format: %v", err)
		}
	}
	if diff := cmp.Diff(before, snapshot(t, dir)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
}

// rewrite changes the manifest of dir.
func rewrite(t *testing.T, dir string, change func(*Manifest)) {
	t.Helper()
	m, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	change(&m)
	if err := m.write(osDisk{}, dir); err != nil {
		t.Fatal(err)
	}
}

// retire takes the first batch out of the manifest.
func retire(m *Manifest, at time.Time) (id string) {
	b := m.Batches[0]
	m.Batches = m.Batches[1:]
	m.Retired = append(m.Retired, Retired{ID: b.ID, At: at, Until: at.Add(2 * time.Hour)})
	m.Counts = Counts{}
	for _, b := range m.Batches {
		m.Counts = m.Counts.add(b.Counts())
	}
	m.Number++
	return b.ID
}

// A reader keeps the files of its manifest for the grace period.
func TestRetiredBatchesStayForAWhile(t *testing.T) {
	dir := t.TempDir()
	w := mustOpen(t, dir, WriterOptions{BatchDocuments: 2})
	add(t, w, 0, 4)
	closeWriter(t, w)
	old, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	var id string
	rewrite(t, dir, func(m *Manifest) { id = retire(m, time.Now()) })
	closeWriter(t, mustOpen(t, dir, WriterOptions{Grace: time.Minute})) // it is who retired them that gives the grace
	n := 0
	for _, err := range old.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 4 || len(contents(t, dir)) != 2 {
		t.Errorf("the old reader sees %d documents, want 4", n)
	}

	rewrite(t, dir, func(m *Manifest) { m.Retired[0].Until = time.Now().Add(-time.Minute) })
	after := mustOpen(t, dir, WriterOptions{Grace: time.Hour})
	if _, err := os.Stat(filepath.Join(dir, batchesDir, id)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the batch outlives its grace: %v", err)
	}
	if len(after.Manifest().Retired) != 0 {
		t.Error("the batch is still listed as retired")
	}
	if after.Has(docID(0)) || !after.Has(docID(3)) {
		t.Error("the writer knows other documents than the manifest lists")
	}
}

func TestSweep(t *testing.T) {
	dir := t.TempDir()
	fill(t, dir, 2)
	batches := filepath.Join(dir, batchesDir)
	for _, name := range []string{"0000000002-0a0b0c0d", "0000000002-0a0b0c0e.tmp", "notes"} {
		if err := os.MkdirAll(filepath.Join(batches, name, "x"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, manifestFile+tmpSuffix), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	closeWriter(t, mustOpen(t, dir, WriterOptions{}))
	left, err := fileNames(batches)
	if err != nil {
		t.Fatal(err)
	}
	if len(left) != 2 || left[1] != "notes" {
		t.Errorf("in batches: %v; want the live batch and what is not ours", left)
	}
	if _, err := os.Stat(filepath.Join(dir, manifestFile+tmpSuffix)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the temporary manifest stays: %v", err)
	}
}

// An older manifest that was put back must not make the newer batches garbage.
func TestOlderManifestSweepsNothing(t *testing.T) {
	dir := t.TempDir()
	w := mustOpen(t, dir, WriterOptions{BatchDocuments: 1})
	add(t, w, 0, 1)
	old := w.Manifest()
	add(t, w, 1, 4)
	closeWriter(t, w)
	if err := old.write(osDisk{}, dir); err != nil {
		t.Fatal(err)
	}
	before := snapshot(t, dir)
	if _, err := OpenWriter(t.Context(), dir, WriterOptions{}); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "older") {
		t.Errorf("older manifest: %v", err)
	}
	if diff := cmp.Diff(before, snapshot(t, dir)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
}
