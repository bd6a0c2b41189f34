package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// Article is what a list says of an article.
type Article struct {
	DocID     string `json:"doc_id"`
	URI       string `json:"uri"` // the first of its addresses
	Title     string `json:"title"`
	Published string `json:"published"` // 2020-03-20 or 2020-03-20T10:52:00+08:00; empty when unknown
	Source    string `json:"source"`
}

// maxCandidates is how many articles an [AmbiguousError] names.
const maxCandidates = 20

// AmbiguousError is a name that several articles go by.
type AmbiguousError struct {
	Given      string
	Candidates []Article // at most maxCandidates, by doc_id
	More       bool      // there are others
}

// Error lists the candidates, one a line.
func (e *AmbiguousError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q is not one article but several:", e.Given)
	for _, c := range e.Candidates {
		fmt.Fprintf(&b, "\n  %s  %s  %s", c.DocID, c.URI, c.Title)
	}
	if e.More {
		b.WriteString("\n  and more")
	}
	return b.String()
}

// Resolve is the doc_id of the article that goes by a name: a doc_id, the
// beginning of one, or an address at which it was seen. It fails with
// store.ErrNoDocument or an *AmbiguousError.
func (c *Corpus) Resolve(ctx context.Context, given string) (string, error) {
	for _, find := range []func(context.Context, string) ([]string, error){c.byPrefix, c.byAddress} {
		ids, err := find(ctx, given)
		if err != nil {
			return "", err
		}
		switch len(ids) {
		case 0:
			continue
		case 1:
			return ids[0], nil
		}
		return "", c.ambiguous(ctx, given, ids)
	}
	return "", fmt.Errorf("%w: %s is neither a doc_id, nor the beginning of one, nor an address", store.ErrNoDocument, given)
}

// docIDDigits is the length of a doc_id.
const docIDDigits = 32

// byPrefix finds the articles whose doc_id begins so, as long as there are not
// too many to name.
func (c *Corpus) byPrefix(ctx context.Context, given string) ([]string, error) {
	prefix := strings.ToLower(given)
	if prefix == "" || len(prefix) > docIDDigits || strings.Trim(prefix, "0123456789abcdef") != "" {
		return nil, nil
	}
	type named struct {
		DocID string `parquet:"doc_id"`
	}
	rows := store.Rows[named](ctx, c.store, table.Documents)
	if len(prefix) == docIDDigits {
		rows = store.Find[named](ctx, c.store, table.Documents, prefix)
	}
	var ids []string
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(row.DocID, prefix) {
			ids = append(ids, row.DocID)
		}
		if len(ids) > maxCandidates {
			break
		}
	}
	return ids, nil
}

// byAddress finds the articles that were seen at an address: several when the
// page changed.
func (c *Corpus) byAddress(ctx context.Context, given string) ([]string, error) {
	var ids []string
	for row, err := range store.Rows[seen](ctx, c.store, table.Sightings) {
		if err != nil {
			return nil, err
		}
		if row.URI == given && !slices.Contains(ids, row.DocID) {
			ids = append(ids, row.DocID)
		}
		if len(ids) > maxCandidates {
			break
		}
	}
	return ids, nil
}

func (c *Corpus) ambiguous(ctx context.Context, given string, ids []string) error {
	e := &AmbiguousError{Given: given, More: len(ids) > maxCandidates}
	all, err := c.articles(ctx, ids[:min(len(ids), maxCandidates)])
	if err != nil {
		return err
	}
	for _, a := range all {
		e.Candidates = append(e.Candidates, a)
	}
	slices.SortFunc(e.Candidates, func(x, y Article) int { return cmp.Compare(x.DocID, y.DocID) })
	return e
}

// articles describes articles, by doc_id. Those that are not there are left
// out.
func (c *Corpus) articles(ctx context.Context, ids []string) (map[string]Article, error) {
	uris, err := urisOf(store.Find[seen](ctx, c.store, table.Sightings, ids...))
	if err != nil {
		return nil, err
	}
	type described struct {
		DocID              string           `parquet:"doc_id"`
		Title              string           `parquet:"title"`
		Source             string           `parquet:"source"`
		Published          *corpus.Date     `parquet:"published,date"`
		PublishedAt        *table.Timestamp `parquet:"published_at,timestamp(microsecond:utc)"`
		PublishedPrecision string           `parquet:"published_precision"`
	}
	return collect(store.Find[described](ctx, c.store, table.Documents, ids...), func(all map[string]Article, d described) {
		row := table.Document{Published: d.Published, PublishedAt: d.PublishedAt, PublishedPrecision: d.PublishedPrecision}
		all[d.DocID] = Article{DocID: d.DocID, URI: uris[d.DocID], Title: d.Title, Source: d.Source, Published: row.Moment().String()}
	})
}

// clusterOf is what reprints an article has; nil when it is not grouped yet.
func (c *Corpus) clusterOf(docID string) (*table.Cluster, error) {
	for row, err := range c.clusterRows() {
		if err != nil {
			return nil, err
		}
		if row.DocID == docID {
			return &row, nil
		}
	}
	return nil, nil
}

// clusterRows yields clusters.parquet, and nothing as long as there is none.
func (c *Corpus) clusterRows() func(yield func(table.Cluster, error) bool) {
	path := c.store.Derived(clustersFile)
	return func(yield func(table.Cluster, error) bool) {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return
		}
		for row, err := range table.ReadFile[table.Cluster](path) {
			if err != nil {
				err = fmt.Errorf("read clusters: %w", err)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}
