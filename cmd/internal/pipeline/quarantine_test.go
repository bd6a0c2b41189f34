package pipeline

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/ingest"
)

// spoiled are ways to be no document, each with the reason that it must be
// given. i tells the instances apart.
var spoiled = []struct {
	reason ingest.Reason
	name   string
	bytes  func(t *testing.T, i int) []byte
}{
	{ingest.Empty, "empty-%d.txt", func(_ *testing.T, i int) []byte { return []byte(strings.Repeat(" ", i)) }},
	{ingest.Binary, "binary-%d.txt", func(_ *testing.T, i int) []byte {
		return fmt.Appendf(nil, "\x00\x01\x02\x03\x00\x00\x05\x06\x07 %d", i)
	}},
	{ingest.TooLarge, "large-%d.txt", func(_ *testing.T, i int) []byte { return []byte(strings.Repeat("长", 500_100+i)) }},
	{ingest.LineTooLong, "line-%d.jsonl", func(_ *testing.T, i int) []byte {
		return fmt.Appendf(nil, `{"text":"%s"}`, strings.Repeat("长", 20_000+i))
	}},
	{ingest.NotJSON, "json-%d.jsonl", func(_ *testing.T, i int) []byte { return fmt.Appendf(nil, "{oops %d", i) }},
	{ingest.NoText, "notext-%d.jsonl", func(_ *testing.T, i int) []byte { return fmt.Appendf(nil, `{"n":%d}`, i) }},
	{ingest.Undecodable, "noise-%d.txt", func(_ *testing.T, i int) []byte {
		return append(bytes.Repeat([]byte{0xff, 0x81, 0xff, 0x80}, 3), byte(0xff), byte(0x81+i))
	}},
	{ingest.NothingLeft, "hollow-%d.html", func(_ *testing.T, i int) []byte {
		return fmt.Appendf(nil, "<!DOCTYPE html><script>var x=%d</script>", i)
	}},
	{ingest.Truncated, "cut-%d.txt.gz", func(t *testing.T, i int) []byte {
		b := gzipped(t, fmt.Sprintf("第%d篇。", i))
		return b[:len(b)-9]
	}},
	{ingest.Damaged, "crc-%d.txt.gz", func(t *testing.T, i int) []byte {
		b := gzipped(t, fmt.Sprintf("第%d篇。", i))
		b[len(b)-8] ^= 0xff
		return b
	}},
	{ingest.Bomb, "bomb-%d.txt.gz", func(t *testing.T, i int) []byte { return gzipped(t, strings.Repeat("a", 1_400_000+i)) }},
	{ingest.UnsafeName, "unsafe-%d.zip", func(t *testing.T, i int) []byte { return zipped(t, fmt.Sprintf("../%d.txt", i), "文") }},
	{ingest.SpecialFile, "link-%d.tar", func(t *testing.T, i int) []byte { return linked(t, fmt.Sprintf("l%d", i)) }},
	{ingest.Nested, "nested-%d.zip", func(t *testing.T, i int) []byte {
		return zipped(t, "inner.zip", string(zipped(t, fmt.Sprint(i), "文")))
	}},
	{ingest.NotParquet, "table-%d.parquet", func(_ *testing.T, i int) []byte { return fmt.Appendf(nil, "no table at all, %d", i) }},
	{ingest.NotWARC, "crawl-%d.warc", func(_ *testing.T, i int) []byte { return fmt.Appendf(nil, "WARC/9 nonsense %d\r\n\r\n", i) }},
}

func gzipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipped(t *testing.T, name, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func linked(t *testing.T, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := w.WriteHeader(&tar.Header{Name: name, Linkname: "/etc/hosts", Typeflag: tar.TypeSymlink}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Twenty thousand documents, one in a hundred of them bad, in every way: all
// good ones are taken, every bad one is explained, and nothing is unaccounted
// for, now and when the run is repeated.
func TestQuarantineExplains(t *testing.T) {
	const total, ofEach = 20_000, 13 // 16 kinds: 208 bad ones
	dir := t.TempDir()
	want := map[string]int{}
	for _, s := range spoiled {
		for i := range ofEach {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf(s.name, i)), s.bytes(t, i), 0o644); err != nil {
				t.Fatal(err)
			}
			want[string(s.reason)]++
		}
	}
	good := total - ofEach*len(spoiled)
	writeArticles(t, filepath.Join(dir, "good.jsonl"), good)

	p, corpus := newPipeline(t), filepath.Join(t.TempDir(), "corpus")
	for run := range 2 {
		docs := ingest.Read(t.Context(), ingest.Options{MaxDocument: 1_500_000, MaxLine: 50_000}, nil, dir)
		sum, err := p.Ingest(t.Context(), corpus, docs, IngestOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if sum.Read != total || sum.Read != sum.Committed+sum.Present+sum.Quarantined || sum.Quarantined != total-good {
			t.Errorf("run %d: %+v", run, sum)
		}
		if run == 0 && (sum.Committed != good || sum.NewlyQuarantined != sum.Quarantined) || run == 1 && (sum.Present != good || sum.NewlyQuarantined != 0) {
			t.Errorf("run %d: %+v", run, sum)
		}
	}
	got := map[string]int{}
	for b, err := range openCorpus(t, p, corpus).Store().Quarantine(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got[b.Reason]++
		if b.Stage == "" || b.URI == "" || !strings.Contains(b.Message, b.Reason) || b.Fingerprint != p.Fingerprint() {
			t.Errorf("an entry does not explain itself: %+v", b)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reasons:\n%s", diff)
	}
}

// writeArticles writes n articles of a sentence as JSON lines.
func writeArticles(t *testing.T, path string, n int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	for i := range n {
		fmt.Fprintf(w, `{"text":"第%d期简报：全县设检查站%d处，选派干部%d名。"}`+"\n", i, i%90+2, i%700+3)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
