package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/index/query"
)

func writer(t testing.TB, dir string, opts Options) *Writer {
	t.Helper()
	w, err := OpenWriter(dir, testLanguage(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// numbered are documents from first to last-1 that all have 卡口 in them.
func numbered(first, last int) []Doc {
	l := testLanguage()
	var docs []Doc
	for i := first; i < last; i++ {
		docs = append(docs, testDoc(l, fmt.Sprintf("%05d", i), "日报", "卡口，"+article(uint64(i), 30)))
	}
	return docs
}

func count(t testing.TB, r *Reader) int {
	t.Helper()
	n, err := r.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func names(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func TestUpdateAndDelete(t *testing.T) {
	dir, ctx, l := t.TempDir(), t.Context(), testLanguage()
	w := writer(t, dir, Options{BatchDocs: 3})
	first := testDoc(l, "x", "", "卡口")
	second := testDoc(l, "x", "", "检查站")
	must(t, w.Index(ctx, append(numbered(0, 10), first)), w.Index(ctx, numbered(5, 12)),
		w.Index(ctx, append(append([]Doc{first}, numbered(0, 6)...), second)),
		w.Delete(ctx, []string{"00003", "00004", "nobody"}), w.Publish(ctx, 1), w.Close())
	r := opened(t, dir)
	if n := count(t, r); n != 11 {
		t.Errorf("%d documents, want 11", n)
	}
	if got := found(t, r, "检查站 -title:日报"); !cmp.Equal(got, []string{"x"}) {
		t.Errorf("the later of two documents is not found: %v", got)
	}
	if got := found(t, r, "卡口 -title:日报"); len(got) != 0 {
		t.Errorf("the earlier of two documents is found: %v", got)
	}
}

// TestSegmentDocs: merges stop at a size. (Without the bound four or fewer segments
// are left of these.)
func TestSegmentDocs(t *testing.T) {
	const docs, bound = 4000, 500
	dir := t.TempDir()
	w := writer(t, dir, Options{BatchDocs: 100, SegmentDocs: bound})
	must(t, w.Index(t.Context(), numbered(0, docs)), w.Publish(t.Context(), 1), w.Close())
	segments := 0
	must(t, eachSegment(filepath.Join(dir, liveName), func(string) error { segments++; return nil }))
	if segments < docs/bound {
		t.Errorf("%d documents are in %d segments", docs, segments)
	}
	if n := count(t, opened(t, dir)); n != docs {
		t.Errorf("%d documents, want %d", n, docs)
	}
}

func TestIndexRefusesBadDocuments(t *testing.T) {
	w := writer(t, t.TempDir(), Options{})
	good := testDoc(testLanguage(), "a", "", "卡口值守")
	tests := map[string]func(*Doc){
		"no id":           func(d *Doc) { d.ID = "" },
		"token 1":         func(d *Doc) { d.Tokens = []corpus.Token{{Start: 0, End: 6}, {Start: 7, End: 12}} },
		"token 0":         func(d *Doc) { d.Tokens = []corpus.Token{{Start: 0, End: 99}} },
		"end at byte 6":   func(d *Doc) { d.Tokens = d.Tokens[:1] },
		`named "text"`:    func(d *Doc) { d.Mentions = placed(query.Mention{Category: "text"}) },
		"at [3,2)":        func(d *Doc) { d.Mentions = []Mention{{query.Mention{Category: "branch"}, 3, 2}} },
		`named "_id"`:     func(d *Doc) { d.Mentions = placed(query.Mention{Category: "_id"}) },
		`named "branch "`: func(d *Doc) { d.Mentions = placed(query.Mention{Category: "branch "}) },
	}
	for want, spoil := range tests {
		d := good
		spoil(&d)
		if err := w.Index(t.Context(), []Doc{d}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("index a bad document: %v, want %q", err, want)
		}
	}
	must(t, w.Index(t.Context(), []Doc{good}), w.Close())
}

func TestIndexCancelled(t *testing.T) {
	w := writer(t, t.TempDir(), Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, err := range map[string]error{
		"Index":   w.Index(ctx, numbered(0, 1)),
		"Delete":  w.Delete(ctx, []string{"a"}),
		"Publish": w.Publish(ctx, 1),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a cancelled context: %v", name, err)
		}
	}
	must(t, w.Index(t.Context(), numbered(0, 1)), w.Publish(t.Context(), 1), w.Close())
}

// TestCatchUp closes a writer, and copies its files as a killed one would
// leave them, between Index and Publish.
func TestCatchUp(t *testing.T) {
	dir, ctx := t.TempDir(), t.Context()
	w := writer(t, dir, Options{})
	if n := w.LastManifest(); n != 0 {
		t.Errorf("a new index is at manifest %d", n)
	}
	must(t, w.Index(ctx, numbered(0, 10)), w.Publish(ctx, 3), w.Index(ctx, numbered(10, 30)))
	killed := filepath.Join(t.TempDir(), "killed")
	must(t, os.CopyFS(killed, os.DirFS(dir)), w.Close())
	for _, dir := range []string{dir, killed} {
		w := writer(t, dir, Options{})
		if n := w.LastManifest(); n != 3 {
			t.Errorf("reopened at manifest %d, want 3", n)
		}
		if n := count(t, opened(t, dir)); n != 10 {
			t.Errorf("readers see %d documents before Publish, want 10", n)
		}
		must(t, w.Index(ctx, numbered(10, 40)), w.Publish(ctx, 4), w.Close())
		r := opened(t, dir)
		if n := count(t, r); n != 40 || r.Generation() != 4 {
			t.Errorf("readers see %d documents of manifest %d, want 40 of 4", n, r.Generation())
		}
	}
}

func TestGenerations(t *testing.T) {
	dir, ctx := t.TempDir(), t.Context()
	if _, err := OpenReader(dir, testLanguage()); !errors.Is(err, ErrNoIndex) {
		t.Errorf("open in an empty directory: %v", err)
	}
	if _, err := OpenReader(filepath.Join(dir, "none"), testLanguage()); !errors.Is(err, ErrNoIndex) {
		t.Errorf("open in no directory: %v", err)
	}
	w := writer(t, dir, Options{})
	if _, err := Latest(dir); !errors.Is(err, ErrNoIndex) {
		t.Errorf("latest before the first Publish: %v", err)
	}
	var readers []*Reader
	for n := int64(8); n <= 11; n++ {
		must(t, w.Index(ctx, numbered(int(n), int(n)+1)), w.Publish(ctx, n))
		readers = append(readers, opened(t, dir))
	}
	if diff := cmp.Diff([]string{"gen-10", "gen-11", "live"}, names(t, dir)); diff != "" {
		t.Errorf("index directory (-want +got):\n%s", diff)
	}
	must(t, w.Publish(ctx, 11))
	if diff := cmp.Diff([]string{"gen-11", "gen-11.1", "live"}, names(t, dir)); diff != "" {
		t.Errorf("index directory after the same manifest (-want +got):\n%s", diff)
	}
	for i, r := range readers {
		if n := len(found(t, r, "卡口")); n != i+1 || r.Generation() != int64(8+i) {
			t.Errorf("reader %d of manifest %d finds %d documents", i, r.Generation(), n)
		}
	}
	for _, n := range []int64{-1, 0, 10} {
		if err := w.Publish(ctx, n); err == nil {
			t.Errorf("manifest %d was published after 11", n)
		}
	}
	must(t, w.Close())
	w = writer(t, dir, Options{Rebuild: true, Keep: 1})
	if n := count(t, opened(t, dir)); n != 4 || w.LastManifest() != 0 {
		t.Errorf("while rebuilding: %d documents, manifest %d", n, w.LastManifest())
	}
	must(t, w.Index(ctx, numbered(0, 2)), w.Publish(ctx, 5), w.Close())
	if diff := cmp.Diff([]string{"gen-5", "live"}, names(t, dir)); diff != "" {
		t.Errorf("index directory after a rollback (-want +got):\n%s", diff)
	}
	if n, err := Latest(dir); n != 5 || err != nil {
		t.Errorf("latest: %d, %v", n, err)
	}
}

// TestLinks holds that a generation costs links, not copies.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	w := writer(t, dir, Options{})
	must(t, w.Index(t.Context(), numbered(0, 50)), w.Publish(t.Context(), 1), w.Close())
	segments, err := filepath.Glob(filepath.Join(dir, "gen-1", "store", "*.zap"))
	if err != nil || len(segments) == 0 {
		t.Fatalf("segments of the generation: %v, %v", segments, err)
	}
	for _, path := range segments {
		published, err := os.Stat(path)
		must(t, err)
		live, err := os.Stat(filepath.Join(dir, liveName, "store", filepath.Base(path)))
		if err == nil && !os.SameFile(published, live) {
			t.Errorf("%s was copied", path)
		}
	}
}

func TestParseGeneration(t *testing.T) {
	for name, want := range map[string]generation{"gen-0": {}, "gen-12": {12, 0}, "gen-12.3": {12, 3}} {
		if g, ok := parseGeneration(name); !ok || g != want || g.String() != name {
			t.Errorf("%s: %v, %v", name, g, ok)
		}
	}
	for _, name := range []string{"", "gen-", "12", "gen--1", "gen-012", "gen-1.", "gen-1.0", "gen-1.-2", "gen-1.2.3", "gen-x", "live", "gen-99999999999999999999"} {
		if g, ok := parseGeneration(name); ok {
			t.Errorf("%q is taken for %v", name, g)
		}
	}
}

func TestOneWriter(t *testing.T) {
	dir := t.TempDir()
	w := writer(t, dir, Options{})
	if _, err := OpenWriter(dir, testLanguage(), Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("second writer: %v, want ErrLocked", err)
	}
	must(t, w.Index(t.Context(), numbered(0, 3)), w.Publish(t.Context(), 1))
	if n := count(t, opened(t, dir)); n != 3 {
		t.Errorf("a reader beside the writer sees %d documents", n)
	}
	must(t, w.Close(), writer(t, dir, Options{}).Close())
}

func TestStale(t *testing.T) {
	dir := t.TempDir()
	must(t, writer(t, dir, Options{}).Close())
	l := testLanguage()
	l.Version = "newer"
	if _, err := OpenWriter(dir, l, Options{}); !errors.Is(err, ErrStale) {
		t.Errorf("writer with another language: %v, want ErrStale", err)
	}
	w, err := OpenWriter(dir, l, Options{Rebuild: true})
	must(t, err)
	must(t, w.Close())
	if _, err := OpenWriter(dir, Language{}, Options{}); err == nil {
		t.Error("a writer was opened without a language")
	}
}

func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, tempPrefix+"123", "gen-9", "store"), 0o755))
	must(t, writer(t, dir, Options{}).Close())
	if diff := cmp.Diff([]string{"live"}, names(t, dir)); diff != "" {
		t.Errorf("index directory (-want +got):\n%s", diff)
	}
}

