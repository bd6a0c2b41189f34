package index

import (
	"math"

	"github.com/blevesearch/bleve/v2/search"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// bm25 scores one word as the library does, whose frequencies would be wrong
// here.
type bm25 struct {
	idf    float64
	base   float64 // the weight of the word in its query, before it is scaled
	weight float64
	mean   float64 // terms in a field of a document
}

// newBM25 is for a word that so many of all documents have.
func newBM25(boost, mean, all, having float64) *bm25 {
	idf := math.Log(1 + (all-having+0.5)/(having+0.5))
	return &bm25{idf: idf, base: boost * idf, weight: 1, mean: mean}
}

func (b *bm25) score(doc *bleveindex.TermFieldDoc) float64 {
	tf := math.Sqrt(float64(occurrences(doc.Freq)))
	length := 1 / (doc.Norm * doc.Norm)
	long := 1 - search.BM25_b + search.BM25_b*length/max(1, b.mean)
	return b.weight * b.idf * tf * search.BM25_k1 / (tf + search.BM25_k1*long)
}
