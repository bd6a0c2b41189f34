package generate

import (
	"testing"

	"jianbao/corpus"
	"jianbao/segment"
	fold "jianbao/segment/script"
)

// TestVocabularyGrows: pairs of neighbouring words are many, and there is no end
// of new ones. (Of the first 100,000 articles 450,000 pairs were counted once, of
// 18,000 words: names that no dictionary holds are cut into characters.)
func TestVocabularyGrows(t *testing.T) {
	segmenter, err := segment.Open()
	if err != nil {
		t.Fatal(err)
	}
	type pair [2]string
	pairs := map[pair]bool{}
	var tokens []corpus.Token
	var grown []int // pairs after each thousand articles
	for i, a := range some(t, 2000) {
		hans := fold.Fold(a.Body).Text
		tokens = segmenter.Append(tokens[:0], hans)
		before := ""
		for _, k := range tokens {
			word := hans[k.Start:k.End]
			pairs[pair{before, word}] = true
			before = word
		}
		if i%1000 == 999 {
			grown = append(grown, len(pairs))
		}
	}
	if grown[0] < 50_000 || grown[1] < grown[0]*13/10 {
		t.Errorf("pairs of words after each thousand articles: %v", grown)
	}
}

func BenchmarkArticle(b *testing.B) {
	g := newGenerator(b)
	var line []byte
	var bytes int64
	for i := uint64(0); b.Loop(); i++ {
		line = g.Article(i).AppendJSON(line[:0])
		bytes += int64(len(line))
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(bytes)/float64(b.N), "bytes/article")
}
