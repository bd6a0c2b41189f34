package store

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var errCrash = errors.New("crash")

// faultyDisk is the file system up to a certain step; that step and all later
// ones fail, as if the process had died. It remembers what was not synced, and
// can lose it as a power failure would. It never waits for the real disk.
type faultyDisk struct {
	osDisk
	left int // steps before the crash; negative: there is none

	names    []change        // not yet synced, oldest first
	unsynced map[string]bool // files whose content is not on disk
}

// change is a name in a directory that a power failure takes back.
type change struct {
	path string
	from string  // what was renamed to path; empty when path was created
	old  *[]byte // the file that the renaming replaced
}

func (c change) undo() error {
	if c.from == "" {
		return os.RemoveAll(c.path)
	}
	if err := os.Rename(c.path, c.from); err != nil || c.old == nil {
		return err
	}
	return os.WriteFile(c.path, *c.old, 0o600)
}

func newFaultyDisk(steps int) *faultyDisk {
	return &faultyDisk{left: steps, unsynced: make(map[string]bool)}
}

func (d *faultyDisk) step() error {
	if d.left == 0 {
		return errCrash
	}
	d.left--
	return nil
}

func (d *faultyDisk) MkdirAll(path string) error {
	if err := d.step(); err != nil {
		return err
	}
	if _, err := os.Stat(path); err != nil {
		d.names = append(d.names, change{path: path})
	}
	return d.osDisk.MkdirAll(path)
}

func (d *faultyDisk) Mkdir(path string) error {
	if err := d.step(); err != nil {
		return err
	}
	d.names = append(d.names, change{path: path})
	return d.osDisk.Mkdir(path)
}

func (d *faultyDisk) Create(path string) (diskFile, error) {
	if err := d.step(); err != nil {
		return nil, err
	}
	d.names = append(d.names, change{path: path})
	d.unsynced[path] = true
	f, err := d.osDisk.Create(path)
	return &faultyFile{diskFile: f, disk: d, path: path}, err
}

func (d *faultyDisk) Rename(from, to string) error {
	if err := d.step(); err != nil {
		return err
	}
	c := change{path: to, from: from}
	if old, err := os.ReadFile(to); err == nil {
		c.old = &old
	}
	d.move(from, to)
	d.names = append(d.names, c)
	return d.osDisk.Rename(from, to)
}

// move follows what is not synced to its new place. The creation of from itself
// needs no undoing any more: that of its renaming comes first and is enough, for
// what it leaves is a temporary.
func (d *faultyDisk) move(from, to string) {
	for path := range maps.Clone(d.unsynced) {
		if rest, ok := strings.CutPrefix(path, from); ok {
			delete(d.unsynced, path)
			d.unsynced[to+rest] = true
		}
	}
	var names []change
	for _, c := range d.names {
		if c.path == from {
			continue
		}
		if rest, ok := strings.CutPrefix(c.path, from); ok {
			c.path = to + rest
		}
		names = append(names, c)
	}
	d.names = names
}

func (d *faultyDisk) RemoveAll(path string) error {
	if err := d.step(); err != nil {
		return err
	}
	return d.osDisk.RemoveAll(path)
}

func (d *faultyDisk) SyncDir(path string) error {
	if err := d.step(); err != nil {
		return err
	}
	var rest []change
	for _, c := range d.names {
		if filepath.Dir(c.path) != path {
			rest = append(rest, c)
		}
	}
	d.names = rest
	return nil
}

