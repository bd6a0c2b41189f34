package web

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// minGzip is from how many bytes compressing is worth it.
const minGzip = 1 << 10

// send writes a whole answer: compressed if the client takes that, and not at
// all when it has the same already.
func (s *Server) send(w http.ResponseWriter, r *http.Request, status int, contentType string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Add("Vary", "Accept-Encoding")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	if status == http.StatusOK && h.Get("Cache-Control") != "no-store" {
		tag := etag(body)
		h.Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	if len(body) < minGzip || !takesGzip(r) {
		w.WriteHeader(status)
		_, err := w.Write(body)
		return err
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	return s.compress(w, body)
}

func (s *Server) compress(w io.Writer, body []byte) error {
	z, ok := s.compressors.Get().(*gzip.Writer)
	if !ok {
		z = gzip.NewWriter(nil)
	}
	defer s.compressors.Put(z)
	z.Reset(w)
	if _, err := z.Write(body); err != nil {
		return err
	}
	return z.Close()
}

// etag is weak: the same for the compressed and the plain form.
func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + hex.EncodeToString(sum[:16]) + `"`
}

// matches reports whether an If-None-Match lists the tag.
func matches(header, tag string) bool {
	for have := range strings.SplitSeq(header, ",") {
		have = strings.TrimSpace(have)
		if have == "*" || strings.TrimPrefix(have, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" {
			return strings.Trim(strings.TrimPrefix(strings.TrimSpace(weight), "q="), "0.") != "" || weight == ""
		}
	}
	return false
}
