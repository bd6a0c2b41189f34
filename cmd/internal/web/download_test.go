package web

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// serveDownload serves a download that write makes.
func serveDownload(t *testing.T, change func(*Options), write func(*http.Request, io.Writer) error) (*Server, *httptest.Server) {
	t.Helper()
	s, _ := newServer(t, change)
	h := httptest.NewServer(s.streaming(func(w http.ResponseWriter, r *http.Request, _ *volume) error {
		return s.attach(w, r, "lines.csv", "text/csv; charset=utf-8", func(out io.Writer) error { return write(r, out) })
	}))
	t.Cleanup(h.Close)
	return s, h
}

func TestDownload(t *testing.T) {
	line := strings.Repeat("党支部,", 100) + "\n"
	for _, lines := range []int{0, 1, 1000} {
		_, h := serveDownload(t, nil, func(_ *http.Request, w io.Writer) error {
			for range lines {
				if _, err := io.WriteString(w, line); err != nil {
					return err
				}
			}
			return nil
		})
		a := get(t, h.URL)
		a.want(t, 200)
		if a.text != strings.Repeat(line, lines) || a.Header.Get("Content-Type") != "text/csv; charset=utf-8" || a.Header.Get("Content-Disposition") != `attachment; filename="lines.csv"` {
			t.Errorf("%d lines: %d bytes, %v", lines, len(a.text), a.Header)
		}
		packed := get(t, h.URL, "Accept-Encoding", "gzip")
		z, err := gzip.NewReader(strings.NewReader(packed.text))
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(z); err != nil || string(text) != a.text {
			t.Errorf("%d lines: %d bytes were packed, %v", lines, len(text), err)
		}
	}
}

// An error at the start is told; a later one breaks the file off.
func TestDownloadThatFails(t *testing.T) {
	fails := func(after int) func(*http.Request, io.Writer) error {
		return func(_ *http.Request, w io.Writer) error {
			if _, err := w.Write(make([]byte, after)); err != nil {
				return err
			}
			return requestError{"no more"}
		}
	}
	_, h := serveDownload(t, nil, fails(downloadBuffer/2))
	get(t, h.URL).want(t, 400, "no more")
	_, h = serveDownload(t, nil, fails(2*downloadBuffer))
	response, err := (&http.Client{Transport: &http.Transport{DisableCompression: true}}).Get(h.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if _, err := io.ReadAll(response.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a part is taken for the whole: %v", err)
	}
}

// Who goes away ends the work, and so does the end of the server.
func TestDownloadThatNobodyTakes(t *testing.T) {
	ended := make(chan error, 1)
	endless := func(r *http.Request, w io.Writer) error {
		for i := 0; ; i++ {
			if _, err := fmt.Fprintln(w, i); err != nil {
				ended <- err
				return err
			}
		}
	}
	for _, bye := range []func(*Server, *http.Response){
		func(_ *Server, r *http.Response) { r.Body.Close() },
		func(s *Server, _ *http.Response) { close(s.ending) },
	} {
		s, h := serveDownload(t, nil, endless)
		response, err := http.Get(h.URL)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(io.Discard, response.Body, 4*downloadBuffer); err != nil {
			t.Fatal(err)
		}
		bye(s, response)
		if _, err := io.Copy(io.Discard, response.Body); err == nil {
			t.Error("it does not break off")
		}
		<-ended
		response.Body.Close()
	}
}

// Downloads have places of their own.
func TestBusyDownload(t *testing.T) {
	s, h := serveDownload(t, func(o *Options) { o.Running = 1 }, func(*http.Request, io.Writer) error { return nil })
	leave, err := s.downloads.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if a := get(t, h.URL); a.StatusCode != 503 || a.Header.Get("Retry-After") == "" {
		t.Errorf("%d, Retry-After %q", a.StatusCode, a.Header.Get("Retry-After"))
	}
	leave()
	get(t, h.URL).want(t, 200)
}
