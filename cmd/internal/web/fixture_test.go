package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/sample"
	"jianbao/ingest"
)

// made is the corpus that all tests read: the sample articles, a hostile one and
// something for the quarantine. TestMain removes it.
var made struct {
	once sync.Once
	dir  string
	p    *pipeline.Pipeline
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if made.dir != "" {
		if err := os.RemoveAll(made.dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// The hostile article.
const (
	hostileTitle = "<script>document.title='broken'</script>"
	hostileURI   = "evil/\"><img src=x onerror=alert(1)>\u202Egnp.txt"
)

func hostileArticle() ([]byte, error) {
	return json.Marshal(map[string]string{
		"url": hostileURI, "title": hostileTitle + strings.Repeat("长", 10_000), "source": "\u202e<b>毒</b>社\x1b[31m", "date": "2021-05-06",
		"text": "敌意县设立临时党支部77个，党员干部日夜值守在各个卡点。\n" + "全县群众积极响应号召，做好春耕生产和疫情防控工作。\n" + "各村都有人值守。<script>document.title='broken'</script>\x1b[31m红\x1b[0m字，\u202e倒着写的字\u202c。\"onmouseover=\"alert(1)\n" +
			strings.Repeat("这一行没有尽头，", 50_000) + "临时党支部5个。",
	})
}

func makeCorpus() (string, *pipeline.Pipeline, error) {
	made.once.Do(func() {
		if made.dir, made.err = os.MkdirTemp("", "jianbao-web-"); made.err != nil {
			return
		}
		rules, err := pipeline.Rules("")
		if err != nil {
			made.err = err
			return
		}
		if made.p, made.err = pipeline.New(rules); made.err != nil {
			return
		}
		made.err = fill(context.Background(), made.p, made.dir)
	})
	return filepath.Join(made.dir, "corpus"), made.p, made.err
}

func fill(ctx context.Context, p *pipeline.Pipeline, dir string) error {
	corpus := filepath.Join(dir, "corpus")
	quiet := slog.New(slog.DiscardHandler)
	if _, err := p.Ingest(ctx, corpus, ingest.FS(ctx, ingest.Options{}, sample.FS()), pipeline.IngestOptions{RunID: "samples", Log: quiet}); err != nil {
		return err
	}
	hostile, err := hostileArticle()
	if err != nil {
		return err
	}
	evil := fstest.MapFS{
		"evil.jsonl": {Data: hostile},
		"empty.html": {Data: []byte("<html><script>alert(1)</script></html>")},
	}
	_, err = p.Ingest(ctx, corpus, ingest.FS(ctx, ingest.Options{}, evil), pipeline.IngestOptions{RunID: "evil", Log: quiet})
	return err
}

// newServer serves the corpus until the test ends.
func newServer(t *testing.T, change func(*Options)) (*Server, *httptest.Server) {
	t.Helper()
	dir, p, err := makeCorpus()
	if err != nil {
		t.Fatal(err)
	}
	return serveDir(t, p, dir, change)
}

func serveDir(t *testing.T, p *pipeline.Pipeline, dir string, change func(*Options)) (*Server, *httptest.Server) {
	t.Helper()
	o := Options{Pipeline: p, Dir: dir, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
	if change != nil {
		change(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		h.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, h
}

// answer is a response that was read.
type answer struct {
	*http.Response
	text string
}

// do sends a request as it is: no redirect is followed, nothing decompressed.
func do(t *testing.T, method, url, body string, headers ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := (&http.Transport{DisableCompression: true, DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response, string(text)}
}

func get(t *testing.T, url string, headers ...string) answer {
	t.Helper()
	return do(t, http.MethodGet, url, "", headers...)
}

// want checks the status of an answer and what it holds.
func (a answer) want(t *testing.T, status int, parts ...string) {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("status %d, want %d: %.300s", a.StatusCode, status, a.text)
	}
	for _, p := range parts {
		if !strings.Contains(a.text, p) {
			t.Errorf("%q is not in the answer: %.2000s", p, a.text)
		}
	}
}
