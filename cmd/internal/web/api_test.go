package web

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// contract is openapi.json, ready to check answers.
type contract struct {
	compiler *jsonschema.Compiler
	doc      map[string]any
}

func readContract(t *testing.T) contract {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(description)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	return contract{c, doc.(map[string]any)}
}

// check wants an answer to be one that the document tells of.
func (c contract) check(t *testing.T, method, path string, a answer) {
	t.Helper()
	media, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
	pointer := "/paths/" + escapePointer(path) + "/" + strings.ToLower(method) + "/responses/" + a.Status[:3] + "/content/" + escapePointer(media) + "/schema"
	schema, err := c.compiler.Compile("openapi.json#" + pointer)
	if err != nil {
		t.Fatalf("%s %s gives %d as %s, which is not described: %v", method, path, a.StatusCode, media, err)
	}
	if !strings.Contains(media, "json") || media == "application/jsonl" {
		return
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(a.text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(v); err != nil {
		t.Errorf("%s %s: %v", method, path, err)
	}
}

func escapePointer(s string) string {
	return url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(s))
}

// Every operation of the document answers as it says.
func TestAPI(t *testing.T) {
	_, h := newServer(t, nil)
	_, locked := newServer(t, func(o *Options) { o.Token = secret })
	s, full := newServer(t, func(o *Options) { o.Running, o.Waiting = 1, -1 })
	leave, err := s.gate.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	for range cap(s.downloads.inside) {
		s.downloads.inside <- struct{}{}
	}
	c := readContract(t)
	id := strings.TrimPrefix(firstArticle(t, h.URL, "臨時黨支部"), h.URL+"/articles/")
	const export, similar, batches, quarantine = "/api/v1/export", "/api/v1/documents/{id}/similar", "/api/v1/batches", "/api/v1/quarantine"
	const search, document, explain, stats, self = "/api/v1/search", "/api/v1/documents/{id}", "/api/v1/rules/explain", "/api/v1/stats", "/api/v1/openapi.json"
	tests := []struct {
		method, path, address, body string
		status                      int
	}{
		{"GET", search, h.URL + search + "?facet=place,month&facet=source&q=" + url.QueryEscape("臨時黨支部 干部"), "", 200},
		{"GET", search, h.URL + search + "?q=" + url.QueryEscape("党支部 AND ("), "", 400},
		{"GET", search, h.URL + search, "", 400},
		{"GET", search, h.URL + search + "?q=x&limit=0", "", 400},
		{"GET", search, h.URL + search + "?q=x&facet=size", "", 400},
		{"GET", search, h.URL + search + "?q=x&cursor=!", "", 400},
		{"GET", search, h.URL + search + "?q=x&cursor=" + (cursor{Asked: askedBy("x", "relevance"), Generation: 99}).at(3), "", 410},
		{"GET", search, locked.URL + search + "?q=x", "", 401},
		{"GET", search, full.URL + search + "?q=x", "", 503},
		{"GET", document, h.URL + "/api/v1/documents/" + id + "?q=" + url.QueryEscape("党支部"), "", 200},
		{"GET", document, h.URL + "/api/v1/documents/" + id + "?q=(", "", 400},
		{"GET", document, h.URL + "/api/v1/documents/x", "", 404},
		{"GET", document, locked.URL + "/api/v1/documents/x", "", 401},
		{"GET", document, full.URL + "/api/v1/documents/x", "", 503},
		{"POST", explain, h.URL + explain, `{"text":"全县145个村成立临时党支部96个，净增3个。"}`, 200},
		{"POST", explain, h.URL + explain, `{"text":""}`, 200},
		{"POST", explain, h.URL + explain, `{}`, 400},
		{"POST", explain, h.URL + explain, `{"text":"` + strings.Repeat("一", maxText/3+1) + `"}`, 413},
		{"POST", explain, h.URL + explain, strings.Repeat(" ", maxBody+1), 413},
		{"POST", explain, locked.URL + explain, `{}`, 401},
		{"POST", explain, full.URL + explain, `{}`, 503},
		{"GET", stats, h.URL + stats, "", 200},
		{"GET", stats, locked.URL + stats, "", 401},
		{"GET", stats, full.URL + stats, "", 503},
		{"GET", export, h.URL + export + "?format=csv&sort=-date&q=" + url.QueryEscape("党支部"), "", 200},
		{"GET", export, h.URL + export + "?format=parquet&q=x", "", 200},
		{"GET", export, h.URL + export + "?format=jsonl&q=" + url.QueryEscape("党支部"), "", 200},
		{"GET", export, h.URL + export + "?format=xlsx&q=x", "", 400},
		{"GET", export, h.URL + export + "?format=csv&q=(", "", 400},
		{"GET", export, h.URL + export + "?format=csv", "", 400},
		{"GET", export, locked.URL + export + "?format=csv&q=x", "", 401},
		{"GET", export, full.URL + export + "?format=csv&q=x", "", 503},
		{"GET", similar, h.URL + "/api/v1/documents/" + id + "/similar?least=0&limit=100", "", 200},
		{"GET", similar, h.URL + "/api/v1/documents/" + id + "/similar?least=2", "", 400},
		{"GET", similar, h.URL + "/api/v1/documents/" + id + "/similar?limit=101", "", 400},
		{"GET", similar, h.URL + "/api/v1/documents/x/similar", "", 404},
		{"GET", similar, locked.URL + "/api/v1/documents/x/similar", "", 401},
		{"GET", similar, full.URL + "/api/v1/documents/x/similar", "", 503},
		{"GET", batches, h.URL + batches, "", 200},
		{"GET", batches, h.URL + batches + "?limit=1", "", 200},
		{"GET", batches, h.URL + batches + "?limit=x", "", 400},
		{"GET", batches, locked.URL + batches, "", 401},
		{"GET", batches, full.URL + batches, "", 503},
		{"GET", quarantine, h.URL + quarantine + "?reason=nothing_left", "", 200},
		{"GET", quarantine, h.URL + quarantine + "?cursor=x", "", 400},
		{"GET", quarantine, locked.URL + quarantine, "", 401},
		{"GET", quarantine, full.URL + quarantine, "", 503},
		{"GET", self, h.URL + self, "", 200},
		{"GET", self, locked.URL + self, "", 401},
	}
	for _, tt := range countsAPI {
		server := map[string]string{"open": h.URL, "locked": locked.URL, "full": full.URL}[tt.server]
		tests = append(tests, struct {
			method, path, address, body string
			status                      int
		}{"GET", tt.path, server + tt.path + tt.query, "", tt.status})
	}
	seen := map[string]bool{"304": true, "505": true} // TestCompressionAndETag, TestDownloadWantsHTTP11
	for _, tt := range tests {
		a := do(t, tt.method, tt.address, tt.body, "Content-Type", "application/json")
		a.want(t, tt.status)
		c.check(t, tt.method, tt.path, a)
		seen[tt.method+tt.path+a.Status[:3]] = true
	}
	for path, item := range c.doc["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			for status := range op.(map[string]any)["responses"].(map[string]any) {
				if !seen[status] && !seen[strings.ToUpper(method)+path+status] {
					t.Errorf("%s %s: no answer with status %s was tried", method, path, status)
				}
			}
		}
	}
}

