package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/store"
	"jianbao/ingest"
)

// spoiledCorpus has several batches and a quarantine with several reasons.
func spoiledCorpus(t *testing.T) (*pipeline.Pipeline, string) {
	t.Helper()
	_, p, err := makeCorpus()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "corpus")
	for i := range 5 {
		files := fstest.MapFS{fmt.Sprintf("good-%d.txt", i): {Data: fmt.Appendf(nil, "甲%d县有党支部3个，干部5名，都在防汛一线。", i)}}
		for j := range 6 {
			files[fmt.Sprintf("empty-%d-%d.txt", i, j)] = &fstest.MapFile{Data: []byte(strings.Repeat(" ", 6*i+j+1))}
			files[fmt.Sprintf("evil\u202e<b>%d-%d.jsonl", i, j)] = &fstest.MapFile{Data: []byte("{oops <script>alert(1)</script>\x1b")}
		}
		run := pipeline.IngestOptions{RunID: fmt.Sprint("run", i), Log: slog.New(slog.DiscardHandler)}
		if _, err := p.Ingest(t.Context(), dir, ingest.FS(t.Context(), ingest.Options{}, files), run); err != nil {
			t.Fatal(err)
		}
	}
	return p, dir
}

// walk follows the cursors of an address and returns what each item of a list
// has under a name.
func walk(t *testing.T, address, list, name string) []string {
	t.Helper()
	var all []string
	for next, pages := "", 0; ; pages++ {
		a := get(t, address+"&cursor="+next)
		a.want(t, 200)
		var page map[string]json.RawMessage
		var items []map[string]any
		if err := json.Unmarshal([]byte(a.text), &page); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(page[list], &items); err != nil {
			t.Fatal(err)
		}
		for _, item := range items {
			all = append(all, fmt.Sprint(item[name]))
		}
		next = ""
		if page["next"] == nil {
			return all
		}
		if err := json.Unmarshal(page["next"], &next); err != nil || pages > 99 {
			t.Fatalf("after %d pages: %v", pages, err)
		}
	}
}

func TestCorpusAPIPages(t *testing.T) {
	p, dir := spoiledCorpus(t)
	s, h := serveDir(t, p, dir, nil)
	var want []string
	c := s.library.borrow()
	defer c.giveBack()
	for _, b := range c.Store().Manifest().Batches {
		want = append(want, b.ID)
	}
	slices.Reverse(want)
	for _, limit := range []string{"1", "2", "5", "100"} {
		if got := walk(t, h.URL+"/api/v1/batches?limit="+limit, "batches", "batch_id"); !slices.Equal(got, want) {
			t.Errorf("batches by %s: %q, want %q", limit, got, want)
		}
		for reason, n := range map[string]int{"": 60, "empty": 30, "not_json": 30, "bomb": 0} {
			got := walk(t, h.URL+"/api/v1/quarantine?limit="+limit+"&reason="+reason, "entries", "sha256")
			if limit == "1" && reason == "" {
				continue // 60 pages are enough once
			}
			if len(got) != n || !slices.IsSorted(got) || len(slices.Compact(got)) != n {
				t.Errorf("quarantine of %q by %s: %d entries, want %d", reason, limit, len(got), n)
			}
		}
	}
}

// A page looks at so many entries and no more; the next goes on behind them.
func TestQuarantineIsBounded(t *testing.T) {
	all := func(yield func(store.Bad, error) bool) {
		for i := range 10 {
			var err error
			if i == 3 {
				err = errors.New("damaged")
			}
			if !yield(store.Bad{SHA256: fmt.Sprint(i), Reason: fmt.Sprint("r", i%2)}, err) {
				return
			}
		}
	}
	odd := func(b *store.Bad) bool { return b.Reason != "r0" }
	tests := []struct {
		limit, most, entries int
		next                 string
	}{{100, 100, 5, ""}, {100, 10, 5, ""}, {100, 9, 4, "8"}, {100, 1, 0, "0"}, {2, 100, 2, "3"}, {5, 100, 5, ""}}
	for _, tt := range tests {
		page, err := badPageOf(all, tt.limit, tt.most, odd)
		if err != nil || len(page.Entries) != tt.entries || page.Next != tt.next {
			t.Errorf("%+v: %d entries, next %q, %v", tt, len(page.Entries), page.Next, err)
		}
		if len(page.Entries) > 1 && (page.Entries[1].Reason != pipeline.Damaged || page.Entries[1].Message != "damaged") {
			t.Errorf("%+v: the damaged entry is %+v", tt, page.Entries[1])
		}
	}
	if _, err := badPageOf(func(yield func(store.Bad, error) bool) { yield(store.Bad{}, errors.New("no directory")) }, 1, 1, odd); err == nil {
		t.Error("a quarantine that cannot be read is an empty one")
	}
}

func TestQuarantineOnThePage(t *testing.T) {
	p, dir := spoiledCorpus(t)
	_, h := serveDir(t, p, dir, nil)
	all := get(t, h.URL+"/corpus?lang=en")
	all.want(t, 200, "1–20 / 60", "no JSON object", "<code>not_json</code>", "60 documents are in quarantine.", "[U&#43;202E]&lt;b&gt;")
	for _, bad := range []string{"<script>", "<b>", "\x1b", "\u202e"} {
		if strings.Contains(all.text, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	some := get(t, h.URL+"/corpus?lang=en&reason=empty&bad=2")
	some.want(t, 200, "21–30 / 30", `aria-current="true"`, "Previous page")
	if strings.Contains(some.text, "[U&#43;202E]&lt;b&gt;") {
		t.Error("an entry of another reason is listed")
	}
	get(t, h.URL+"/corpus?lang=en&reason="+url.QueryEscape("<b>")).want(t, 200, "No entry is so.", "&lt;b&gt;")
	get(t, h.URL+"/corpus?lang=zh").want(t, 200, "不是JSON对象", "增长", "隔离区")
}

// What the quick check finds stands on the page.
func TestHealth(t *testing.T) {
	p, dir := spoiledCorpus(t)
	_, h := serveDir(t, p, dir, nil)
	get(t, h.URL+"/corpus?lang=en").want(t, 200, "The quick check finds nothing wrong", "5 articles, committed from")
	clusters := filepath.Join(dir, "clusters.parquet")
	if err := os.Truncate(clusters, 10); err != nil {
		t.Fatal(err)
	}
	get(t, h.URL+"/corpus?lang=en").want(t, 200, "The quick check finds", "clusters.parquet: ", "The counts cannot be read.")
}

// An index that does not open keeps nobody from seeing why.
func TestHealthWithoutAnIndex(t *testing.T) {
	p, dir := spoiledCorpus(t)
	index, err := filepath.Glob(filepath.Join(dir, "index", "gen-*", "generation.json"))
	if err != nil || len(index) == 0 {
		t.Fatal(index, err)
	}
	for _, path := range index {
		if err := os.Remove(path); err != nil { // a link to other generations must not change
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("{"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, h := serveDir(t, p, dir, nil)
	get(t, h.URL+"/corpus?lang=en").want(t, 200, "The quick check finds", "index/", "The counts cannot be read.", "Batches")
}
