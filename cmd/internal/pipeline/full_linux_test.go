package pipeline

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk mounts a file system of so many kilobytes, or skips the test where
// that is not permitted; the one of corpus/store that counts bytes stands in.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("SKIPPED: no file system can be mounted: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("unmount: %v: %s", err, out)
		}
	})
	return dir
}

func resize(t *testing.T, dir, size string) {
	t.Helper()
	if out, err := exec.Command("mount", "-o", "remount,size="+size, dir).CombinedOutput(); err != nil {
		t.Fatalf("remount: %v: %s", err, out)
	}
}

// fillUp writes a file until there is room for so many bytes only.
func fillUp(t *testing.T, path string, room int64) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	var size int64
	for block := make([]byte, 4<<10); ; {
		n, err := f.Write(block)
		size += int64(n)
		if errors.Is(err, syscall.ENOSPC) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(f.Truncate(size-room), f.Close()); err != nil {
		t.Fatal(err)
	}
}

// On a file system that is really full, tables, index and clusters fail with
// the name of a file, lose nothing, and go on when there is room.
func TestFileSystemFull(t *testing.T) {
	p, disk := newPipeline(t), smallDisk(t, "400k")
	dir := filepath.Join(disk, "corpus")
	wantFull := func(what string, err error) {
		t.Helper()
		// The index's library does not wrap the errors of the system.
		if err == nil || !strings.Contains(err.Error(), syscall.ENOSPC.Error()) || !strings.Contains(err.Error(), disk) {
			t.Fatalf("%s: %v; want no space left, and the name of a file", what, err)
		}
	}
	sum, err := p.Ingest(t.Context(), dir, generated(400), IngestOptions{BatchDocuments: 20, Fan: -1})
	wantFull("ingest", err)
	if sum.Committed == 0 {
		t.Fatalf("%+v: full too early to tell", sum)
	}
	kept := openCorpus(t, p, dir).Store().Manifest().Counts.Documents
	resize(t, disk, "64m")
	if _, err := p.Ingest(t.Context(), dir, generated(400), IngestOptions{BatchDocuments: 20, Fan: -1}); err != nil {
		t.Fatalf("ingest with room again: %v", err)
	}
	c := openCorpus(t, p, dir)
	if n := len(found(t, c, "临时党支部")); n != 400 || kept == 0 || kept > 400 {
		t.Errorf("%d articles are found, %d were kept", n, kept)
	}
	before := holdingsOf(t, c)

	fillUp(t, filepath.Join(disk, "fill"), 8<<10)
	_, err = p.Compact(t.Context(), dir, UpkeepOptions{})
	wantFull("compact", err)
	_, err = p.RebuildIndex(t.Context(), dir, UpkeepOptions{})
	wantFull("index rebuild", err)
	resize(t, disk, "128m")
	if sum, err := p.Compact(t.Context(), dir, UpkeepOptions{}); err != nil || sum.Batches != 1 {
		t.Fatalf("compact with room again: %+v, %v", sum, err)
	}
	if _, err := p.RebuildIndex(t.Context(), dir, UpkeepOptions{}); err != nil {
		t.Fatalf("index rebuild with room again: %v", err)
	}
	c = openCorpus(t, p, dir)
	if got := holdingsOf(t, c); len(got.Documents) != len(before.Documents) || len(got.Mentions) != len(before.Mentions) {
		t.Errorf("%d documents, %d mentions; before %d, %d", len(got.Documents), len(got.Mentions), len(before.Documents), len(before.Mentions))
	}
	if n := len(found(t, c, "临时党支部")); n != 400 {
		t.Errorf("%d articles are found", n)
	}
}
