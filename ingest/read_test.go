package ingest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
)

// outcome is one line for each thing that a stream yields.
func outcome(t *testing.T, opts Options, in string, paths ...string) []string {
	t.Helper()
	var out []string
	for raw, err := range Read(t.Context(), opts, strings.NewReader(in), paths...) {
		out = append(out, describe(raw, err))
	}
	return out
}

func describe(raw *corpus.Raw, err error) string {
	var bad *Bad
	switch {
	case errors.As(err, &bad):
		return "bad " + bad.URI + " " + string(bad.Reason)
	case err != nil:
		return "error " + err.Error()
	}
	return string(raw.Media) + " " + raw.URI + " " + string(raw.Bytes)
}

func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestReadFolder(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"b.txt": "乙", "a/c.html": "<p>丙", "a/d.txt": "丁", ".hidden": "x", ".git/x.txt": "x",
		"e.txt": " \n\t", "f.bin": "\x00\x01", "page": "<!DOCTYPE html><p>己",
		"list.jsonl": `{"text":"庚","url":"http://a.example/1"}` + "\n\n" + `{"text":7}` + "\n" + `nonsense` + "\n" + `{"content":"辛"}`,
	})
	if err := os.Symlink(filepath.Join(dir, "b.txt"), filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"html a/c.html <p>丙",
		"text a/d.txt 丁",
		"text b.txt 乙",
		"bad e.txt empty",
		"bad f.bin binary",
		"text http://a.example/1 庚",
		"bad list.jsonl no_text",
		"bad list.jsonl not_json",
		"text list.jsonl#5 辛",
		"html page <!DOCTYPE html><p>己",
	}
	if diff := cmp.Diff(want, outcome(t, Options{}, "", dir)); diff != "" {
		t.Error(diff)
	}
}

func TestReadStdin(t *testing.T) {
	for in, want := range map[string][]string{
		"一篇文章":       {"text stdin 一篇文章"},
		"<html><p>页": {"html stdin <html><p>页"},
		`{"text":"甲","id":3}` + "\n" + `{"text":"乙"}`: {"text stdin#1 甲", "text stdin#2 乙"},
		"": {"bad stdin empty"},
	} {
		if diff := cmp.Diff(want, outcome(t, Options{}, in, Stdin)); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
}

func TestReadRefusesBeforeItBegins(t *testing.T) {
	dir := writeFiles(t, map[string]string{"a.txt": "甲"})
	empty := t.TempDir()
	for _, c := range []struct {
		paths []string
		want  error
	}{
		{[]string{dir, filepath.Join(dir, "missing")}, fs.ErrNotExist},
		{[]string{empty}, ErrNoDocuments},
	} {
		var got error
		for raw, err := range Read(t.Context(), Options{}, nil, c.paths...) {
			if raw != nil {
				t.Errorf("%v: a document was read", c.paths)
			}
			got = err
		}
		if !errors.Is(got, c.want) {
			t.Errorf("%v: %v, want %v", c.paths, got, c.want)
		}
	}
}

func TestLimits(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"a.txt":   strings.Repeat("长", 20),
		"b.jsonl": `{"text":"` + strings.Repeat("x", 100) + `"}` + "\n" + `{"text":"短"}`,
	})
	want := []string{"bad a.txt too_large", "bad b.jsonl line_too_long", "text b.jsonl#2 短"}
	if diff := cmp.Diff(want, outcome(t, Options{MaxDocument: 30, MaxLine: 64}, "", dir)); diff != "" {
		t.Error(diff)
	}
}

func TestRecordFields(t *testing.T) {
	line := `{"id":{"n":1},"内容":"正文","title":"题","发表时间":"2020-03-20","source":"报","url":"http://a.example/","lang":"zh","date":5}`
	var raws []*corpus.Raw
	for raw, err := range Read(t.Context(), Options{Format: JSONL}, strings.NewReader(line), Stdin) {
		if err != nil {
			t.Fatal(err)
		}
		raws = append(raws, raw)
	}
	want := &corpus.Raw{
		Bytes: []byte("正文"), Media: corpus.Text, UTF8: true, URI: "http://a.example/", Container: "stdin",
		InputID: []byte(`{"n":1}`), Hints: corpus.Hints{Title: "题", Source: "报", Published: "2020-03-20"},
		Record: []byte(`{"lang":"zh","date":5}`),
	}
	if diff := cmp.Diff([]*corpus.Raw{want}, raws); diff != "" {
		t.Error(diff)
	}
}

func TestBadNamesThePlace(t *testing.T) {
	in := `{"text":"甲"}` + "\n" + `{"text": oops}`
	var bad *Bad
	for _, err := range Read(t.Context(), Options{Format: JSONL}, strings.NewReader(in), Stdin) {
		if err != nil && !errors.As(err, &bad) {
			t.Fatal(err)
		}
	}
	if bad == nil || bad.Line != 2 || bad.Offset != int64(len(`{"text":"甲"}`+"\n")+9) || !strings.HasPrefix(bad.Error(), "stdin:2: read: not_json: ") {
		t.Errorf("%+v: %v", bad, bad)
	}
}

func TestReadStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	fsys := fstest.MapFS{"a.txt": {Data: []byte("甲")}, "b.txt": {Data: []byte("乙")}, "c.txt": {Data: []byte("丙")}}
	var got []string
	for raw, err := range FS(ctx, Options{}, fsys) {
		got = append(got, describe(raw, err))
		cancel()
	}
	if diff := cmp.Diff([]string{"text a.txt 甲", "error context canceled"}, got); diff != "" {
		t.Error(diff)
	}
}
