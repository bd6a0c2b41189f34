package recode

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// Healthy text against the cheapest loop over it.
func BenchmarkClean(b *testing.B) {
	m := model(b)
	rng := rand.New(rand.NewPCG(3, 4))
	var text strings.Builder
	for text.Len() < 1<<20 {
		text.WriteString(page(rng, clauses) + "\n" + page(rng, simplified) + "\n截至2021年3月5日，共1200余名。\n")
	}
	s := text.String()
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(len(s)))
		b.ReportAllocs()
		for b.Loop() {
			if len(Repairs(s, m, nil)) > 0 {
				b.Fatal("repaired healthy text")
			}
		}
	})
	b.Run("range", func(b *testing.B) {
		b.SetBytes(int64(len(s)))
		n := 0
		for b.Loop() {
			for _, r := range s {
				n += int(r)
			}
		}
		if n == 0 {
			b.Fatal("nothing was read")
		}
	})
}

// The time of one damaged place in an article.
func BenchmarkShift(b *testing.B) {
	m := model(b)
	rng := rand.New(rand.NewPCG(5, 6))
	var pages []string
	for len(pages) < 50 {
		if dirty, _, _, ok := shifted(b, rng, m, site{mark: "?", dropPUA: true, fold: true}, page(rng, clauses)); ok {
			pages = append(pages, dirty+"\n"+strings.Repeat(page(rng, clauses)+"\n", 10))
		}
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		Repairs(pages[i%len(pages)], m, nil)
		i++
	}
}
