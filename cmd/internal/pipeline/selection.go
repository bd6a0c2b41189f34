package pipeline

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/sync/errgroup"

	"jianbao/corpus"
	"jianbao/corpus/release"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/index"
	"jianbao/index/query"
)

// articleID is a doc_id as bytes.
type articleID [16]byte

func parseArticleID(docID string) (id articleID, err error) {
	if n, err := hex.Decode(id[:], []byte(docID)); err != nil || n != len(id) || len(docID) != 2*len(id) {
		return id, fmt.Errorf("%q is no doc_id", docID)
	}
	return id, nil
}

func (id articleID) String() string { return hex.EncodeToString(id[:]) }

// chosen is what is kept of an article that is exported, about 100 bytes.
type chosen struct {
	day            corpus.Date // of publication; unknownDay if it is
	representative bool
	cluster        articleID
	size           int64
	kind           string // "" until it is grouped
	similarity     float64
}

// unknownDay comes after all others.
const unknownDay corpus.Date = 1<<31 - 1

func orUnknown(day *corpus.Date) corpus.Date {
	if day == nil {
		return unknownDay
	}
	return *day
}

// newChosen is an article that is its own cluster.
func newChosen(id articleID, day corpus.Date) *chosen {
	return &chosen{day: day, cluster: id, size: 1, similarity: 1}
}

// year is the partition of an article.
func (c *chosen) year() release.Year {
	if c.day == unknownDay {
		return 0
	}
	return release.Year(c.day.Time().Year())
}

// selection is the articles of an export.
type selection struct {
	articles map[articleID]*chosen
	order    []articleID // of the tables
	about    release.About
}

// find is the article of a row, or nil when it is not exported.
func (s *selection) find(docID string) *chosen {
	id, err := parseArticleID(docID)
	if err != nil {
		return nil
	}
	return s.articles[id]
}

// choose finds the articles of an export and their clusters.
func (c *Corpus) choose(ctx context.Context, o ExportOptions) (*selection, error) {
	s := &selection{articles: map[articleID]*chosen{}, about: c.aboutExport(o)}
	var matching map[articleID]bool
	var all []dated
	group, within := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		matching, err = c.matching(within, o.Query, &s.about)
		return err
	})
	group.Go(func() (err error) {
		all, err = c.dated(within, o)
		return err
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, d := range all {
		if matching != nil && !matching[d.id] {
			continue
		}
		s.articles[d.id] = newChosen(d.id, d.day)
		s.order = append(s.order, d.id)
	}
	if err := c.addClusters(s); err != nil {
		return nil, err
	}
	s.electRepresentatives()
	return s, nil
}

// ErrBehind is an index that does not have all articles yet.
var ErrBehind = errors.New("the next ingest brings it up to date")

// dated is an article with its day.
type dated struct {
	id  articleID
	day corpus.Date // unknownDay if it is
}

// dated are the articles within the bounds of o, in the order of the tables.
func (c *Corpus) dated(ctx context.Context, o ExportOptions) (all []dated, err error) {
	type described struct {
		DocID     string       `parquet:"doc_id"`
		Published *corpus.Date `parquet:"published,date"`
	}
	read := func(ctx context.Context, b store.Batch) (out []dated, err error) {
		for d, err := range store.BatchRows[described](ctx, c.store, b, table.Documents) {
			if err != nil {
				return nil, err
			}
			id, err := parseArticleID(d.DocID)
			if err != nil {
				return nil, err
			}
			if o.covers(d.Published) {
				out = append(out, dated{id, orUnknown(d.Published)})
			}
		}
		return out, nil
	}
	err = inOrder(ctx, c.store.Manifest().Batches, read, func(some []dated) (bool, error) {
		all = append(all, some...)
		return true, nil
	})
	return all, err
}

// matching are the articles that a query finds; nil for the empty query. All of
// them: an index that is behind the tables is an error.
func (c *Corpus) matching(ctx context.Context, typed string, about *release.About) (map[articleID]bool, error) {
	if typed == "" {
		return nil, nil
	}
	parsed, err := query.Parse(typed, c.p.categories...)
	if err != nil {
		return nil, err
	}
	about.Query = &release.Query{Typed: typed, Parsed: parsed.String()}
	found := map[articleID]bool{}
	idx, err := c.Index()
	if errors.Is(err, index.ErrNoIndex) && c.store.Manifest().Counts.Documents == 0 {
		return found, nil
	}
	if err != nil {
		return nil, err
	}
	about.Query.IndexManifest = idx.Generation()
	if lag := c.store.Manifest().Content() - idx.Generation(); lag > 0 {
		return nil, fmt.Errorf("the index is %d commits behind the corpus and would miss articles: %w", lag, ErrBehind)
	}
	for docID, err := range idx.Match(ctx, withSynonyms(parsed)) {
		if err != nil {
			return nil, err
		}
		id, err := parseArticleID(docID)
		if err != nil {
			return nil, err
		}
		found[id] = true
	}
	return found, nil
}

// addClusters reads what reprints the chosen articles are.
func (c *Corpus) addClusters(s *selection) error {
	s.about.Ungrouped = int64(len(s.articles))
	path := c.store.Derived(clustersFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var err error
	if s.about.ClustersManifest, err = c.store.DerivedFrom(clustersFile); err != nil {
		return err
	}
	for row, err := range table.ReadFile[table.Cluster](path) {
		if err != nil {
			return fmt.Errorf("read clusters: %w", err)
		}
		a := s.find(row.DocID)
		if a == nil {
			continue
		}
		if a.cluster, err = parseArticleID(row.ClusterID); err != nil {
			return fmt.Errorf("read clusters: %w", err)
		}
		a.size, a.kind, a.similarity = row.Size, row.Kind, row.Similarity
		s.about.Ungrouped--
	}
	return nil
}

// electRepresentatives marks of each cluster the article that comes first by
// (published, nulls last; doc_id): its leader, if that is exported.
func (s *selection) electRepresentatives() {
	first := make(map[articleID]articleID)
	for id, a := range s.articles {
		best, ok := first[a.cluster]
		if !ok || cmp.Or(cmp.Compare(a.day, s.articles[best].day), cmp.Compare(string(id[:]), string(best[:]))) < 0 {
			first[a.cluster] = id
		}
	}
	for _, id := range first {
		s.articles[id].representative = true
	}
}

// eachRow calls do with the rows of a table that belong to exported articles.
// T is as in [store.Rows]. The rows of few articles are looked up, those of many
// scanned for.
func eachRow[T any](ctx context.Context, r *store.Reader, s *selection, name string, docID func(*T) string, do func(*T, *chosen) error) error {
	rows := store.Rows[T](ctx, r, name)
	if len(s.articles) <= few {
		rows = store.Find[T](ctx, r, name, s.ids()...)
	}
	for row, err := range rows {
		if err != nil {
			return err
		}
		a := s.find(docID(&row))
		if a == nil {
			continue
		}
		if err := do(&row, a); err != nil {
			return err
		}
	}
	return nil
}

func (s *selection) ids() []string {
	ids := make([]string, 0, len(s.articles))
	for id := range s.articles {
		ids = append(ids, id.String())
	}
	return ids
}
