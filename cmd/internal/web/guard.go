package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// policy lets a page use nothing but files of ours: no script or style within
// it, nothing of another host.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

var securityHeaders = map[string]string{
	"Content-Security-Policy":      policy,
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=()",
}

// secure is around everything: headers, limits, and refusal of requests that
// another site makes.
func (s *Server) secure(next http.Handler) http.Handler {
	sameSite := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range securityHeaders {
			w.Header().Set(name, value)
		}
		// A name that leads here from a page of others (DNS rebinding) is foreign.
		if s.opts.Token == "" && !isLoopback(r.Host) {
			http.Error(w, "this server answers to localhost only", http.StatusMisdirectedRequest)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		sameSite.ServeHTTP(w, r)
	})
}

// admit lets in who has the token; a browser is sent to the login page.
func (s *Server) admit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case s.keys.admitted(r):
			next.ServeHTTP(w, r)
		case isAPI(r):
			w.Header().Set("WWW-Authenticate", `Bearer realm="jianbao"`)
			s.problem(w, r, problem{Kind: "unauthorized", Status: http.StatusUnauthorized, Title: "the token is missing or wrong"})
		case r.Method == http.MethodGet || r.Method == http.MethodHead:
			http.Redirect(w, r, "/login?"+url.Values{"next": {r.URL.RequestURI()}}.Encode(), http.StatusSeeOther)
		default:
			http.Redirect(w, r, "/login", http.StatusSeeOther)
		}
	})
}

func isAPI(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

// reading is a handler over one state of the corpus.
type reading func(w http.ResponseWriter, r *http.Request, c *volume) error

// heavy calls f when there is a place for it, within the time that a query
// may take.
func (s *Server) heavy(f reading) http.Handler { return s.bounded(s.gate, s.opts.Timeout, f) }

// bounded calls f when the gate lets it in, and ends it after limit.
func (s *Server) bounded(g *gate, limit time.Duration, f reading) http.Handler {
	return s.admit(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		leave, err := g.enter(ctx)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		defer leave()
		c := s.library.borrow()
		defer c.giveBack()
		if err := f(w, r.WithContext(ctx), c); err != nil {
			s.fail(w, r, err)
		}
	}))
}