// TestConcurrently has readers open and search while a writer indexes and
// publishes; manifest n has exactly 10*n documents.
func TestConcurrently(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w := writer(t, dir, Options{BatchDocs: 4})
	must(t, w.Index(ctx, numbered(0, 10)), w.Publish(ctx, 1))
	first := opened(t, dir)
	const last = 12
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for seen := int64(0); seen < last; {
				n, err := readOnce(ctx, dir, first)
				if err != nil || n < seen {
					t.Errorf("manifest %d after %d: %v", n, seen, err)
					return
				}
				seen = n
			}
		})
	}
	var failed error
	for n := 2; n <= last && failed == nil; n++ {
		failed = errors.Join(w.Index(ctx, numbered(10*n-10, 10*n)), w.Publish(ctx, int64(n)))
	}
	if failed != nil {
		cancel() // the last manifest, for which the readers wait, will not come
	}
	wg.Wait()
	must(t, failed, w.Close())
}

// readOnce checks the newest generation and one that was opened long ago.
func readOnce(ctx context.Context, dir string, first *Reader) (int64, error) {
	r, err := OpenReader(dir, testLanguage())
	if err != nil {
		return 0, err
	}
	for _, r := range []*Reader{first, r} {
		res, err := r.Search(ctx, query.Term{Text: "卡口"}, SearchOptions{Size: 3})
		if want := 10 * int(r.Generation()); err != nil || res.Total != want {
			return 0, fmt.Errorf("%d hits in manifest %d, want %d: %w", res.Total, r.Generation(), want, err)
		}
	}
	return r.Generation(), r.Close()
}
