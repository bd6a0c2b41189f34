package index

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
)

// benchmarkDocs are articles of the usual length; bytes is that of their
// texts.
func benchmarkDocs(n int) (docs []Doc, bytes int) {
	l := testLanguage()
	for i := range n {
		d := testDoc(l, fmt.Sprintf("%05d", i), "百色日报", article(uint64(i), 2600))
		d.Printed = d.Text
		docs = append(docs, d)
		bytes += len(d.Text)
	}
	return docs, bytes
}

func diskBytes(b *testing.B, dir string) int64 {
	b.Helper()
	var n int64
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".zap" {
			var info os.FileInfo
			info, err = d.Info()
			n += info.Size()
		}
		return err
	})
	must(b, err)
	return n
}

// BenchmarkIndex is beside the library's own analyzer for these languages with
// its default mapping. Both keep the texts.
func BenchmarkIndex(b *testing.B) {
	docs, bytes := benchmarkDocs(600)
	for _, peer := range []struct {
		name  string
		index func(b *testing.B, docs []Doc) (dir string)
	}{{"ours", indexOurs}, {"cjk", indexCJK}} {
		b.Run(peer.name, func(b *testing.B) {
			b.SetBytes(int64(bytes))
			var size int64
			for b.Loop() {
				size = diskBytes(b, peer.index(b, docs))
			}
			b.ReportMetric(float64(size)/float64(bytes), "index/text")
		})
	}
}

func indexOurs(b *testing.B, docs []Doc) string {
	dir := b.TempDir()
	w := writer(b, dir, Options{})
	must(b, w.Index(b.Context(), docs), w.Publish(b.Context(), 1), w.Close())
	return filepath.Join(dir, "gen-1")
}

func indexCJK(b *testing.B, docs []Doc) string {
	dir := filepath.Join(b.TempDir(), "cjk")
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = cjk.AnalyzerName
	idx, err := bleve.New(dir, mapping)
	must(b, err)
	for from := 0; from < len(docs); from += 256 {
		batch := idx.NewBatch()
		for _, d := range docs[from:min(from+256, len(docs))] {
			must(b, batch.Index(d.ID, map[string]any{"title": d.Title, "text": d.Text}))
		}
		must(b, idx.Batch(batch))
	}
	must(b, idx.Close())
	return dir
}

// BenchmarkText fetches the text of a hit.
func BenchmarkText(b *testing.B) {
	docs, bytes := benchmarkDocs(200)
	r := published(b, docs)
	b.SetBytes(int64(bytes / len(docs)))
	for i := 0; b.Loop(); i++ {
		if _, err := r.Stored(b.Context(), docs[i%len(docs)].ID); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPublish(b *testing.B) {
	docs, _ := benchmarkDocs(300)
	w := writer(b, b.TempDir(), Options{})
	must(b, w.Index(b.Context(), docs))
	for n := int64(1); b.Loop(); n++ {
		must(b, w.Publish(b.Context(), n))
	}
	must(b, w.Close())
}

func BenchmarkSearch(b *testing.B) {
	docs, _ := benchmarkDocs(600)
	r := published(b, docs)
	for _, q := range []string{"卡口", "干部 -演练", `"党员干部值守"`, "疫情防控 OR 复工复产"} {
		n := parse(b, q)
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				if _, err := r.Search(b.Context(), n, SearchOptions{Size: 10}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
