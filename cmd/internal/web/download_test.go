package web

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/table"
)

// An export has the hits of the search, all of them and in its order, in
// every format.
func TestExport(t *testing.T) {
	s, h := newServer(t, nil)
	const q = "党支部 cluster:all"
	c := s.library.borrow()
	defer c.giveBack()
	want, err := c.Search(t.Context(), q, pipeline.SearchOptions{Limit: -1})
	if err != nil || want.Total < 10 {
		t.Fatalf("%d hits, %v", want.Total, err)
	}
	address := func(format string) string { return h.URL + "/export." + format + "?q=" + url.QueryEscape(q) }

	a := get(t, address(inCSV))
	a.want(t, 200)
	lines, err := csv.NewReader(strings.NewReader(a.text)).ReadAll()
	if err != nil || len(lines) != want.Total+1 || !slices.Equal(lines[0], pipeline.HitColumns()) {
		t.Fatalf("%d lines for %d hits: %v, %v", len(lines), want.Total, lines[0], err)
	}
	var rows []table.Hit
	a = get(t, address(inParquet))
	a.want(t, 200)
	for row, err := range table.Read[table.Hit](strings.NewReader(a.text), int64(len(a.text))) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	a = get(t, h.URL+"/api/v1/export?format=jsonl&q="+url.QueryEscape(q))
	a.want(t, 200)
	objects := json.NewDecoder(strings.NewReader(a.text))
	for i, hit := range want.Hits {
		cells := hit.Cells()
		if got := lines[i+1]; got[0] != hit.DocID || strings.TrimPrefix(got[2], "'") != cells[2] || got[6] != cells[6] {
			t.Errorf("line %d is %q, want %q", i, got, cells)
		}
		if i >= len(rows) || rows[i].DocID != hit.DocID || rows[i].Snippet != cells[6] || rows[i].Score != hit.Score {
			t.Fatalf("row %d of %d is another than %q", i, len(rows), cells)
		}
		if day := rows[i].Published; day != nil && day.String() != hit.Published[:10] || (day == nil) != (hit.Published == "") {
			t.Errorf("row %d has the day %v, want %q", i, day, hit.Published)
		}
		var object pipeline.Hit
		if err := objects.Decode(&object); err != nil || object.DocID != hit.DocID || len(object.Snippets) != len(hit.Snippets) {
			t.Errorf("object %d: %+v, %v", i, object, err)
		}
	}
	if len(rows) != want.Total || objects.More() {
		t.Errorf("%d rows of %d, more objects: %v", len(rows), want.Total, objects.More())
	}
}

func TestExportHeaders(t *testing.T) {
	s, h := newServer(t, nil)
	query := "?q=" + url.QueryEscape(`干部 -"../检查站" OR x`)
	a := get(t, h.URL+"/export.csv"+query, "Accept-Encoding", "gzip")
	a.want(t, 200)
	want := `attachment; filename="jianbao-hits-OR-x-m2.csv"; filename*=UTF-8''` + url.PathEscape("jianbao-hits-干部-检查站-OR-x-m2.csv")
	if got := a.Header.Get("Content-Disposition"); got != want {
		t.Errorf("disposition %s, want %s", got, want)
	}
	z, err := gzip.NewReader(strings.NewReader(a.text))
	if err != nil {
		t.Fatal(err)
	}
	plain := get(t, h.URL+"/export.csv"+query)
	if unpacked, err := io.ReadAll(z); err != nil || string(unpacked) != plain.text {
		t.Errorf("packed: %d bytes, plain %d, %v", len(unpacked), len(plain.text), err)
	}
	if a := get(t, h.URL+"/export.parquet"+query, "Accept-Encoding", "gzip"); a.Header.Get("Content-Encoding") != "" {
		t.Error("Parquet is packed twice")
	}
	if a := do(t, "HEAD", h.URL+"/export.csv"+query, ""); a.StatusCode != 200 || a.Header.Get("Content-Disposition") != want {
		t.Errorf("HEAD: %d, %v", a.StatusCode, a.Header)
	}
	get(t, h.URL+"/export.csv?q=(").want(t, 400, "The query cannot be read.")
	get(t, h.URL+"/export.csv?q=x&sort=size").want(t, 400, "cannot sort by")
	get(t, h.URL+"/export.xlsx?q=x").want(t, 404)

	for range cap(s.downloads.inside) {
		s.downloads.inside <- struct{}{}
	}
	get(t, h.URL+"/export.csv?q=x").want(t, 503)
	get(t, h.URL+"/?q=x").want(t, 200)
	for range cap(s.downloads.inside) {
		<-s.downloads.inside
	}
}