// losePower takes back what was not synced: contents are cut in half, names
// disappear.
func (d *faultyDisk) losePower(t *testing.T) {
	t.Helper()
	for path := range d.unsynced {
		info, err := os.Stat(path)
		if err == nil {
			err = os.Truncate(path, info.Size()/2)
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	for _, c := range slices.Backward(d.names) {
		if err := c.undo(); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

type faultyFile struct {
	diskFile
	disk    *faultyDisk
	path    string
	written bool
}

// Write is a step the first time, and writes half when it fails.
func (f *faultyFile) Write(p []byte) (int, error) {
	if !f.written {
		f.written = true
		if err := f.disk.step(); err != nil {
			n, _ := f.diskFile.Write(p[:len(p)/2])
			return n, err
		}
	}
	return f.diskFile.Write(p)
}

func (f *faultyFile) Sync() error {
	if err := f.disk.step(); err != nil {
		return err
	}
	delete(f.disk.unsynced, f.path)
	return nil
}

// crashBatch is how many documents a run brings.
const crashBatch = 3

// outcome is what a run was told to be safe.
type outcome struct {
	documents   []string
	quarantined bool
}

// ingestAll is a run: one bad document, then a batch with a document that was
// in quarantine.
func ingestAll(t *testing.T, dir string, d disk) (safe outcome, err error) {
	t.Helper()
	opts := WriterOptions{disk: d, OnCommit: func(_ context.Context, c Committed) error {
		safe.documents = append(safe.documents, c.DocIDs...)
		return nil
	}}
	w, err := OpenWriter(t.Context(), dir, opts)
	if err != nil {
		return safe, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if _, err := w.Quarantine(t.Context(), badOf(100)); err != nil {
		return safe, err
	}
	safe.quarantined = true
	for i := range crashBatch {
		d, s := makeDocument(i)
		if err := w.Add(t.Context(), d, s); err != nil {
			return safe, err
		}
	}
	return safe, w.Commit(t.Context())
}

func ids(n int) []string {
	var list []string
	for i := range n {
		list = append(list, docID(i))
	}
	return list
}

// start is the state before a run.
type start struct {
	dir       string
	documents map[string]bool
}

// newStart is a corpus where document 1 is in quarantine, or an empty
// directory: then the creation of the corpus is a part of the run.
func newStart(t *testing.T, empty bool) start {
	t.Helper()
	s := start{t.TempDir(), make(map[string]bool)}
	if empty {
		return s
	}
	w := mustOpen(t, s.dir, WriterOptions{disk: newFaultyDisk(-1)})
	quarantineBad(t, w, badOf(1))
	add(t, w, 50, 52)
	commit(t, w)
	closeWriter(t, w)
	s.documents = contents(t, s.dir)
	return s
}

// Whichever step is the last, and whether or not the power fails with it, the
// corpus is in the state before a batch or after it, never between, and the
// next run completes it.
func TestEveryCrashPoint(t *testing.T) {
	for _, c := range []struct {
		name         string
		empty, power bool
	}{
		{"first run, power fails", true, true},
		{"later run, process dies", false, false},
		{"later run, power fails", false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			from := newStart(t, c.empty)
			steps := 0
			for crashAfter(t, from, steps, c.power) {
				steps++
			}
			if steps < 30 {
				t.Errorf("the run has only %d steps: is it still through the disk?", steps)
			}
		})
	}
}

// crashAfter reports whether the run crashed at all.
func crashAfter(t *testing.T, from start, steps int, power bool) bool {
	t.Helper()
	dir, before := filepath.Join(t.TempDir(), "corpus"), from.documents
	if err := os.CopyFS(dir, os.DirFS(from.dir)); err != nil {
		t.Fatal(err)
	}
	disk := newFaultyDisk(steps)
	safe, err := ingestAll(t, dir, disk)
	if err == nil {
		checkComplete(t, dir, before)
		return false
	}
	if !errors.Is(err, errCrash) {
		t.Fatalf("after %d steps: %v", steps, err)
	}
	if power {
		disk.losePower(t)
	}
	w := mustOpen(t, dir, WriterOptions{disk: newFaultyDisk(-1)})
	if bad := badOf(100); safe.quarantined && !w.Quarantined(bad.SHA256, "") {
		t.Fatalf("after %d steps: the bad document is not in quarantine", steps)
	}
	closeWriter(t, w)
	checkSwept(t, dir)
	checkState(t, contents(t, dir), before, safe.documents, steps)

	if _, err := ingestAll(t, dir, newFaultyDisk(-1)); err != nil {
		t.Fatalf("the next run, after %d steps: %v", steps, err)
	}
	checkComplete(t, dir, before)
	return true
}

// checkState wants all that was acknowledged, and of the rest either a whole
// batch or nothing.
func checkState(t *testing.T, got, before map[string]bool, acknowledged []string, steps int) {
	t.Helper()
	old := maps.Clone(before)
	for _, id := range acknowledged {
		old[id] = true
	}
	next := maps.Clone(old)
	for _, id := range ids(crashBatch) {
		next[id] = true
	}
	if !maps.Equal(got, old) && !maps.Equal(got, next) {
		t.Fatalf("after %d steps with %d acknowledged: neither the old nor the new state:\n%s", steps, len(acknowledged), cmp.Diff(old, got))
	}
}

func checkComplete(t *testing.T, dir string, before map[string]bool) {
	t.Helper()
	want := maps.Clone(before)
	for _, id := range ids(crashBatch) {
		want[id] = true
	}
	if diff := cmp.Diff(want, contents(t, dir)); diff != "" {
		t.Fatalf("after a whole run (-want +got):\n%s", diff)
	}
	r, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	if stats, err := r.Stats(); err != nil || stats.Quarantined != 1 {
		t.Fatalf("after a whole run: %+v, %v; want one in quarantine", stats, err)
	}
	checkSwept(t, dir)
}

// checkSwept wants nothing in dir but what is live.
func checkSwept(t *testing.T, dir string) {
	t.Helper()
	m, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	live := make(map[string]bool)
	for _, b := range m.Batches {
		live[b.ID] = true
	}
	names, err := fileNames(filepath.Join(dir, batchesDir))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !live[name] {
			t.Fatalf("batches/%s is left", name)
		}
	}
	for path := range snapshot(t, dir) {
		if strings.HasSuffix(path, tmpSuffix) {
			t.Fatalf("%s is left", path)
		}
	}
}
