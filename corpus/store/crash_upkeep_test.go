package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"jianbao/corpus/table"
)

// upkeepRun is a command that replaces batches: all in one commit, or one by
// one.
type upkeepRun struct {
	name    string
	byBatch bool
	run     func(t *testing.T, dir string, opts WriterOptions) error
}

var upkeepRuns = []upkeepRun{
	{"compact", false, func(t *testing.T, dir string, opts WriterOptions) (err error) {
		w, err := OpenWriter(t.Context(), dir, opts)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, w.Close()) }()
		return w.Compact(t.Context(), CompactOptions{}, nil)
	}},
	{"reprocess", true, func(t *testing.T, dir string, opts WriterOptions) (err error) {
		opts.Fingerprint, opts.PipelineVersion = "f2", "v2"
		w, err := OpenWriter(t.Context(), dir, opts)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, w.Close()) }()
		return rewriteAll(t, w)
	}},
	{"forget", false, func(t *testing.T, dir string, opts WriterOptions) (err error) {
		w, err := OpenWriter(t.Context(), dir, opts)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, w.Close()) }()
		return w.Forget(t.Context(), docID(3))
	}},
}

// Whichever step of an upkeep command is the last, and whether or not the power
// fails with it, the corpus holds what it held before or what it holds after
// the command, or after some batches of it, and the next run completes it.
func TestEveryCrashPointOfUpkeep(t *testing.T) {
	type kind struct {
		upkeepRun
		power bool
	}
	kinds := []kind{{upkeepRuns[0], false}} // that the others are like
	for _, u := range upkeepRuns {
		kinds = append(kinds, kind{u, true})
	}
	for _, k := range kinds {
		t.Run(fmt.Sprintf("%s, power fails %v", k.name, k.power), func(t *testing.T) {
			t.Parallel()
			crashEverywhere(t, k.upkeepRun, k.power)
		})
	}
}

func crashEverywhere(t *testing.T, u upkeepRun, power bool) {
	from := t.TempDir()
	fillBatches(t, from, 4, 2)
	before := readEverything(t, from)
	whole := copyCorpus(t, from)
	if err := u.run(t, whole, WriterOptions{Grace: -1, disk: newFaultyDisk(-1)}); err != nil {
		t.Fatal(err)
	}
	after := readEverything(t, whole)
	for steps := 0; ; steps++ {
		dir, disk := copyCorpus(t, from), newFaultyDisk(steps)
		err := u.run(t, dir, WriterOptions{Grace: -1, disk: disk})
		if err == nil {
			if steps < 20 {
				t.Errorf("the run has only %d steps: is it still through the disk?", steps)
			}
			return
		}
		if !errors.Is(err, errCrash) {
			t.Fatalf("after %d steps: %v", steps, err)
		}
		if power {
			disk.losePower(t)
		}
		closeWriter(t, mustOpen(t, dir, WriterOptions{Grace: -1, disk: newFaultyDisk(-1)}))
		checkSwept(t, dir)
		contents(t, dir)
		got := readEverything(t, dir)
		if !between(before, got, after) || !u.byBatch && !sameRows(before, got) && !sameRows(after, got) {
			t.Fatalf("after %d steps: neither the old nor the new state:\n%s", steps, gocmp.Diff(before, got))
		}
		if err := u.run(t, dir, WriterOptions{Grace: -1, disk: newFaultyDisk(-1)}); err != nil {
			t.Fatalf("the next run, after %d steps: %v", steps, err)
		}
		if got := readEverything(t, dir); !sameRows(after, got) {
			t.Fatalf("after a whole run that follows a crash after %d steps:\n%s", steps, gocmp.Diff(after, got))
		}
		checkSwept(t, dir)
	}
}

func copyCorpus(t *testing.T, from string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "corpus")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// sameRows compares all but the names and the times of batches that a run made.
func sameRows(a, b everything) bool { return reflect.DeepEqual(a.steady(), b.steady()) }

// between wants each document as it was before or as it is after.
func between(before, got, after everything) bool {
	may := make(map[string][]table.Document)
	for _, d := range slices.Concat(before.steady().Documents, after.steady().Documents) {
		may[d.DocID] = append(may[d.DocID], d)
	}
	for _, d := range got.steady().Documents {
		if !slices.ContainsFunc(may[d.DocID], func(o table.Document) bool { return reflect.DeepEqual(d, o) }) {
			return false
		}
	}
	n := len(got.Documents)
	return n == len(before.Documents) || n == len(after.Documents)
}

// steady is all without what differs from run to run: a row names the pipeline
// of its batch.
func (all everything) steady() everything {
	maker := make(map[string]string)
	out := everything{Edits: all.Edits, Sentences: all.Sentences, Sightings: all.Sightings}
	for _, b := range all.Batches {
		maker[b.BatchID] = b.Fingerprint
		out.Batches = append(out.Batches, table.Batch{Fingerprint: b.Fingerprint, Documents: b.Documents, Sightings: b.Sightings})
	}
	for _, d := range all.Documents {
		d.BatchID = maker[d.BatchID]
		out.Documents = append(out.Documents, d)
	}
	for _, m := range all.Mentions {
		m.BatchID = maker[m.BatchID]
		out.Mentions = append(out.Mentions, m)
	}
	return out
}
