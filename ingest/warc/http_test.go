package warc_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"jianbao/ingest/warc"
)

const page = "<html><p>县里设了检查站。</p></html>"

func packed(t testing.TB, s string, open func(io.Writer) (io.WriteCloser, error)) string {
	t.Helper()
	var b bytes.Buffer
	w, err := open(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipped(t testing.TB, s string) string {
	return packed(t, s, func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil })
}

func chunked(s string, size int) string {
	var b strings.Builder
	for len(s) > 0 {
		n := min(size, len(s))
		fmt.Fprintf(&b, "%x;ext=1\r\n%s\r\n", n, s[:n])
		s = s[n:]
	}
	return b.String() + "0\r\n\r\n"
}

func TestParseHTTP(t *testing.T) {
	deflated := packed(t, page, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 6) })
	zlibbed := packed(t, page, func(w io.Writer) (io.WriteCloser, error) { return zlib.NewWriter(w), nil })
	br := packed(t, page, func(w io.Writer) (io.WriteCloser, error) { return brotli.NewWriter(w), nil })
	zst := packed(t, page, func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) })
	for _, c := range []struct {
		name, header, body string
		want               string
	}{
		{"plain", "Content-Type: text/html\r\n", page, page},
		{"chunked", "Transfer-Encoding: chunked\r\n", chunked(page, 7), page},
		{"chunked, stored whole", "transfer-encoding: Chunked\r\n", page, page},
		{"chunked, cut off", "Transfer-Encoding: chunked\r\n", chunked(page, 1000)[:20], page[:20-len("29;ext=1\r\n")]},
		{"gzip", "Content-Encoding: gzip\r\n", gzipped(t, page), page},
		{"gzip, stored decoded", "Content-Encoding: gzip\r\n", page, page},
		{"gzip in chunks", "Content-Encoding: x-gzip\r\nTransfer-Encoding: chunked\r\n", chunked(gzipped(t, page), 9), page},
		{"deflate", "Content-Encoding: deflate\r\n", deflated, page},
		{"deflate in zlib", "Content-Encoding: deflate\r\n", zlibbed, page},
		{"deflate, stored decoded", "Content-Encoding: deflate\r\n", page, page},
		{"br", "Content-Encoding: br\r\n", br, page},
		{"br, stored decoded", "Content-Encoding: br\r\n", page, page},
		{"zstd", "Content-Encoding: zstd\r\n", zst, page},
		{"two codings", "Content-Encoding: br, gzip\r\n", gzipped(t, br), page},
		{"unknown coding", "Content-Encoding: none\r\n", page, page},
		{"a line that is no field", "<nonsense>\r\nX: y\r\n", page, page},
	} {
		block := "HTTP/1.1 200 OK\r\n" + c.header + "\r\n" + c.body
		e, err := warc.ParseHTTP([]byte(block), 1000)
		if err != nil || string(e.Body) != c.want || e.Status != 200 {
			t.Errorf("%s: %+v %v", c.name, e, err)
		}
	}
}

func TestParseHTTPRefuses(t *testing.T) {
	bomb := gzipped(t, strings.Repeat("\x00", 1<<20))
	whole := gzipped(t, strings.Repeat(page, 50))
	for _, c := range []struct {
		name, block string
		want        error
	}{
		{"nothing", "", warc.ErrHTTP},
		{"no status line", "<html>", warc.ErrHTTP},
		{"no number", "HTTP/1.1 OK\r\n\r\n", warc.ErrHTTP},
		{"a bomb", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + bomb, warc.ErrTooLarge},
		{"a cut body", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + whole[:len(whole)/2], warc.ErrCoding},
		{"a wrong checksum", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + whole[:len(whole)-8] + "12345678", warc.ErrCoding},
		{"rubbish as br", "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\x01\x02\x03\xff\xff", warc.ErrCoding},
	} {
		if _, err := warc.ParseHTTP([]byte(c.block), 10_000); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func FuzzParseHTTP(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzipped(f, page)))
	f.Add([]byte("HTTP/1.0 404\nTransfer-Encoding: chunked\n\n" + chunked(page, 5)))
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Encoding: deflate, br, zstd\r\n\r\nx"))
	f.Fuzz(func(t *testing.T, block []byte) {
		e, err := warc.ParseHTTP(block, 4096)
		if err == nil && int64(len(e.Body)) > max(4096, int64(len(block))) {
			t.Fatalf("%d bytes of a block of %d", len(e.Body), len(block))
		}
	})
}
