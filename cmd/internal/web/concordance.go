package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/concordance"
)

// The bounds of a concordance. What is beyond them a download has.
const (
	lineRows      = 50
	maxLines      = 10_000 // that can be leafed through
	maxWindow     = 1000   // characters or words
	maxSample     = 10_000
	drawnArticles = 50_000    // whose lines are sorted for a page
	lineMemory    = 128 << 20 // bytes for lines that are sorted
	defaultWindow = 40        // characters, as on the command line
)

// concordanceRequest is a concordance as a request asks for it.
type concordanceRequest struct {
	q       string
	sort    string // keys with commas between them
	options pipeline.KWICOptions
}

// readConcordance reads the parameters that the page, the API and the download have
// in common. The keys of an order come as one parameter or as several.
func readConcordance(r *http.Request) (a concordanceRequest, err error) {
	if a.q, err = queryOf(r, "q"); err != nil {
		return a, err
	}
	for _, key := range r.URL.Query()["sort"] {
		if key != "" {
			a.sort += "," + key
		}
	}
	a.sort = strings.TrimPrefix(a.sort, ",")
	if a.options.Lines.Order, err = concordance.ParseOrder(a.sort); err != nil {
		return a, requestError{err.Error()}
	}
	if a.options.Window, err = windowOf(r); err != nil {
		return a, err
	}
	if a.options.Lines.Sample, err = numberOf(r, "sample", 0, 0, maxSample); err != nil {
		return a, err
	}
	if a.options.Lines.Seed, err = seedOf(r); err != nil {
		return a, err
	}
	a.options.Reprints, err = flag(r, "reprints")
	a.options.Lines.Memory = lineMemory
	return a, err
}

// windowOf reads 40, 8w, or the number and the unit of a form.
func windowOf(r *http.Request) (concordance.Window, error) {
	text := r.FormValue("window")
	if text == "" {
		text = strconv.Itoa(defaultWindow)
	}
	if r.FormValue("unit") == "words" {
		text = strings.TrimSuffix(text, "w") + "w"
	}
	w, err := concordance.ParseWindow(text)
	if err == nil && w.Size > maxWindow {
		err = fmt.Errorf("the window is at most %d wide", maxWindow)
	}
	if err != nil {
		return w, requestError{err.Error()}
	}
	return w, nil
}

func seedOf(r *http.Request) (uint64, error) {
	text := r.FormValue("seed")
	if text == "" {
		return 1, nil
	}
	seed, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, requestError{"seed must be a whole number"}
	}
	return seed, nil
}

// values are the parameters by which the API gives the same concordance.
func (a concordanceRequest) values() url.Values {
	v := url.Values{"q": {a.q}, "window": {a.options.Window.String()}}
	if a.sort != "" {
		v.Set("sort", a.sort)
	}
	if a.options.Lines.Sample > 0 {
		v.Set("sample", strconv.Itoa(a.options.Lines.Sample))
		v.Set("seed", strconv.FormatUint(a.options.Lines.Seed, 10))
	}
	if a.options.Reprints {
		v.Set("reprints", "true")
	}
	return v
}

// linesOf is a piece of a concordance.
type linesOf struct {
	about pipeline.KWIC
	lines []concordance.Line
	more  bool // lines follow that can be asked for
}

// read finds size lines behind the first from. Lines that have to be sorted are
// those of at most [drawnArticles].
func (a concordanceRequest) read(ctx context.Context, c *volume, from, size int) (out linesOf, err error) {
	o := a.options
	o.Lines.Limit = from + size + 1
	if !o.Lines.Streams() {
		o.Most = drawnArticles
	}
	came := 0
	out.about, err = c.KWIC(ctx, a.q, o, func(l concordance.Line) error {
		if came++; came > from && len(out.lines) < size {
			out.lines = append(out.lines, l)
		}
		return nil
	})
	out.more = came > from+size && from+size < maxLines
	return out, err
}