// The pages of a cursor are the whole result, each hit once.
func TestCursor(t *testing.T) {
	_, h := newServer(t, nil)
	seen := map[string]bool{}
	address := h.URL + "/api/v1/search?limit=4&sort=-date&q=" + url.QueryEscape("党支部 cluster:all")
	for next := ""; ; {
		a := get(t, address+"&cursor="+next)
		a.want(t, 200)
		var page struct {
			Total int
			Hits  []struct {
				DocID string `json:"doc_id"`
			}
			Next string
		}
		if err := json.Unmarshal([]byte(a.text), &page); err != nil {
			t.Fatal(err)
		}
		for _, hit := range page.Hits {
			if seen[hit.DocID] {
				t.Fatalf("%s comes twice", hit.DocID)
			}
			seen[hit.DocID] = true
		}
		if next = page.Next; next == "" {
			if len(seen) != page.Total || page.Total <= 4 {
				t.Errorf("%d hits of %d", len(seen), page.Total)
			}
			break
		}
	}
	get(t, h.URL+"/api/v1/search?sort=date&q=x&cursor="+cursor{Asked: askedBy("x", "-date")}.at(4)).want(t, 400, "not of this query")
}

// Content types other than JSON are refused: no form of another site can send JSON.
func TestExplainWantsJSON(t *testing.T) {
	_, h := newServer(t, nil)
	do(t, "POST", h.URL+"/api/v1/rules/explain", `{"text":"1"}`, "Content-Type", "text/plain").want(t, 400, "application/json")
}
