package table

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
)

// What is restored from rows makes the same rows again.
func TestRestoredDocument(t *testing.T) {
	whole := article(t)
	whole.Input = corpus.Input{Media: corpus.HTML, Charset: "gbk", Surrogates: []int{3, 9}, Title: "题", Published: "2031-02-04"}
	bare := &corpus.Document{ID: corpus.DocID([]byte("文")), RawText: "文", Text: "文"}
	for _, d := range []*corpus.Document{whole, bare} {
		meta := Meta{BatchID: "b1", PipelineVersion: "v1", IngestedAt: written}
		row, _, edits, _ := FromDocument(d, meta)
		back, err := ToDocument(&row, edits)
		if err != nil {
			t.Fatal(err)
		}
		again, _, editsAgain, _ := FromDocument(back, meta)
		if diff := cmp.Diff(row, again); diff != "" {
			t.Errorf("document (-first +again):\n%s", diff)
		}
		if diff := cmp.Diff(edits, editsAgain); diff != "" {
			t.Errorf("edits (-first +again):\n%s", diff)
		}
		if len(back.Edits) != len(d.Edits) || len(back.Marks) != len(d.Marks) {
			t.Errorf("%d edits and %d marks, want %d and %d", len(back.Edits), len(back.Marks), len(d.Edits), len(d.Marks))
		}
		raw, err := ToRaw(&row)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(d.Input, raw.Input()); diff != "" {
			t.Errorf("input:\n%s", diff)
		}
	}
}

func TestRestoreRefuses(t *testing.T) {
	if _, err := ToRaw(&Document{DocID: "x", Input: []byte("{")}); err == nil {
		t.Error("half an object is taken for an input")
	}
}
