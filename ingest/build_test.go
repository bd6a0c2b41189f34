package ingest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// The containers of the tests are made here, by other code than that which
// reads them wherever there is some.

func gz(t testing.TB, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	for _, part := range parts {
		w := gzip.NewWriter(&b)
		if _, err := w.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func zst(t testing.TB, s string, options ...zstd.EOption) string {
	t.Helper()
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, options...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// entry is a member of an archive; kind is 0 for a file.
type entry struct {
	name, text string
	kind       byte
}

func tarball(t testing.TB, entries ...entry) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range entries {
		h := &tar.Header{Name: e.name, Mode: 0o644, Size: int64(len(e.text)), Typeflag: tar.TypeReg}
		if e.kind != 0 {
			h.Typeflag, h.Linkname, h.Size = e.kind, e.text, 0
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if e.kind != 0 {
			continue
		}
		if _, err := w.Write([]byte(e.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zipped(t testing.TB, entries ...entry) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		h.SetMode(0o644)
		if e.kind != 0 {
			h.SetMode(0o777 | 1<<27) // fs.ModeSymlink
		}
		m, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Write([]byte(e.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func warcRecord(kind, uri, block string, fields ...string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2020-03-21T01:02:03Z\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, uri, strings.Join(fields, ""), len(block), block)
}

func httpPage(body string, fields ...string) string {
	return "HTTP/1.1 200 OK\r\n" + strings.Join(append(fields, ""), "\r\n") + "\r\n" + body
}

// fixture is a Parquet file, which only package table can write.
func fixture(t testing.TB, name string) string {
	t.Helper()
	file, err := os.ReadFile("../corpus/table/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}

// fromStdin is what comes of a stream.
func fromStdin(t testing.TB, opts Options, in string) (out []string) {
	t.Helper()
	for raw, err := range Read(t.Context(), opts, strings.NewReader(in), Stdin) {
		if errors.Is(err, ErrNoDocuments) {
			continue
		}
		out = append(out, describe(raw, err))
	}
	return out
}
