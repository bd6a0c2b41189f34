package web

import "net/http"

// routes are all addresses. Those of the API are told by openapi.json.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /{$}", s.heavy(s.searchPage))
	for _, f := range downloadFormats {
		mux.Handle("GET /export."+f.name, s.streaming(s.exportPage(f.name)))
	}
	mux.Handle("GET /counts", s.heavy(s.countsPage))
	for _, f := range downloadFormats {
		mux.Handle("GET /counts."+f.name, s.streaming(s.exportCounts(f.name)))
	}
	mux.Handle("GET /api/v1/mentions", s.heavy(s.apiMentions))
	mux.Handle("GET /api/v1/counts", s.heavy(s.apiCounts))
	mux.Handle("GET /articles/{id}", s.heavy(s.articlePage))
	mux.Handle("GET /articles/{id}/reprints", s.heavy(s.reprintsPage))
	mux.Handle("GET /help", s.admit(http.HandlerFunc(s.helpPage)))
	mux.Handle("GET /rules", s.heavy(s.rulesPage))
	mux.Handle("POST /rules", s.heavy(s.rulesForm))
	mux.Handle("GET /corpus", s.heavy(s.corpusPage))
	mux.Handle("GET /api/v1/search", s.heavy(s.apiSearch))
	mux.Handle("GET /api/v1/export", s.streaming(s.apiExport))
	mux.Handle("GET /api/v1/documents/{id}", s.heavy(s.apiDocument))
	mux.Handle("GET /api/v1/documents/{id}/similar", s.heavy(s.apiSimilar))
	mux.Handle("POST /api/v1/rules/explain", s.heavy(s.apiExplain))
	mux.Handle("GET /api/v1/stats", s.heavy(s.apiStats))
	mux.Handle("GET /api/v1/batches", s.heavy(s.apiBatches))
	mux.Handle("GET /api/v1/quarantine", s.heavy(s.apiQuarantine))
	mux.Handle("GET /api/v1/openapi.json", s.admit(http.HandlerFunc(s.apiDescription)))
	mux.HandleFunc("GET /static/{name}", s.serveStatic)
	if s.opts.Token != "" {
		mux.HandleFunc("GET /login", s.loginPage)
		mux.HandleFunc("POST /login", s.login)
		mux.HandleFunc("POST /logout", s.logout)
	}
	mux.Handle("/", s.admit(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, errNoPage) })))
	return mux
}
