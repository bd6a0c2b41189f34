package extract

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jianbao/segment/script"
)

// BenchmarkExtract compares the reading of counts, on top of ready tokens, with a bare loop over the characters
// of the same text: articles as dense in counts as crawled ones are, 1.3 in a thousand bytes.
func BenchmarkExtract(b *testing.B) {
	var all strings.Builder
	for _, name := range prose(b) {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		all.Write(text)
	}
	r := newReader(b, bundledRules(b))
	hans := script.Fold(all.String()).Text
	tokens := r.segmenter.Append(nil, hans)
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(len(hans)))
		b.ReportAllocs()
		for b.Loop() {
			r.x.Extract(hans, tokens)
		}
	})
	b.Run("range", func(b *testing.B) {
		b.SetBytes(int64(len(hans)))
		han := 0
		for b.Loop() {
			for _, r := range hans {
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

// BenchmarkHostile reads texts without end that ask for everything at every character. Its time a byte must not grow
// with their size.
func BenchmarkHostile(b *testing.B) {
	r := newReader(b, bundledRules(b))
	for _, unit := range hostile {
		for _, size := range []int{1 << 20, 10 << 20} {
			b.Run(fmt.Sprintf("%s/%dMB", unit, size>>20), func(b *testing.B) {
				text := strings.Repeat(unit, size/len(unit))
				tokens := r.segmenter.Append(nil, text)
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					r.x.Extract(text, tokens)
				}
			})
		}
	}
}