// HTTP/1.0 ends a body with the connection: what broke off would look whole.
func TestDownloadWantsHTTP11(t *testing.T) {
	_, h := newServer(t, nil)
	conn, err := net.Dial("tcp", h.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET /export.csv?q=x HTTP/1.0\r\nHost: localhost\r\n\r\n")
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusHTTPVersionNotSupported {
		t.Errorf("status %d", response.StatusCode)
	}
}

// serveRows serves a download whose rows each makes.
func serveRows(t *testing.T, format string, each func(emit func(pipeline.Hit) error) error) *httptest.Server {
	t.Helper()
	s, _ := newServer(t, nil)
	h := httptest.NewServer(s.streaming(func(w http.ResponseWriter, r *http.Request, c *volume) error {
		return sendRows(w, r, s, newDownload(c, format, "rows", ""), hitRows, each)
	}))
	t.Cleanup(h.Close)
	return h
}

// wide is a row of some size that hardly compresses.
func wide(n int) pipeline.Hit {
	noise := make([]byte, 1000)
	rand.NewChaCha8([32]byte{byte(n), byte(n >> 8)}).Read(noise) // never fails
	return pipeline.Hit{DocID: fmt.Sprint(n), Title: hex.EncodeToString(noise)}
}

// A download that fails half-way does not look whole.
func TestBrokenDownload(t *testing.T) {
	for _, f := range downloadFormats {
		for _, encoding := range []string{"identity", "gzip"} {
			h := serveRows(t, f.name, func(emit func(pipeline.Hit) error) error {
				for n := range 8_000 {
					if err := emit(wide(n)); err != nil {
						return err
					}
				}
				return errors.New("the disk is gone")
			})
			r, err := http.NewRequestWithContext(t.Context(), "GET", h.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept-Encoding", encoding)
			response, err := h.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			n, err := io.Copy(io.Discard, response.Body)
			if response.StatusCode != 200 || n == 0 || !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%s %s: status %d, %d bytes, %v", f.name, encoding, response.StatusCode, n, err)
			}
			response.Body.Close()
		}
	}
}

// An error before the first bytes is an answer like any other.
func TestDownloadFailsEarly(t *testing.T) {
	h := serveRows(t, inCSV, func(emit func(pipeline.Hit) error) error {
		return errors.Join(emit(wide(1)), requestError{"not so"})
	})
	a := get(t, h.URL)
	if a.want(t, 400, "not so"); a.Header.Get("Content-Disposition") != "" {
		t.Error("the error is a file")
	}
}

// Rows are on their way before the last is made, and who goes away ends what
// makes them.
func TestDownloadStreams(t *testing.T) {
	for _, f := range downloadFormats {
		ended := make(chan error, 1)
		h := serveRows(t, f.name, func(emit func(pipeline.Hit) error) error {
			for n := 0; ; n++ {
				if err := emit(wide(n)); err != nil {
					ended <- err
					return err
				}
			}
		})
		response, err := h.Client().Get(h.URL)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(response.Body, make([]byte, 3*downloadBuffer)); err != nil {
			t.Errorf("%s: %v", f.name, err)
		}
		response.Body.Close()
		if err := <-ended; err == nil {
			t.Errorf("%s: the rows go on without a reader", f.name)
		}
	}
}
