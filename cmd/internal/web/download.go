package web

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// The limits of a download.
const (
	downloadTime   = 10 * time.Minute // for all of it
	downloadPause  = 30 * time.Second // a client that takes nothing for so long is given up
	downloadBuffer = 64 << 10         // bytes until which an error is still told as one
)

// streaming calls f, which answers with [Server.attach], when there is a place for
// it: not one of those for pages, which no slow client must take away.
func (s *Server) streaming(f reading) http.Handler {
	return s.bounded(s.downloads, downloadTime, f)
}

// attach answers with a file while write makes it, so that it may be of any size.
// An error within the first [downloadBuffer] bytes is returned. After that the
// status is sent and the connection is broken: nobody takes a part for the whole.
func (s *Server) attach(w http.ResponseWriter, r *http.Request, name, contentType string, write func(io.Writer) error) error {
	a := &attachment{response: w, gzip: takesGzip(r), name: name, contentType: contentType, ending: s.ending}
	b := bufio.NewWriterSize(a, downloadBuffer)
	err := write(b)
	if err == nil {
		err = b.Flush()
	}
	if err == nil {
		err = a.close()
	}
	if err == nil || a.out == nil {
		return err
	}
	s.opts.Log.Info("download ended early", "path", r.URL.Path, "error", err)
	panic(http.ErrAbortHandler) // the documented way to break a connection off
}

// attachment is an answer that a browser saves. Its header goes with its first
// bytes.
type attachment struct {
	response          http.ResponseWriter
	gzip              bool
	name, contentType string
	ending            <-chan struct{}
	out               io.Writer // nil until the header is sent
}

// errEnding is a server that cannot wait for a download.
var errEnding = errors.New("the server ends")

func (a *attachment) Write(p []byte) (int, error) {
	if a.out == nil {
		a.begin()
	}
	if err := a.wait(); err != nil {
		return 0, err
	}
	return a.out.Write(p)
}

func (a *attachment) begin() {
	h := a.response.Header()
	h.Set("Content-Type", a.contentType)
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", a.name))
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept-Encoding")
	a.out = a.response
	if a.gzip {
		h.Set("Content-Encoding", "gzip")
		a.out = gzip.NewWriter(a.response)
	}
	a.response.WriteHeader(http.StatusOK)
}

// wait gives the client time to take what is written next, unless the server ends.
func (a *attachment) wait() error {
	select {
	case <-a.ending:
		return errEnding
	default:
	}
	err := http.NewResponseController(a.response).SetWriteDeadline(time.Now().Add(downloadPause))
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}

// close ends the file, which may be empty.
func (a *attachment) close() error {
	if a.out == nil {
		a.begin()
	}
	if z, ok := a.out.(*gzip.Writer); ok {
		return z.Close()
	}
	return nil
}
