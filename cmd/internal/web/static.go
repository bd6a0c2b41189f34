package web

import (
	"embed"
	"fmt"
	"net/http"
	"path"
)

//go:embed static
var staticFiles embed.FS

// asset is a file that pages use.
type asset struct {
	contentType string
	body        []byte
	address     string // with a part that changes with the body
}

var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

func readStatic() (map[string]asset, error) {
	entries, err := staticFiles.ReadDir("static")
	if err != nil {
		return nil, fmt.Errorf("read static files: %w", err)
	}
	all := map[string]asset{}
	for _, e := range entries {
		body, err := staticFiles.ReadFile("static/" + e.Name())
		if err != nil {
			return nil, fmt.Errorf("read static files: %w", err)
		}
		tag := etag(body)
		all[e.Name()] = asset{contentTypes[path.Ext(e.Name())], body, "/static/" + e.Name() + "?v=" + tag[3:11]}
	}
	return all, nil
}

func (s *Server) serveStatic(w http.ResponseWriter, r *http.Request) {
	a, ok := s.static[r.PathValue("name")]
	if !ok {
		s.fail(w, r, errNoPage)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=86400")
	if err := s.send(w, r, http.StatusOK, a.contentType, a.body); err != nil {
		s.opts.Log.Info("send", "path", r.URL.Path, "error", err)
	}
}
