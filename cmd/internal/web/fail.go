package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"unicode/utf8"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/concordance"
	"jianbao/corpus/store"
	"jianbao/index"
	"jianbao/index/query"
)

var (
	errNoPage  = errors.New("no such page")
	errForged  = errors.New("the form is out of date: load the page again")
	errTooLong = errors.New("the text is too long")
)

// requestError is a request that cannot be answered as it is.
type requestError struct{ msg string }

func (e requestError) Error() string { return e.msg }

// retryAfter is how many seconds a client should wait when all places are taken.
const retryAfter = "2"

// problem is what went wrong, as RFC 9457 writes it.
type problem struct {
	Kind   string `json:"-"`
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`

	// Of a wrong query: the place in code points, and what to write instead.
	Offset *int   `json:"offset,omitempty"`
	Hint   string `json:"hint,omitempty"`

	syntax *query.SyntaxError // of a wrong query
}

// problemOf tells what a client has to know of an error. What is wrong with
// the server itself is for the log.
func problemOf(err error) problem {
	var syntax *query.SyntaxError
	var request requestError
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &syntax):
		at := utf8.RuneCountInString(syntax.Query[:min(syntax.Offset, len(syntax.Query))])
		return problem{Kind: "query", Status: http.StatusBadRequest, Title: "the query cannot be read", Detail: syntax.Msg, Offset: &at, Hint: syntax.Hint, syntax: syntax}
	case errors.Is(err, index.ErrTooBroad), errors.Is(err, concordance.ErrTooMany):
		return problem{Kind: "broad", Status: http.StatusBadRequest, Title: "the query is too broad", Detail: err.Error()}
	case errors.Is(err, pipeline.ErrBehind):
		return problem{Kind: "behind", Status: http.StatusServiceUnavailable, Title: "the index is behind the tables", Detail: err.Error()}
	case errors.Is(err, pipeline.ErrNoWord):
		return problem{Kind: "request", Status: http.StatusBadRequest, Title: "the request cannot be read", Detail: err.Error()}
	case errors.As(err, &request):
		return problem{Kind: "request", Status: http.StatusBadRequest, Title: "the request cannot be read", Detail: request.msg}
	case errors.Is(err, store.ErrNoDocument):
		return problem{Kind: "document", Status: http.StatusNotFound, Title: "no such article", Detail: err.Error()}
	case errors.Is(err, errNoPage):
		return problem{Kind: "page", Status: http.StatusNotFound, Title: errNoPage.Error()}
	case errors.Is(err, errExpired):
		return problem{Kind: "cursor", Status: http.StatusGone, Title: errExpired.Error()}
	case errors.Is(err, errForged):
		return problem{Kind: "forged", Status: http.StatusForbidden, Title: errForged.Error()}
	case errors.Is(err, errTooLong), errors.As(err, &tooLarge):
		return problem{Kind: "long", Status: http.StatusRequestEntityTooLarge, Title: errTooLong.Error()}
	case errors.Is(err, errOldHTTP):
		return problem{Kind: "protocol", Status: http.StatusHTTPVersionNotSupported, Title: errOldHTTP.Error()}
	case errors.Is(err, errBusy):
		return problem{Kind: "busy", Status: http.StatusServiceUnavailable, Title: errBusy.Error(), Detail: "try again in " + retryAfter + " seconds"}
	case errors.Is(err, context.DeadlineExceeded):
		return problem{Kind: "time", Status: http.StatusServiceUnavailable, Title: "this took too long"}
	}
	return problem{Kind: "server", Status: http.StatusInternalServerError, Title: "the server failed"}
}

// fail answers with an error: a page, or problem details in the API.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil && errors.Is(err, context.Canceled) {
		return // nobody waits for it
	}
	p := problemOf(err)
	if p.Status == http.StatusInternalServerError {
		s.opts.Log.Error("answer", "path", r.URL.Path, "error", err)
	}
	if isAPI(r) {
		s.problem(w, r, p)
		return
	}
	s.retry(w, p)
	s.render(w, r, p.Status, "error", errorView{s.newView(w, r, "error"), &p})
}

// inPage is an error that a page shows above its form, since another question
// or another time would do; err itself when there is no use in the form.
func (s *Server) inPage(w http.ResponseWriter, err error) (*problem, error) {
	p := problemOf(err)
	if p.Status >= http.StatusInternalServerError && p.Kind != "behind" {
		return nil, err
	}
	s.retry(w, p)
	return &p, nil
}

func (s *Server) retry(w http.ResponseWriter, p problem) {
	if p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", retryAfter)
	}
	w.Header().Set("Cache-Control", "no-store")
}

// problem writes problem details.
func (s *Server) problem(w http.ResponseWriter, r *http.Request, p problem) {
	s.retry(w, p)
	p.Type = "urn:jianbao:problem:" + p.Kind
	s.sendJSON(w, r, p.Status, "application/problem+json", p)
}

// errorView is the page of an error.
type errorView struct {
	view
	Problem *problem
}

// StatusText is the status with its number.
func (v errorView) StatusText() string {
	return strconv.Itoa(v.Problem.Status) + " " + http.StatusText(v.Problem.Status)
}
