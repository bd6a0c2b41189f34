package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/frequency"
)

// The views of the terms page.
const (
	inWords      = "words"
	inNgrams     = "ngrams"
	inCollocates = "collocates"
	inKeyness    = "keyness"
	inDispersion = "dispersion"
)

func termViews() []string {
	return []string{inWords, inNgrams, inCollocates, inKeyness, inDispersion}
}

// The bounds of what is counted for a request. Beyond them articles are drawn by
// chance; the command line counts all.
const (
	countedArticles = 50_000
	ngramArticles   = 20_000 // there are many more n-grams than words
	maxNear         = 50     // words on either side
	maxWords        = 8      // whose dispersion is compared
	termRows        = 100
	maxTermRows     = 1000
	maxLeast        = 1 << 30
)

// termsRequest is what a request wants to be counted.
type termsRequest struct {
	options pipeline.TermOptions
	near    pipeline.Span // of collocates
	by      string        // logdice or g2
	against string        // of keyness
	words   []string      // whose collocates, or dispersion
	parts   pipeline.Parting
}

// readTerms reads the parameters of a view. Those of another are left alone.
func readTerms(r *http.Request, view string) (a termsRequest, err error) {
	o := &a.options
	o.N, o.Most = 1, countedArticles
	if o.Query, err = queryOf(r, "q"); err != nil {
		return a, err
	}
	if o.Reprints, err = flag(r, "reprints"); err != nil {
		return a, err
	}
	if err = a.readView(r, view); err != nil || view == inDispersion {
		return a, err
	}
	least := 1
	if view == inCollocates || view == inKeyness {
		least = weakFloor
	}
	return a, a.readList(r, least)
}

// readList reads what is listed of what was counted.
func (a *termsRequest) readList(r *http.Request, least int) (err error) {
	o := &a.options
	if o.Limit, err = numberOf(r, "limit", termRows, 1, maxTermRows); err != nil {
		return err
	}
	if o.StopWords, err = flag(r, "stop_words"); err != nil {
		return err
	}
	if o.Marks, err = flag(r, "punctuation"); err != nil {
		return err
	}
	least, err = numberOf(r, "min", least, 1, maxLeast)
	o.Least = int64(least)
	return err
}

// readView reads the parameters that one view alone has.
func (a *termsRequest) readView(r *http.Request, view string) (err error) {
	switch view {
	case inNgrams:
		a.options.Most = ngramArticles
		a.options.N, err = numberOf(r, "n", 2, 2, frequency.MaxN)
	case inCollocates:
		err = a.readCollocates(r)
	case inKeyness:
		a.against, err = queryOf(r, "against")
	case inDispersion:
		if a.parts, err = pipeline.ParseParting(r.FormValue("by")); err != nil {
			return requestError{err.Error()}
		}
		if a.words = typedWords(r); len(a.words) > maxWords {
			err = requestError{fmt.Sprintf("at most %d words", maxWords)}
		}
	}
	return err
}

func (a *termsRequest) readCollocates(r *http.Request) (err error) {
	if a.by = r.FormValue("by"); a.by == "" {
		a.by = "logdice"
	}
	if a.by != "logdice" && a.by != "g2" {
		return requestError{"by must be logdice or g2"}
	}
	if word := strings.TrimSpace(r.FormValue("word")); word != "" {
		a.words = []string{word}
	}
	if a.near.Left, err = numberOf(r, "left", nearSpan, 0, maxNear); err != nil {
		return err
	}
	if a.near.Right, err = numberOf(r, "right", nearSpan, 0, maxNear); err != nil {
		return err
	}
	if a.near.Left+a.near.Right == 0 {
		return requestError{"left and right cannot both be 0"}
	}
	return nil
}

// typedWords are the words of a request: of the API one a parameter, of a form all
// in one.
func typedWords(r *http.Request) []string {
	words := wordsOf(r.FormValue("words"))
	for _, word := range r.URL.Query()["word"] {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// missing says what the view needs and the request has not; empty when it can be
// answered.
func (a *termsRequest) missing(view string) string {
	switch {
	case view == inKeyness && a.options.Query == "":
		return "q"
	case (view == inCollocates || view == inDispersion) && len(a.words) == 0:
		return "word"
	}
	return ""
}

// count answers with what the command line gives as JSON.
func (a *termsRequest) count(ctx context.Context, c *volume, view string) (any, error) {
	switch view {
	case inCollocates:
		return c.Collocates(ctx, a.words[0], a.near, orderOf(a.by), a.options)
	case inKeyness:
		return c.Keyness(ctx, a.against, a.options)
	case inDispersion:
		return c.Scatter(ctx, a.words, a.parts, a.options)
	}
	return c.Words(ctx, a.options)
}

// apiTerms answers with one view.
func (s *Server) apiTerms(view string) reading {
	return func(w http.ResponseWriter, r *http.Request, c *volume) error {
		a, err := readTerms(r, view)
		if err != nil {
			return err
		}
		if name := a.missing(view); name != "" {
			return requestError{name + " is missing"}
		}
		counted, err := a.count(r.Context(), c, view)
		if err != nil {
			return err
		}
		s.sendJSON(w, r, http.StatusOK, "application/json", counted)
		return nil
	}
}
