package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"jianbao/corpus/cluster"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// SimilarOptions say what [Corpus.Similar] looks for.
type SimilarOptions struct {
	Least float64 // similarity of articles outside the cluster, 0 to 1
	Limit int     // how many articles at most, the most similar; negative for all
}

// Similarity is an article beside the one that was asked for, and what it says
// otherwise.
type Similarity struct {
	Article
	Relation   string   `json:"relation"`   // leader, exact or near: of one cluster; other: of another
	Similarity float64  `json:"similarity"` // Jaccard of the folded bodies' 5-grams, to the article that was asked for
	Numbers    []Change `json:"numbers"`    // numbers that are others there, in the order of the text
	Words      []Change `json:"words"`      // words that are others there, apart from those numbers
}

// Other is the relation of an article outside the cluster.
const Other = "other"

// SimilarArticles is the shape of `similar -o json`.
type SimilarArticles struct {
	Of        Article      `json:"of"`
	ClusterID string       `json:"cluster_id"` // doc_id of its leader; empty until it is grouped
	Size      int64        `json:"cluster_size"`
	Articles  []Similarity `json:"articles"` // those of the cluster first, then the most similar first
}

// Similar finds the reprints of an article and others that are near it, and
// what differs in them. It reads the signatures of all articles. It fails with
// store.ErrNoDocument.
func (c *Corpus) Similar(ctx context.Context, docID string, o SimilarOptions) (SimilarArticles, error) {
	doc, err := c.store.Document(ctx, docID)
	if err != nil {
		return SimilarArticles{}, err
	}
	var out SimilarArticles
	own, err := c.clusterOf(docID)
	if err != nil {
		return out, err
	}
	if own != nil {
		out.ClusterID, out.Size = own.ClusterID, own.Size
	}
	relations, err := c.members(own)
	if err != nil {
		return out, err
	}
	relations[docID] = "" // not beside itself
	if err := c.addNear(ctx, relations, doc, o.Least); err != nil {
		return out, err
	}
	delete(relations, docID)
	described, err := c.articles(ctx, append(keys(relations), docID))
	if err != nil {
		return out, err
	}
	out.Of = described[docID]
	if out.Articles, err = c.compare(ctx, doc, relations, described, o); err != nil {
		return out, fmt.Errorf("compare articles: %w", err)
	}
	return out, nil
}

func keys(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

// members are the articles of a cluster with what they are in it.
func (c *Corpus) members(own *table.Cluster) (map[string]string, error) {
	relations := map[string]string{}
	if own == nil || own.Size == 1 {
		return relations, nil
	}
	for row, err := range c.clusterRows() {
		if err != nil {
			return nil, err
		}
		if row.ClusterID == own.ClusterID {
			relations[row.DocID] = row.Kind
		}
	}
	return relations, nil
}

// body is the text of an article.
type body struct {
	DocID string `parquet:"doc_id"`
	Text  string `parquet:"text"`
}

// slack is by how much a signature may be wrong: more than four times its
// standard error. What passes is compared exactly.
const slack = 0.2

// addNear adds the articles whose signatures are about as similar as asked.
func (c *Corpus) addNear(ctx context.Context, relations map[string]string, doc table.Document, least float64) error {
	type signed struct {
		DocID   string `parquet:"doc_id"`
		MinHash []byte `parquet:"minhash"`
	}
	own, err := cluster.FromBytes(doc.MinHash)
	if err != nil {
		return fmt.Errorf("signature of %s: %w", doc.DocID, err)
	}
	for row, err := range store.Rows[signed](ctx, c.store, table.Documents) {
		if err != nil {
			return err
		}
		other, err := cluster.FromBytes(row.MinHash)
		if err != nil {
			return fmt.Errorf("signature of %s: %w", row.DocID, err)
		}
		if _, member := relations[row.DocID]; !member && own.Similarity(other) >= max(least-slack, 0.01) {
			relations[row.DocID] = Other
		}
	}
	return nil
}

// compare reads the texts of the articles and says how they differ from that
// of doc. Only the differences of those that are returned are kept.
func (c *Corpus) compare(ctx context.Context, doc table.Document, relations map[string]string, described map[string]Article, o SimilarOptions) ([]Similarity, error) {
	found, hans := []Similarity{}, fold(doc.Text)
	for row, err := range store.Find[body](ctx, c.store, table.Documents, keys(relations)...) {
		if err != nil {
			return nil, err
		}
		s := Similarity{Article: described[row.DocID], Relation: relations[row.DocID]}
		if s.Similarity = 1; fold(row.Text) != hans {
			s.Similarity = cluster.Jaccard(hans, fold(row.Text))
		}
		if s.Relation == Other && s.Similarity < o.Least {
			continue
		}
		found = append(found, s)
	}
	slices.SortFunc(found, compareSimilar)
	if o.Limit >= 0 {
		found = found[:min(len(found), o.Limit)]
	}
	return found, c.addDifferences(ctx, doc.Text, found)
}

func compareSimilar(a, b Similarity) int {
	rank := func(s Similarity) int {
		if s.Relation == Other {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.Similarity, a.Similarity), cmp.Compare(a.DocID, b.DocID))
}

// addDifferences compares the texts word by word.
func (c *Corpus) addDifferences(ctx context.Context, text string, found []Similarity) error {
	place := map[string]int{}
	var ids []string
	for i, s := range found {
		place[s.DocID] = i
		ids = append(ids, s.DocID)
	}
	for row, err := range store.Find[body](ctx, c.store, table.Documents, ids...) {
		if err != nil {
			return err
		}
		s := &found[place[row.DocID]]
		s.Numbers, s.Words = c.p.changes(c.p.parts(text, row.Text))
	}
	return nil
}
