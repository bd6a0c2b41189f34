package clean

import (
	"strings"
	"testing"

	"jianbao/corpus"
)

// cleanArticle is a page without dirt: a title, credits, and paragraphs of the
// samples' own bodies.
func cleanArticle(tb testing.TB) string {
	tb.Helper()
	body := newCleaner(tb).Clean(articles(tb)["01-epidemic-bulletin.txt"], corpus.Text).Text
	return "青槐市白桦区：让党旗在每一道卡口飘扬\n\n2021-03-14 09:30 来源：青槐日报\n\n" + strings.Repeat(body+"\n", 4) + "\n（责任编辑：苏陌）\n"
}

// BenchmarkClean compares the whole of cleaning on clean text with a bare loop
// over its characters.
func BenchmarkClean(b *testing.B) {
	text := cleanArticle(b)
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		c := newCleaner(b)
		for b.Loop() {
			c.Clean(text, corpus.Text)
		}
	})
	b.Run("range", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		han := 0
		for b.Loop() {
			for _, r := range text {
				if r >= 0x4E00 {
					han++
				}
			}
		}
		if han == 0 {
			b.Fatal("no Chinese")
		}
	})
}
