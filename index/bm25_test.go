package index

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"jianbao/index/query"
)

// TestBM25 reckons the score of a word from the texts themselves.
func TestBM25(t *testing.T) {
	l, rng := testLanguage(), rand.New(rand.NewPCG(1, 2))
	var docs []Doc
	for i := range 60 {
		text := strings.Repeat("村民在公路，", rng.IntN(30)) + strings.Repeat("卡口，", rng.IntN(4))
		docs = append(docs, testDoc(l, fmt.Sprintf("d%02d", i), "", text))
	}
	terms, having := 0, 0.0
	for _, d := range docs {
		terms += len(l.terms(d.Text, d.Tokens))
		if strings.Contains(d.Text, "卡口") {
			having++
		}
	}
	nonempty := 0.0
	for _, d := range docs {
		if d.Text != "" {
			nonempty++
		}
	}
	res, err := published(t, docs).Search(t.Context(), query.Term{Field: query.Text, Text: "卡口"}, SearchOptions{Size: -1})
	if err != nil || res.Total != int(having) {
		t.Fatalf("%d hits, want %v; %v", res.Total, having, err)
	}
	score := map[string]float64{}
	for _, h := range res.Hits {
		score[h.ID] = h.Score
	}
	for _, d := range docs {
		n := float64(strings.Count(d.Text, "卡口"))
		if n == 0 {
			continue
		}
		long := float64(len(l.terms(d.Text, d.Tokens))) / (float64(terms) / nonempty)
		want := math.Log(1+(float64(len(docs))-having+0.5)/(having+0.5)) * n * 1.9 / (n + 0.9*(0.6+0.4*long))
		if math.Abs(score[d.ID]-want) > 1e-5 {
			t.Errorf("%s, %v times: %v, want %v", d.ID, n, score[d.ID], want)
		}
	}
}
