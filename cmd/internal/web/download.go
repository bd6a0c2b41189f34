package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/sheet"
	"jianbao/corpus/table"
)

// The formats of a download.
const (
	inCSV     = "csv"
	inParquet = "parquet"
	inJSONL   = "jsonl"
)

// downloadFormats are the formats with their media types, in the order in which
// they are offered.
var downloadFormats = []struct{ name, label, media string }{
	{inCSV, "CSV", "text/csv; charset=utf-8; header=present"},
	{inParquet, "Parquet", "application/vnd.apache.parquet"},
	{inJSONL, "JSON lines", "application/jsonl; charset=utf-8"},
}

// The bounds of a download.
const (
	downloadTimeout = 15 * time.Minute
	downloadBuffer  = 64 << 10
	downloadGroup   = 8 << 20 // bytes of memory that a row group of Parquet may take
	maxFileWords    = 40      // characters of a query in the name of a file

	maxDownloadsWaiting = 8 // as many run as there are processors
)

var errOldHTTP = errors.New("a download needs HTTP/1.1: HTTP/1.0 cannot tell one that broke off from one that is whole")

// streaming calls f, which answers with [sendRows], when there is a place for
// it. Downloads have places of their own: they may take minutes, and searches do
// not wait for them.
func (s *Server) streaming(f reading) http.Handler {
	return s.admit(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), downloadTimeout)
		defer cancel()
		leave, err := s.downloads.enter(ctx)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		defer leave()
		c := s.library.borrow()
		defer c.giveBack()
		if !r.ProtoAtLeast(1, 1) {
			err = errOldHTTP
		} else {
			err = f(w, r.WithContext(ctx), c)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	}))
}

// rowsOf is how rows of one kind are written: in CSV as cells, in Parquet as R,
// as JSON lines as they are.
type rowsOf[T any, R table.Row[R]] struct {
	columns []string
	cells   func(T) []string
	row     func(T) R
}

// download is the file that a client gets.
type download struct {
	format  string
	name    string // without the format
	options table.Options
}

// newDownload names a file for what it holds, the words of its query and the
// state of the corpus.
func newDownload(c *volume, format, what, query string) download {
	manifest := c.Store().Manifest().Number
	name := "jianbao-" + what
	if words := fileWords(query); words != "" {
		name += "-" + words
	}
	return download{format, fmt.Sprintf("%s-m%d", name, manifest), table.Options{
		RowGroupBytes: downloadGroup, PipelineVersion: pipeline.Version, Manifest: manifest,
	}}
}

// fileWords is as much of a query as the name of a file can hold.
func fileWords(query string) string {
	words := strings.FieldsFunc(query, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	runes := []rune(strings.Join(words, "-"))
	return strings.TrimRight(string(runes[:min(len(runes), maxFileWords)]), "-")
}

// sendRows streams what each hands to emit. An error before anything was sent is
// returned. One behind that breaks the connection, so that no client takes a
// part for the whole.
func sendRows[T any, R table.Row[R]](w http.ResponseWriter, r *http.Request, s *Server, d download, of rowsOf[T, R], each func(emit func(T) error) error) error {
	out := newStream(w, r, d, s.opts.Timeout)
	if r.Method == http.MethodHead {
		return out.begin()
	}
	rows, err := of.encoder(d, out)
	if err != nil {
		return err
	}
	if err := each(rows.write); err != nil {
		return out.broken(s, r, err)
	}
	if err := errors.Join(rows.end(), out.end()); err != nil {
		return out.broken(s, r, err)
	}
	return nil
}

// encoder writes rows in one format.
type encoder[T any] struct {
	write func(T) error
	end   func() error
}

func (of rowsOf[T, R]) encoder(d download, out io.Writer) (encoder[T], error) {
	switch d.format {
	case inCSV:
		w := sheet.NewWriter(out)
		return encoder[T]{func(x T) error { return w.Write(of.cells(x)) }, w.Flush}, w.Write(of.columns)
	case inParquet:
		w := table.NewWriter[R](out, d.options)
		return encoder[T]{func(x T) error { return w.Write([]R{of.row(x)}) }, w.Close}, nil
	case inJSONL:
		w := json.NewEncoder(out)
		w.SetEscapeHTML(false)
		return encoder[T]{func(x T) error { return w.Encode(x) }, func() error { return nil }}, nil
	}
	return encoder[T]{}, requestError{fmt.Sprintf("unknown format %q: csv, parquet or jsonl", d.format)}
}

// attachment is a Content-Disposition with a name for clients that know ASCII
// alone too.
func attachment(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return -1
		}
		return r
	}, name)
	for strings.Contains(plain, "--") {
		plain = strings.ReplaceAll(plain, "--", "-")
	}
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + url.PathEscape(name)
}
