package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// fullDisk has room for so many bytes.
type fullDisk struct {
	osDisk
	mu   sync.Mutex
	left int
}

func (d *fullDisk) Create(path string) (diskFile, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	return &fullFile{f, d}, err
}

func (d *fullDisk) SyncDir(string) error { return nil }

type fullFile struct {
	*os.File
	disk *fullDisk
}

func (f *fullFile) Sync() error { return nil }

// Write writes what there is room for, as the system does.
func (f *fullFile) Write(p []byte) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	room := min(len(p), f.disk.left)
	f.disk.left -= room
	n, err := f.File.Write(p[:room])
	if err == nil && room < len(p) {
		err = &os.PathError{Op: "write", Path: f.Name(), Err: syscall.ENOSPC}
	}
	return n, err
}

// Wherever the disk becomes full, the error names the file, what was committed
// is there, and with room again the work is done.
func TestDiskFull(t *testing.T) {
	ingestSome := upkeepRun{"ingest", true, func(t *testing.T, dir string, opts WriterOptions) (err error) {
		opts.BatchDocuments = 2
		w, err := OpenWriter(t.Context(), dir, opts)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, w.Close()) }()
		for i := range 10 {
			d, s := makeDocument(i)
			if err := w.Add(t.Context(), d, s); err != nil {
				return err
			}
		}
		return w.Commit(t.Context())
	}}
	for _, u := range append([]upkeepRun{ingestSome}, upkeepRuns...) {
		t.Run(u.name, func(t *testing.T) {
			t.Parallel()
			from := t.TempDir()
			fillBatches(t, from, 4, 2)
			before := readEverything(t, from)
			full := 0
			for room := 0; ; room += 4999 {
				dir := copyCorpus(t, from)
				err := u.run(t, dir, WriterOptions{disk: &fullDisk{left: room}})
				if err == nil {
					break
				}
				full++
				if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), filepath.Join(dir, "")) {
					t.Fatalf("with room for %d bytes: %v", room, err)
				}
				if u.name == "compact" && !sameRows(before, readEverything(t, dir)) {
					t.Fatalf("with room for %d bytes:\n%s", room, gocmp.Diff(before, readEverything(t, dir)))
				}
				if err := u.run(t, dir, WriterOptions{Grace: -1, disk: newFaultyDisk(-1)}); err != nil {
					t.Fatalf("with room again, after %d bytes: %v", room, err)
				}
				contents(t, dir)
				checkSwept(t, dir)
			}
			if full < 5 {
				t.Errorf("the disk was full %d times only", full)
			}
		})
	}
}
