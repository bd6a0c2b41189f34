package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"

	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/index"
	"jianbao/index/query"
)

// arrival is what tells whether an article is new.
type arrival struct {
	DocID      string          `parquet:"doc_id"`
	BatchID    string          `parquet:"batch_id"`
	IngestedAt table.Timestamp `parquet:"ingested_at,timestamp(microsecond:utc)"`
}

// News is what a saved query finds that it did not find before.
type News struct {
	Saved                    // with its mark at what was looked at now
	Hits     []Hit           // ForSearch: by arrival
	Mentions []table.Mention // ForMentions: by article, then seq
	Articles map[string]Article
}

// Watch is what is new to a saved query: articles that came after its mark, of
// those that the index knows already. Nothing is written; [Corpus.Seen] moves
// the mark. A wrong query is a *query.SyntaxError.
func (c *Corpus) Watch(ctx context.Context, s Saved) (News, error) {
	news := News{Saved: s}
	manifest := c.store.Manifest()
	if manifest.Number == s.Manifest {
		return news, nil
	}
	generation := int64(math.MaxInt64)
	if s.Query != "" {
		idx, err := c.Index()
		if errors.Is(err, index.ErrNoIndex) && manifest.Counts.Documents == 0 {
			return news, nil
		}
		if err != nil {
			return news, err
		}
		generation = idx.Generation()
	}
	fresh, err := arrivedSince(store.Rows[arrival](ctx, c.store, table.Documents), s.Ingested, generation)
	if err != nil {
		return news, err
	}
	for _, a := range fresh {
		news.Ingested = a.IngestedAt
	}
	news.Manifest = min(manifest.Number, generation)
	return news, c.addNews(ctx, &news, fresh)
}

// arrivedSince are the articles that came after a moment, the first first, as
// far as a generation of the index knows all that came by then. Articles arrive
// batch by batch, and a batch is named for its manifest.
func arrivedSince(rows iter.Seq2[arrival, error], mark table.Timestamp, generation int64) ([]arrival, error) {
	var fresh []arrival
	horizon := table.Timestamp(math.MaxInt64)
	for a, err := range rows {
		if err != nil {
			return nil, err
		}
		if a.IngestedAt <= mark {
			continue
		}
		number, err := strconv.ParseInt(a.BatchID[:min(len(a.BatchID), 10)], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("article %s: batch %q has no number: %w", a.DocID, a.BatchID, err)
		}
		if number > generation {
			horizon = min(horizon, a.IngestedAt)
			continue
		}
		fresh = append(fresh, a)
	}
	fresh = slices.DeleteFunc(fresh, func(a arrival) bool { return a.IngestedAt >= horizon })
	slices.SortFunc(fresh, arrival.compare)
	return fresh, nil
}

// Seen moves the marks of saved queries to what was looked at. A mark never
// goes back, and a query that was removed meanwhile stays away.
func (c *Corpus) Seen(ctx context.Context, looked []Saved) error {
	return c.changeSaved(ctx, func(all []Saved) ([]Saved, error) {
		for _, s := range looked {
			if i, ok := findSaved(all, s.Name); ok && all[i].Query == s.Query {
				all[i].Manifest, all[i].Ingested = max(all[i].Manifest, s.Manifest), max(all[i].Ingested, s.Ingested)
			}
		}
		return all, nil
	})
}

func (a arrival) compare(b arrival) int {
	return cmp.Or(cmp.Compare(a.IngestedAt, b.IngestedAt), cmp.Compare(a.DocID, b.DocID))
}

// addNews finds what the query finds in the new articles.
func (c *Corpus) addNews(ctx context.Context, news *News, fresh []arrival) error {
	if len(fresh) == 0 {
		return nil
	}
	ids := make([]string, len(fresh))
	for i, a := range fresh {
		ids[i] = a.DocID
	}
	var parsed query.Node
	if news.Query != "" {
		var err error
		if parsed, err = query.Parse(news.Query, c.p.categories...); err != nil {
			return err
		}
		if ids, err = c.found(ctx, parsed, ids); err != nil || len(ids) == 0 {
			return err
		}
	}
	var err error
	if news.Articles, err = c.articles(ctx, ids); err != nil {
		return err
	}
	if news.For == ForMentions {
		news.Mentions, err = c.mentionsOf(ctx, ids)
		return err
	}
	news.Hits, err = c.hitsOf(ctx, parsed, ids, news.Articles)
	return err
}

// found are those of ids that a query finds, in the order of ids.
func (c *Corpus) found(ctx context.Context, parsed query.Node, ids []string) ([]string, error) {
	idx, err := c.Index()
	if err != nil {
		return nil, err
	}
	matching := map[string]bool{}
	for _, id := range ids {
		matching[id] = false
	}
	for id, err := range idx.Match(ctx, withSynonyms(parsed)) {
		if err != nil {
			return nil, err
		}
		if _, ok := matching[id]; ok {
			matching[id] = true
		}
	}
	return slices.DeleteFunc(ids, func(id string) bool { return !matching[id] }), nil
}

// hitsOf are articles as hits of a query.
func (c *Corpus) hitsOf(ctx context.Context, parsed query.Node, ids []string, described map[string]Article) ([]Hit, error) {
	idx, err := c.Index()
	if err != nil {
		return nil, err
	}
	found := make([]index.Hit, len(ids))
	for i, id := range ids {
		a := described[id]
		found[i] = index.Hit{ID: id, URI: a.URI, Title: a.Title, Published: a.Published, Source: a.Source}
	}
	return show(ctx, idx, idx.Highlighter(withSynonyms(parsed)), found)
}

// mentionsOf are the counts of articles, in the order of ids.
func (c *Corpus) mentionsOf(ctx context.Context, ids []string) ([]table.Mention, error) {
	place := map[string]int{}
	for i, id := range ids {
		place[id] = i
	}
	out, err := gather(store.Find[table.Mention](ctx, c.store, table.Mentions, ids...))
	slices.SortFunc(out, func(a, b table.Mention) int {
		return cmp.Or(cmp.Compare(place[a.DocID], place[b.DocID]), cmp.Compare(a.Seq, b.Seq))
	})
	return out, err
}
