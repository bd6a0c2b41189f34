package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"sync"
	"time"

	"jianbao/cmd/internal/pipeline"
)

// Options say what to serve, and how much of it at once.
type Options struct {
	Pipeline *pipeline.Pipeline
	Dir      string       // of the corpus
	Token    string       // whoever has it may read; empty lets in all that come over loopback
	Log      *slog.Logger // default slog.Default()

	Running int           // heavy queries at once; default two a processor
	Waiting int           // that wait for their turn; default 64, negative for none
	Timeout time.Duration // of one query; default 30 s
}

// The limits of a connection.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	idleTimeout   = 2 * time.Minute
	drainTimeout  = 10 * time.Second // for what runs when the server is told to end
	maxHeader     = 64 << 10
	maxBody       = 1 << 20
)

// MinToken is how many bytes a token must have at least: it cannot be guessed.
const MinToken = 16

// Server is the pages and the API over one corpus.
type Server struct {
	opts    Options
	library *library
	gate    *gate
	keys    *keys
	pages   pages
	static  map[string]asset
	handler http.Handler

	downloads *gate

	compressors sync.Pool // of gzip writers, of a megabyte each, between answers
}

// New opens the corpus. The server must be closed by [Server.Serve] or
// [Server.Close].
func New(o Options) (*Server, error) {
	if o.Token != "" && len(o.Token) < MinToken {
		return nil, fmt.Errorf("the token has %d bytes: at least %d are needed", len(o.Token), MinToken)
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Running <= 0 {
		o.Running = 2 * runtime.GOMAXPROCS(0)
	}
	if o.Waiting == 0 {
		o.Waiting = 64
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	s := &Server{opts: o, gate: newGate(o.Running, max(0, o.Waiting)), keys: newKeys(o.Token)}
	s.downloads = newGate(runtime.GOMAXPROCS(0), maxDownloadsWaiting)
	var err error
	if s.pages, err = readPages(); err != nil {
		return nil, err
	}
	if s.static, err = readStatic(); err != nil {
		return nil, err
	}
	if s.library, err = openLibrary(o.Pipeline, o.Dir, o.Log); err != nil {
		return nil, err
	}
	s.handler = s.secure(s.routes())
	return s, nil
}

// Handler answers requests.
func (s *Server) Handler() http.Handler { return s.handler }

// Close lets the corpus go. No request may run.
func (s *Server) Close() error { return s.library.close() }

// Serve answers until ctx ends, then finishes what runs and closes the server. A
// listener that others can reach needs a token.
func (s *Server) Serve(ctx context.Context, l net.Listener) (err error) {
	defer func() { err = errors.Join(err, s.Close()) }()
	if !isLoopback(l.Addr().String()) && s.opts.Token == "" {
		return errors.Join(ErrNeedsToken, l.Close())
	}
	server := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      readTimeout + 2*s.opts.Timeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(s.opts.Log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		err = errors.Join(fmt.Errorf("end what runs: %w", err), server.Close())
		<-ended
		return err
	}
	<-ended // http.ErrServerClosed
	return nil
}

// ErrNeedsToken is a server that others could reach without a token.
var ErrNeedsToken = errors.New("to listen beyond loopback needs a token")

// isLoopback reports whether only this machine reaches an address with a port.
func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// CheckAddress refuses an address to listen on that needs a token and has none.
func CheckAddress(address, token string) error {
	if token == "" && !isLoopback(address) {
		return fmt.Errorf("listen on %q: %w", address, ErrNeedsToken)
	}
	return nil
}
