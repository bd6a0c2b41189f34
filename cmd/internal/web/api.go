package web

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
	"jianbao/corpus/table"
	"jianbao/index"
)

//go:embed openapi.json
var description []byte

// The bounds of a page of the API.
const (
	apiSize    = 20
	apiMaxSize = 100
)

func (s *Server) sendJSON(w http.ResponseWriter, r *http.Request, status int, contentType string, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		s.opts.Log.Error("encode answer", "path", r.URL.Path, "error", err)
		http.Error(w, "the server failed", http.StatusInternalServerError)
		return
	}
	if err := s.send(w, r, status, contentType, append(body, '\n')); err != nil {
		s.opts.Log.Info("send", "path", r.URL.Path, "error", err)
	}
}

func (s *Server) apiDescription(w http.ResponseWriter, r *http.Request) {
	if err := s.send(w, r, http.StatusOK, "application/json", description); err != nil {
		s.opts.Log.Info("send", "path", r.URL.Path, "error", err)
	}
}

// found is a page of a search.
type found struct {
	Query      string                        `json:"query"`
	Parsed     string                        `json:"parsed"`
	Total      int                           `json:"total"`
	Generation int64                         `json:"generation"` // the manifest that was searched
	Lag        int64                         `json:"lag"`
	Hits       []pipeline.Hit                `json:"hits"`
	Facets     map[string][]index.FacetCount `json:"facets"`
	Next       string                        `json:"next,omitempty"` // cursor of the next page
}

func (s *Server) apiSearch(w http.ResponseWriter, r *http.Request, c *volume) error {
	q := strings.TrimSpace(r.FormValue("q"))
	if q == "" || len(q) > maxQuery {
		return requestError{fmt.Sprintf("q must be a query of 1 to %d bytes", maxQuery)}
	}
	options, err := apiOptions(r, c.Categories())
	if err != nil {
		return err
	}
	generation, err := c.generation()
	if err != nil {
		return err
	}
	cur := cursor{Asked: askedBy(q, options.Order.String()), Generation: generation}
	if options.From, err = cur.read(r.FormValue("cursor")); err != nil {
		return err
	}
	answer, err := c.Search(r.Context(), q, options)
	if err != nil {
		return err
	}
	w.Header().Set("Server-Timing", fmt.Sprintf("search;dur=%.1f", answer.TookMS))
	out := found{
		Query: answer.Query, Parsed: answer.Parsed, Total: answer.Total, Generation: generation, Lag: answer.Lag,
		Hits: answer.Hits, Facets: answer.Facets,
	}
	if next := options.From + len(answer.Hits); len(answer.Hits) > 0 && next < answer.Total {
		out.Next = cur.at(next)
	}
	s.sendJSON(w, r, http.StatusOK, "application/json", out)
	return nil
}

func apiOptions(r *http.Request, categories []string) (pipeline.SearchOptions, error) {
	var o pipeline.SearchOptions
	var err error
	if o.Limit, err = limitOf(r, apiSize, apiMaxSize); err != nil {
		return o, err
	}
	if o.Order, err = index.ParseOrder(r.FormValue("sort"), categories); err != nil {
		return o, requestError{err.Error()}
	}
	var names []string
	for _, list := range r.URL.Query()["facet"] {
		names = append(names, strings.Split(list, ",")...)
	}
	if o.Facets, err = index.ParseFacets(names); err != nil {
		return o, requestError{err.Error()}
	}
	return o, nil
}

// limitOf is how many rows a request asks for.
func limitOf(r *http.Request, usual, most int) (int, error) {
	given := r.FormValue("limit")
	if given == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(given)
	if err != nil || n < 1 || n > most {
		return 0, requestError{fmt.Sprintf("limit must be 1 to %d", most)}
	}
	return n, nil
}

// generation is the manifest that the index was made from; 0 without an index.
func (v *volume) generation() (int64, error) {
	idx, err := v.Index()
	if errors.Is(err, index.ErrNoIndex) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return idx.Generation(), nil
}

