package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/index"
	"jianbao/index/query"
)

// Corpus is a corpus open for reading: one manifest and the newest generation
// of the index. It never waits for a writer. It may be used by many goroutines.
type Corpus struct {
	p       *Pipeline
	store   *store.Reader
	grouped version // the file of clusters when it was opened

	mu       sync.Mutex // over what is opened when it is first asked for
	index    *index.Reader
	reprints *index.Reprints
}

// OpenCorpus opens the corpus in dir, whose files must all be there. Its index
// is opened with the first search.
func (p *Pipeline) OpenCorpus(dir string) (*Corpus, error) {
	r, err := store.OpenReader(dir)
	if err == nil {
		err = r.CheckFiles()
	}
	if err != nil {
		return nil, err
	}
	grouped, err := versionOf(r.Derived(clustersFile))
	if err != nil {
		return nil, err
	}
	return &Corpus{p: p, store: r, grouped: grouped}, nil
}

// version tells a file from another of its name.
type version struct {
	size     int64
	modified time.Time
}

// versionOf is that of a file; the zero version where there is none.
func versionOf(path string) (version, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return version{}, nil
	}
	if err != nil {
		return version{}, err
	}
	return version{info.Size(), info.ModTime()}, nil
}

// Store is the tables.
func (c *Corpus) Store() *store.Reader { return c.store }

// Categories are the ids of the rule packs with which it was opened.
func (c *Corpus) Categories() []string { return c.p.Categories() }

// Close lets the index go.
func (c *Corpus) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.index == nil {
		return nil
	}
	return c.index.Close()
}

// Index opens the newest generation; index.ErrNoIndex when nothing was indexed.
func (c *Corpus) Index() (*index.Reader, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.index != nil {
		return c.index, nil
	}
	r, err := index.OpenReader(c.store.Derived(indexDir), c.p.language())
	if err != nil {
		return nil, err
	}
	c.index = r
	return r, nil
}

// Outdated reports whether a batch was committed, an index published or reprints
// grouped since the corpus was opened: whether another OpenCorpus would show
// something else.
func (c *Corpus) Outdated() (bool, error) {
	changed, err := c.store.Changed()
	if changed || err != nil {
		return changed, err
	}
	grouped, err := versionOf(c.store.Derived(clustersFile))
	if err != nil || grouped != c.grouped {
		return err == nil, err
	}
	idx, err := c.Index()
	if errors.Is(err, index.ErrNoIndex) {
		return false, nil // and none was published: Index looks anew
	}
	if err != nil {
		return false, err
	}
	latest, err := index.Latest(c.store.Derived(indexDir))
	return latest != idx.Generation(), err
}

// Lag is by how many commits the index is behind the tables; without an index,
// by all of them.
func (c *Corpus) Lag() (int64, error) {
	idx, err := c.Index()
	if errors.Is(err, index.ErrNoIndex) {
		return c.store.Manifest().Content(), nil
	}
	if err != nil {
		return 0, err
	}
	return max(0, c.store.Manifest().Content()-idx.Generation()), nil
}

// OtherRules is how many batches were made by another pipeline than this one.
func (c *Corpus) OtherRules() int {
	n := 0
	for _, b := range c.store.Manifest().Batches {
		if b.Fingerprint != c.p.fingerprint {
			n++
		}
	}
	return n
}

// Answer is what a search gives: the shape of `search -o json`. Offsets are
// code points.
type Answer struct {
	Query  string  `json:"query"`
	Parsed string  `json:"parsed"`
	Total  int     `json:"total"`
	TookMS float64 `json:"took_ms"`
	Hits   []Hit   `json:"hits"`

	// Facets has the values of each facet that was asked for, over all hits.
	Facets map[string][]index.FacetCount `json:"facets"`

	Lag        int64 `json:"-"` // by how many commits the index is behind the tables
	OtherRules int   `json:"-"` // how many batches were taken in with other rules or words
}

// Hit is an article.
type Hit struct {
	DocID     string    `json:"doc_id"`
	URI       string    `json:"uri"`
	Title     string    `json:"title"`
	Published string    `json:"published"`
	Source    string    `json:"source"`
	Score     float64   `json:"score"`
	Reprints  int       `json:"reprints,omitempty"` // other articles of its cluster that match
	Snippets  []Snippet `json:"snippets"`
}

// Snippet is a piece of the printed text with the hits in it.
type Snippet struct {
	Text       string   `json:"text"`
	Highlights [][2]int `json:"highlights"`
}

// SearchOptions says which hits to show, and what to count.
type SearchOptions struct {
	Limit  int // negative for all
	From   int // how many of the first to pass over
	Order  index.Order
	Facets []string // as [index.ParseFacets] gives them
}

