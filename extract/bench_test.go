package extract

import (
	"io/fs"
	"strings"
	"testing"

	"jianbao/corpus/sample"
	"jianbao/segment/script"
)

// BenchmarkExtract compares the reading of counts, on top of ready tokens, with
// a bare loop over the characters of the same text.
func BenchmarkExtract(b *testing.B) {
	var all strings.Builder
	for _, name := range []string{"01-epidemic-bulletin.txt", "08-portal-furniture.txt", "11-flood.txt", "12-border.txt", "13-poverty-relief.txt"} {
		text, err := fs.ReadFile(sample.FS(), name)
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
