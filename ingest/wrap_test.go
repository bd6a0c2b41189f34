package ingest

import (
	"archive/tar"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const twoLines = `{"text":"甲"}` + "\n" + `{"text":"乙","url":"http://b.example/"}` + "\n"

// TestWrappers reads each format under each wrapper, from a file and from a
// stream.
func TestWrappers(t *testing.T) {
	web := fixture(t, "web.parquet")
	archive := warcRecord("response", "http://a.example/", httpPage("<p>甲", "Content-Type: text/html"))
	formats := []struct {
		ext, bytes string
		want       []string // with the name of the file as %
	}{
		{".txt", "一篇", []string{"text % 一篇"}},
		{".html", "<p>页", []string{"html % <p>页"}},
		{".jsonl", twoLines, []string{"text %#1 甲", "text http://b.example/ 乙"}},
		{".warc", archive, []string{"html http://a.example/ <p>甲"}},
		{".wet", warcRecord("conversion", "http://a.example/", "甲"), []string{"text http://a.example/ 甲"}},
		{".parquet", web, []string{"text %#1 甲", "text http://b.example/ 乙"}},
	}
	for _, f := range formats {
		for _, w := range []struct{ ext, bytes, name string }{
			{"", f.bytes, "x" + f.ext},
			{".gz", gz(t, f.bytes), "x" + f.ext + ".gz"},
			{".gz", gz(t, f.bytes[:5], f.bytes[5:]), "x" + f.ext + ".gz"},
			{".zst", zst(t, f.bytes), "x" + f.ext + ".zst"},
			{".tar", tarball(t, entry{name: "y" + f.ext, text: f.bytes}), "x" + f.ext + ".tar!/y" + f.ext},
			{".tar.gz", gz(t, tarball(t, entry{name: "./d/y" + f.ext, text: f.bytes})), "x" + f.ext + ".tar.gz!/d/y" + f.ext},
			{".tar.zst", zst(t, tarball(t, entry{name: "y" + f.ext + ".gz", text: gz(t, f.bytes)})), "x" + f.ext + ".tar.zst!/y" + f.ext + ".gz"},
			{".zip", zipped(t, entry{name: `d\y` + f.ext, text: f.bytes}), "x" + f.ext + ".zip!/d/y" + f.ext},
		} {
			var want []string
			for _, line := range f.want {
				want = append(want, strings.ReplaceAll(line, "%", w.name))
			}
			dir := writeFiles(t, map[string]string{"x" + f.ext + w.ext: w.bytes})
			if diff := cmp.Diff(want, outcome(t, Options{}, "", dir)); diff != "" {
				t.Errorf("%s%s: %s", f.ext, w.ext, diff)
			}
			for i := range want {
				want[i] = strings.Replace(want[i], "x"+f.ext+w.ext, "stdin", 1)
			}
			if f.ext == ".txt" || f.ext == ".html" && w.ext != "" && !strings.Contains(w.name, "!") || f.ext == ".html" && w.ext == "" {
				continue // stdin has no name that tells a fragment of a page from a text
			}
			if diff := cmp.Diff(want, fromStdin(t, Options{}, w.bytes)); diff != "" {
				t.Errorf("stdin, %s%s: %s", f.ext, w.ext, diff)
			}
		}
	}
}

// archiveEntries are members of all kinds; archiveWant is what comes of them.
func archiveEntries(t testing.TB) []entry {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("简报/第一期.txt")
	if err != nil {
		t.Fatal(err)
	}
	return []entry{
		{name: "b.txt", text: "乙"},
		{name: "a.txt", text: "甲"},
		{name: "../up.txt", text: "x"},
		{name: "d/../../up.txt", text: "x"},
		{name: "/etc/abs.txt", text: "x"},
		{name: `C:\drive.txt`, text: "x"},
		{name: `d\..\..\up.txt`, text: "x"},
		{name: ".hidden", text: "x"},
		{name: "__MACOSX/._a.txt", text: "x"},
		{name: "link.txt", text: "/etc/passwd", kind: tar.TypeSymlink},
		{name: "in.zip", text: zipped(t, entry{name: "c.txt", text: "丙"})},
		{name: "in.tar.gz", text: gz(t, tarball(t, entry{name: "c.txt", text: "丙"}))},
		{name: "twice.gz", text: gz(t, gz(t, "x"))},
		{name: "scan.jpg", text: "\xff\xd8\xff\xe0 a picture"},
		{name: gbk, text: "丁"},
		{name: "lines.jsonl", text: twoLines},
	}
}

func archiveWant(uri string) (want []string) {
	for _, line := range []string{
		"text %b.txt 乙", "text %a.txt 甲", "bad %../up.txt unsafe_name", "bad %d/../../up.txt unsafe_name", "bad %/etc/abs.txt unsafe_name",
		"bad %C:/drive.txt unsafe_name", "bad %d/../../up.txt unsafe_name", "bad %link.txt special_file", "bad %in.zip nested", "bad %in.tar.gz nested",
		"bad %twice.gz nested", "bad %scan.jpg binary", "text %简报/第一期.txt 丁", "text %lines.jsonl#1 甲", "text http://b.example/ 乙",
	} {
		want = append(want, strings.ReplaceAll(line, "%", uri+"!/"))
	}
	return want
}

func TestArchives(t *testing.T) {
	entries := archiveEntries(t)
	if diff := cmp.Diff(archiveWant("stdin"), fromStdin(t, Options{}, tarball(t, entries...))); diff != "" {
		t.Errorf("tar: %s", diff)
	}
	if diff := cmp.Diff(archiveWant("stdin"), fromStdin(t, Options{}, zipped(t, entries...))); diff != "" {
		t.Errorf("zip: %s", diff)
	}
	tarOnly := tarball(t, entry{name: "hard.txt", text: "b.txt", kind: tar.TypeLink}, entry{name: "dev", kind: tar.TypeChar},
		entry{name: "fifo", kind: tar.TypeFifo}, entry{name: "d/", kind: tar.TypeDir}, entry{name: "a.txt", text: "甲"})
	want := []string{"bad stdin!/hard.txt special_file", "bad stdin!/dev special_file", "bad stdin!/fifo special_file", "text stdin!/a.txt 甲"}
	if diff := cmp.Diff(want, fromStdin(t, Options{}, tarOnly)); diff != "" {
		t.Errorf("tar: %s", diff)
	}
	if diff := cmp.Diff([]string{"bad stdin binary"}, fromStdin(t, Options{}, zipped(t, entry{name: "[Content_Types].xml", text: "x"}))); diff != "" {
		t.Errorf("office: %s", diff)
	}
}

func TestUnsafeName(t *testing.T) {
	for name, want := range map[string]bool{
		"a": false, "a/b.txt": false, "./a": false, "a..b": false, "...": false, "": true, "/a": true, "..": true, "a/..": true,
		"a/../b": true, "c:a": true, "C:/a": true, "a\x00b": true, "//host/a": true,
	} {
		if got := unsafeName(name) != ""; got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

// TestNothingIsExtracted reads a hostile archive and finds no new file.
func TestNothingIsExtracted(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	for _, in := range []string{tarball(t, archiveEntries(t)...), zipped(t, archiveEntries(t)...), fixture(t, "web.parquet")} {
		if len(fromStdin(t, Options{}, in)) == 0 {
			t.Error("nothing was read")
		}
	}
	left, err := os.ReadDir(temp)
	if err != nil || len(left) > 0 {
		t.Errorf("left in the folder for temporary files: %v, %v", left, err)
	}
}

func TestPlaces(t *testing.T) {
	line := `{"text":"甲"}` + "\n"
	tarred := tarball(t, entry{name: "a.txt", text: "甲"}, entry{name: "b.jsonl", text: line + line})
	web := fixture(t, "web.parquet")
	archive := warcRecord("warcinfo", "", "x") + warcRecord("conversion", "http://a.example/", "甲", "Content-Type: text/plain\r\n")
	dir := writeFiles(t, map[string]string{"1.txt": "甲", "2.tar": tarred, "3.jsonl.gz": gz(t, line, line), "4.parquet": web, "5.warc.gz": gz(t, archive)})
	type place struct {
		URI, Container string
		Offset         int64
	}
	var got []place
	for raw, err := range Read(t.Context(), Options{}, nil, dir) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, place{raw.URI, raw.Container, raw.ContainerOffset})
	}
	want := []place{
		{"1.txt", "", 0},
		{"2.tar!/a.txt", "2.tar", 512},
		{"2.tar!/b.jsonl#1", "2.tar!/b.jsonl", 0}, {"2.tar!/b.jsonl#2", "2.tar!/b.jsonl", int64(len(line))},
		{"3.jsonl.gz#1", "3.jsonl.gz", 0}, {"3.jsonl.gz#2", "3.jsonl.gz", int64(len(line))},
		{"4.parquet#1", "4.parquet", 0}, {"http://b.example/", "4.parquet", 1},
		{"http://a.example/", "5.warc.gz", int64(strings.Index(archive, "WARC-Type: conversion") - len("WARC/1.0\r\n"))},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFilesFrom(t *testing.T) {
	dir := writeFiles(t, map[string]string{"a/1.txt": "甲", "b/1.txt": "乙", "b/2.txt": "丙"})
	t.Chdir(dir)
	for _, list := range []string{"b\r\na/1.txt\n\nmissing\n./b/1.txt", "b\x00a/1.txt\x00missing\x00./b/1.txt\x00"} {
		var got []string
		for raw, err := range Read(t.Context(), Options{FilesFrom: strings.NewReader(list)}, nil) {
			got = append(got, describe(raw, err))
		}
		want := []string{"text 1.txt 乙", "text 2.txt 丙", "text a/1.txt 甲", "bad missing unreadable", "text b/1.txt 乙"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", list, diff)
		}
	}
}

// TestLinksInFolders passes over links and pipes, and follows a link that the
// user names.
func TestLinksInFolders(t *testing.T) {
	dir := writeFiles(t, map[string]string{"in/a.txt": "甲", "out/b.txt": "乙"})
	for _, link := range [][2]string{{"../out", "in/folder"}, {"../out/b.txt", "in/file.txt"}, {"nowhere", "in/dangling"}, {"in", "named"}} {
		if err := os.Symlink(link[0], filepath.Join(dir, link[1])); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"in", "named"} {
		if diff := cmp.Diff([]string{"text a.txt 甲"}, outcome(t, Options{}, "", filepath.Join(dir, name))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
