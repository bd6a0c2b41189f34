package web

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/klauspost/compress/gzip"
)

// stream is the body of a download. Its headers are sent with its first bytes,
// so that what fails before can be answered otherwise.
type stream struct {
	w        http.ResponseWriter
	packed   *gzip.Writer // nil when the client takes no gzip, or when it is of no use
	buffer   *bufio.Writer
	download download
	patience time.Duration // with a client that takes nothing
	begun    bool
}

func newStream(w http.ResponseWriter, r *http.Request, d download, patience time.Duration) *stream {
	s := &stream{w: w, download: d, patience: patience}
	var under io.Writer = unbuffered{s}
	if d.format != inParquet && takesGzip(r) {
		s.packed = gzip.NewWriter(under)
		under = s.packed
	}
	s.buffer = bufio.NewWriterSize(under, downloadBuffer)
	return s
}

// Write adds to the body.
func (s *stream) Write(b []byte) (int, error) { return s.buffer.Write(b) }

// unbuffered is the way to the client.
type unbuffered struct{ *stream }

func (u unbuffered) Write(b []byte) (int, error) {
	if err := u.begin(); err != nil {
		return 0, err
	}
	return u.w.Write(b)
}

// begin sends the headers, if that was not done, and gives the client its time
// anew.
func (s *stream) begin() error {
	err := http.NewResponseController(s.w).SetWriteDeadline(time.Now().Add(s.patience))
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	if s.begun {
		return nil
	}
	s.begun = true
	h := s.w.Header()
	for _, f := range downloadFormats {
		if f.name == s.download.format {
			h.Set("Content-Type", f.media)
		}
	}
	h.Set("Content-Disposition", attachment(s.download.name+"."+s.download.format))
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Accept-Encoding")
	if s.packed != nil {
		h.Set("Content-Encoding", "gzip")
	}
	return nil
}

// end sends what is left.
func (s *stream) end() error {
	err := s.buffer.Flush()
	if s.packed != nil {
		err = errors.Join(err, s.packed.Close())
	}
	return err
}

// broken ends a stream that failed: with the error while nothing was sent, else
// with the connection.
func (s *stream) broken(server *Server, r *http.Request, err error) error {
	if !s.begun {
		return err
	}
	server.opts.Log.Warn("a download broke off", "path", r.URL.Path, "error", err)
	panic(http.ErrAbortHandler) // the way of net/http to close a connection before its answer ends
}