// document is an article as the API gives it. Offsets are code points of text.
type document struct {
	DocID     string          `json:"doc_id"`
	Title     string          `json:"title"`
	Source    string          `json:"source"`
	Site      string          `json:"site"`
	Authors   []string        `json:"authors"`
	Editors   []string        `json:"editors"`
	Published string          `json:"published"`
	Place     string          `json:"place"`
	Adcode    string          `json:"adcode"`
	Script    string          `json:"script"`
	Charset   string          `json:"charset"`
	Text      string          `json:"text"`
	RawText   string          `json:"raw_text"`
	Record    json.RawMessage `json:"record"`
	BatchID   string          `json:"batch_id"`
	Version   string          `json:"pipeline_version"`

	ClusterID   string `json:"cluster_id,omitempty"` // empty until it is grouped
	ClusterSize int64  `json:"cluster_size,omitempty"`

	Mentions   []table.Mention  `json:"mentions"`
	Edits      []table.Edit     `json:"edits"`
	Sightings  []table.Sighting `json:"sightings"`
	Highlights [][2]int         `json:"highlights"` // of q
}

func (s *Server) apiDocument(w http.ResponseWriter, r *http.Request, c *volume) error {
	a, err := c.ShowMarked(r.Context(), r.PathValue("id"), r.FormValue("q"))
	if err != nil {
		return err
	}
	row := a.Document
	d := document{
		DocID: row.DocID, Title: row.Title, Source: row.Source, Site: row.Site,
		Authors: slices.Concat([]string{}, row.Authors), Editors: slices.Concat([]string{}, row.Editors),
		Published: row.Moment().String(), Place: row.Place, Adcode: row.Adcode, Script: row.Script, Charset: row.Charset,
		Text: row.Text, RawText: row.RawText, Record: row.Record, BatchID: row.BatchID, Version: row.PipelineVersion,
		Mentions: a.Mentions, Edits: a.Edits, Sightings: a.Sightings, Highlights: [][2]int{},
	}
	if a.Cluster != nil {
		d.ClusterID, d.ClusterSize = a.Cluster.ClusterID, a.Cluster.Size
	}
	at := corpus.NewCodePoints(row.Text)
	for _, h := range a.Hits {
		start, end := at.Range(h)
		d.Highlights = append(d.Highlights, [2]int{start, end})
	}
	s.sendJSON(w, r, http.StatusOK, "application/json", d)
	return nil
}

// explained is what became of the numbers of a text.
type explained struct {
	Readings []pipeline.Explanation `json:"readings"`
}

func (s *Server) apiExplain(w http.ResponseWriter, r *http.Request, _ *volume) error {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return requestError{"the body must be application/json"}
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	var asked struct {
		Text *string `json:"text"`
	}
	if err := json.Unmarshal(body, &asked); err != nil || asked.Text == nil {
		return requestError{`the body must be {"text": "…"}`}
	}
	if len(*asked.Text) > maxText {
		return errTooLong
	}
	s.sendJSON(w, r, http.StatusOK, "application/json", explained{s.opts.Pipeline.Explanations(*asked.Text)})
	return nil
}

// stats are the counts of a corpus and how the index stands to it.
type stats struct {
	pipeline.Stats
	Manifest   int64 `json:"manifest"`
	Generation int64 `json:"generation"`
	Lag        int64 `json:"lag"`
	OtherRules int   `json:"other_rules"` // batches that other rules or words made
}

func (s *Server) apiStats(w http.ResponseWriter, r *http.Request, c *volume) error {
	counts, err := c.Stats(r.Context())
	if err != nil {
		return err
	}
	out := stats{Stats: counts, Manifest: c.Store().Manifest().Number, OtherRules: c.OtherRules()}
	if out.Generation, err = c.generation(); err != nil {
		return err
	}
	if out.Lag, err = c.Lag(); err != nil {
		return err
	}
	s.sendJSON(w, r, http.StatusOK, "application/json", out)
	return nil
}
