package store

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// badOf are the raw bytes of makeDocument(i), which failed.
func badOf(i int) Bad {
	d, s := makeDocument(i)
	sum := sha256.Sum256([]byte(d.RawText))
	return Bad{
		SHA256: hex.EncodeToString(sum[:]), Reason: "charset", Stage: "decode", Offset: 7, URI: s.URI,
		Message: "no encoding fits", Raw: []byte(d.RawText),
	}
}

func quarantineBad(t testing.TB, w *Writer, b Bad) bool {
	t.Helper()
	isNew, err := w.Quarantine(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return isNew
}

func TestQuarantine(t *testing.T) {
	dir := t.TempDir()
	bad := badOf(0)
	w := mustOpen(t, dir, WriterOptions{RunID: "r1", Fingerprint: "f1", QuarantineBytes: 10})
	if !quarantineBad(t, w, bad) {
		t.Error("the first time is not new")
	}
	before := snapshot(t, dir)
	if quarantineBad(t, w, bad) {
		t.Error("the same bytes are new again")
	}
	if diff := cmp.Diff(before, snapshot(t, dir)); diff != "" {
		t.Errorf("the same bytes changed files:\n%s", diff)
	}
	raw, err := os.ReadFile(filepath.Join(dir, quarantineDir, bad.SHA256+rawSuffix))
	if err != nil || string(raw) != string(bad.Raw[:10]) {
		t.Errorf("kept %q, %v", raw, err)
	}
	closeWriter(t, w)

	later := mustOpen(t, dir, WriterOptions{RunID: "r2", Fingerprint: "f2"})
	if !later.Quarantined(bad.SHA256, "f1") || later.Quarantined(bad.SHA256, "f2") || later.Quarantined(badOf(1).SHA256, "f1") || later.Quarantined("x", "f1") {
		t.Error("Quarantined does not tell what to retry")
	}
	if quarantineBad(t, later, bad) {
		t.Error("a retry that failed counts as new")
	}
	if !later.Quarantined(bad.SHA256, "f2") {
		t.Error("the retry is not recorded")
	}
	r, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	for got, err := range r.Quarantine(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		want := bad
		want.Raw, want.RunID, want.Fingerprint, want.At = nil, "r2", "f2", got.At
		want.Bytes, want.Kept = int64(len(bad.Raw)), int64(len(bad.Raw))
		if diff := cmp.Diff(want, got); diff != "" || got.At.IsZero() {
			t.Errorf("entry at %v (-want +got):\n%s", got.At, diff)
		}
	}
	if stats, err := r.Stats(); err != nil || stats.Quarantined != 1 {
		t.Errorf("stats %+v, %v", stats, err)
	}
}

func TestCommitSupersedesQuarantine(t *testing.T) {
	dir := t.TempDir()
	w := mustOpen(t, dir, WriterOptions{})
	quarantineBad(t, w, badOf(0))
	quarantineBad(t, w, badOf(1))
	add(t, w, 0, 1)
	if n := w.Stats().Quarantined; n != 2 {
		t.Errorf("%d in quarantine before the commit, want 2", n)
	}
	commit(t, w)
	left, err := fileNames(filepath.Join(dir, quarantineDir))
	if err != nil {
		t.Fatal(err)
	}
	sha := badOf(1).SHA256
	if diff := cmp.Diff([]string{sha + ".json", sha + ".raw"}, left); diff != "" {
		t.Error(diff)
	}
}

func TestQuarantineRefuses(t *testing.T) {
	w := mustOpen(t, t.TempDir(), WriterOptions{})
	for _, sha := range []string{"", "../../x", strings.Repeat("G", 64)} {
		if _, err := w.Quarantine(t.Context(), Bad{SHA256: sha}); err == nil {
			t.Errorf("%q is taken for a hash", sha)
		}
	}
}