// Search runs a query. A wrong query is a *query.SyntaxError, one that is too
// broad an index.ErrTooBroad.
func (c *Corpus) Search(ctx context.Context, text string, o SearchOptions) (Answer, error) {
	start := time.Now()
	hits := []Hit{}
	answer, err := c.EachHit(ctx, text, o, func(h Hit) error {
		hits = append(hits, h)
		return nil
	})
	answer.Hits = hits
	answer.TookMS = float64(time.Since(start).Microseconds()) / 1000
	return answer, err
}

// EachHit is Search for results of any size: emit gets the hits in their order,
// and the answer has none. Memory does not grow with their texts.
func (c *Corpus) EachHit(ctx context.Context, text string, o SearchOptions, emit func(Hit) error) (Answer, error) {
	parsed, err := query.Parse(text, c.p.categories...)
	if err != nil {
		return Answer{}, err
	}
	answer := Answer{Query: text, Parsed: parsed.String(), Facets: map[string][]index.FacetCount{}}
	idx, err := c.Index()
	if errors.Is(err, index.ErrNoIndex) && c.store.Manifest().Counts.Documents == 0 {
		return answer, nil
	}
	if err != nil {
		return Answer{}, err
	}
	answer.Lag, answer.OtherRules = max(0, c.store.Manifest().Content()-idx.Generation()), c.OtherRules()
	wanted := withSynonyms(parsed)
	options := index.SearchOptions{Size: o.Limit, From: o.From, Order: o.Order, Facets: o.Facets}
	if !query.Unfolds(parsed) {
		if options.Reprints, err = c.openReprints(ctx, idx); err != nil {
			return Answer{}, err
		}
	}
	waiting := shower{idx: idx, marker: idx.Highlighter(wanted), emit: emit}
	found, err := idx.Each(ctx, wanted, options, func(h index.Hit) error { return waiting.add(ctx, h) })
	if err == nil {
		err = waiting.flush(ctx)
	}
	if err != nil {
		return Answer{}, err
	}
	answer.Total, answer.Facets = found.Total, found.Facets
	return answer, nil
}

// shownAtOnce is how many hits wait to be shown together.
const shownAtOnce = 128

// shower shows hits, many at once, and hands them on in the order in which they
// came.
type shower struct {
	idx     *index.Reader
	marker  *index.Highlighter
	emit    func(Hit) error
	waiting []index.Hit
}

func (s *shower) add(ctx context.Context, h index.Hit) error {
	if s.waiting = append(s.waiting, h); len(s.waiting) < shownAtOnce {
		return nil
	}
	return s.flush(ctx)
}

// flush shows those that wait.
func (s *shower) flush(ctx context.Context) error {
	hits, err := show(ctx, s.idx, s.marker, s.waiting)
	if err != nil {
		return err
	}
	s.waiting = s.waiting[:0]
	for _, h := range hits {
		if err := s.emit(h); err != nil {
			return err
		}
	}
	return nil
}

// show cuts snippets out of the texts of hits, which the index keeps beside the
// tables so that no page of a table is decompressed for one article.
func show(ctx context.Context, idx *index.Reader, marker *index.Highlighter, found []index.Hit) ([]Hit, error) {
	hits := make([]Hit, len(found))
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(runtime.GOMAXPROCS(0))
	for i, h := range found {
		workers.Go(func() error {
			stored, err := idx.Stored(ctx, h.ID)
			if err != nil {
				return fmt.Errorf("read hits: %w", err)
			}
			mentions, err := stored.Mentions()
			if err != nil {
				return fmt.Errorf("read hits: %w", err)
			}
			hits[i] = Hit{
				DocID: h.ID, URI: h.URI, Title: h.Title, Published: h.Published, Source: h.Source, Score: h.Score, Reprints: h.Reprints,
				Snippets: snippets(marker, stored.Text, mentions),
			}
			return nil
		})
	}
	return hits, workers.Wait()
}

// snippets cuts what the query found out of a printed text. The folded text
// has the same code points, so its offsets hold in the printed one.
func snippets(marker *index.Highlighter, text string, mentions []index.Mention) []Snippet {
	folded := fold(text)
	inFolded, inText := corpus.NewCodePoints(folded), corpus.NewCodePoints(text)
	out := []Snippet{}
	for _, s := range marker.Snippets(folded, text, mentions) {
		start, end := inFolded.Range(s.Span)
		snippet := Snippet{Text: inText.Bytes(start, end).Of(text)}
		for _, h := range s.Highlights {
			from, to := inFolded.Range(h)
			snippet.Highlights = append(snippet.Highlights, [2]int{from - start, to - start})
		}
		out = append(out, snippet)
	}
	return out
}

// Marked is the snippet with every hit between open and closing marks.
func (s Snippet) Marked(open, closing string) string {
	var out []byte
	next, at := 0, 0
	for _, r := range s.Text {
		if next < len(s.Highlights) && at == s.Highlights[next][0] {
			out = append(out, open...)
		}
		out = utf8.AppendRune(out, r)
		at++
		if next < len(s.Highlights) && at == s.Highlights[next][1] {
			out = append(out, closing...)
			next++
		}
	}
	return string(out)
}
