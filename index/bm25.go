package index

import "math"

// The parameters of BM25 that do best on news (Trotman, Jia and Crane, Towards an
// Efficient and Effective Search Engine, 2012): a word that is said often weighs
// less than with the customary 1.2 and 0.75, and a long text loses less.
const (
	bm25K1 = 0.9
	bm25B  = 0.4
)

// bm25 scores a word or a phrase as in Robertson and Zaragoza, The Probabilistic
// Relevance Framework: BM25 and Beyond, 2009, with Lucene's idf, which is never
// negative.
type bm25 struct {
	weight float64 // idf times the weight of the field
	mean   float64 // terms in a field of a document
}

// idf of a word that so many of all documents have.
func idf(having, all float64) float64 { return math.Log(1 + (all-having+0.5)/(having+0.5)) }

// score is of a field in which the word stands n times. Norm is what the library
// keeps of its length: one by the root.
func (b bm25) score(n uint64, norm float64) float64 {
	length := 1 / (norm * norm)
	saturation := bm25K1 * (1 - bm25B + bm25B*length/max(1, b.mean))
	return b.weight * float64(n) * (bm25K1 + 1) / (float64(n) + saturation)
}
