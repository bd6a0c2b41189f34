package web

import (
	"encoding/json"
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
