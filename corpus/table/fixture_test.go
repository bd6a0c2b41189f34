package table

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"jianbao/corpus"
)

// written is when the documents of these tests were ingested.
var written = time.Date(2021, 6, 1, 8, 30, 0, 123456789, time.UTC)

// spanOf is where part stands in text.
func spanOf(t testing.TB, text, part string) corpus.Span {
	t.Helper()
	i := strings.Index(text, part)
	if i < 0 {
		t.Fatalf("%q is not in %q", part, text)
	}
	return corpus.Span{Start: i, End: i + len(part)}
}

// article is a document with everything in it: an edit that shortens the
// text, a mark at the same place, a rune of four bytes, two mentions.
func article(t testing.TB) *corpus.Document {
	t.Helper()
	const (
		raw  = "青石县讯(qing shi)𠮷山镇成立临时党支部12个。设卡点3至5处。"
		text = "青石县讯𠮷山镇成立临时党支部12个。设卡点3至5处。"
	)
	day, _ := corpus.DateOf(2031, 2, 3)
	return &corpus.Document{
		ID:        corpus.DocID([]byte(raw)),
		Title:     "青石县讯",
		Source:    "青石日报",
		Authors:   []string{"甲某", "乙某"},
		Published: corpus.Moment{Time: time.Date(2031, 2, 4, 0, 10, 0, 0, corpus.Beijing), Precision: corpus.ToMinute},
		Script:    corpus.Hans,
		Charset:   "GB18030",
		Raw:       []byte("\xc7\xe0\xca\xaf"),
		RawText:   raw,
		Text:      text,
		TitleSpan: spanOf(t, raw, "青石县讯"),
		Edits: []corpus.Edit{
			{Kinds: []string{"gloss", "entity"}, Raw: spanOf(t, raw, "(qing shi)"), Before: "(qing shi)", Applied: true, Confidence: 0.75},
		},
		Marks: []corpus.Edit{
			{Kinds: []string{"doubt"}, Raw: spanOf(t, raw, "𠮷"), Before: "𠮷", After: "吉"},
			{Kinds: nil, Raw: spanOf(t, raw, "青石"), Before: "青石"},
		},
		Sentences: []corpus.Sentence{
			{Span: spanOf(t, text, "青石县讯𠮷山镇成立临时党支部12个。"), Tokens: tokens("青石县", "讯", "𠮷山镇", "成立", "临时党支部", "12", "个", "。")},
			{Span: spanOf(t, text, "设卡点3至5处。")},
		},
		Mentions: []corpus.Mention{
			{
				Category: "branch", Head: "临时党支部", Term: "临时党支部", Unit: "个",
				Count:      corpus.Count{Value: corpus.Some(12), Lo: corpus.Some(12), Hi: corpus.Some(12), Modifier: corpus.Exact},
				NumberText: "12", Span: spanOf(t, text, "临时党支部12个"), Number: spanOf(t, text, "12"),
				HeadSpan: spanOf(t, text, "临时党支部"), Raw: spanOf(t, raw, "临时党支部12个"),
				Sentence: spanOf(t, text, "青石县讯𠮷山镇成立临时党支部12个。"),
				AsOf:     day, HasAsOf: true, Counted: true, RuleID: "branch.count", RuleVersion: 3,
			},
			{
				Category: "checkpoint", Head: "卡点", Term: "卡点", Unit: "处",
				Count:      corpus.Count{Lo: corpus.Some(3), Hi: corpus.Some(5), Modifier: corpus.Range},
				NumberText: "3至5", Span: spanOf(t, text, "卡点3至5处"), Number: spanOf(t, text, "3至5"),
				HeadSpan: spanOf(t, text, "卡点"), Raw: spanOf(t, raw, "卡点3至5处"),
				Sentence: spanOf(t, text, "设卡点3至5处。"),
				Flags:    []corpus.Flag{corpus.Joint, corpus.Subtotal}, ExcludedBy: "subtotal",
			},
		},
		TextSHA256: strings.Repeat("ab", 32),
		MinHash:    []byte{0, 255, 128},
		Record:     json.RawMessage(`{"栏目":"要闻","n":7}`),
	}
}

// tokens tile the words, from 0.
func tokens(words ...string) []corpus.Token {
	var list []corpus.Token
	at := 0
	for _, w := range words {
		list = append(list, corpus.Token{Start: at, End: at + len(w)})
		at += len(w)
	}
	return list
}

// rowsOfMany are the rows of n made-up documents, sorted.
func rowsOfMany(t testing.TB, n int) (docs []Document, mentions []Mention, edits []Edit, sentences []Sentence, sightings []Sighting) {
	t.Helper()
	for i := range n {
		d := article(t)
		d.ID = corpus.DocID(fmt.Appendf(nil, "%d", i))
		d.Source = fmt.Sprintf("第%d简报", i%3)
		if i%4 == 0 {
			d.Published = corpus.Moment{}
		} else {
			d.Published.Time = d.Published.Time.AddDate(0, 0, -i%50)
		}
		if i%5 == 0 {
			d.Raw, d.Record, d.Authors, d.MinHash = nil, nil, nil, nil
		}
		doc, m, e, s := FromDocument(d, Meta{BatchID: "b1", PipelineVersion: "v1", IngestedAt: written})
		docs, mentions = append(docs, doc), append(mentions, m...)
		edits, sentences = append(edits, e...), append(sentences, s...)
		sightings = append(sightings, FromSighting(corpus.Sighting{
			DocID: d.ID, URI: fmt.Sprintf("夹/%d.txt", i), ContainerOffset: int64(i), SeenAt: written,
		}))
	}
	sightings[0].FetchedAt = knownTime(written)
	Sort(docs)
	Sort(mentions)
	Sort(edits)
	Sort(sentences)
	Sort(sightings)
	return docs, mentions, edits, sentences, sightings
}

// encode writes rows into memory.
func encode[T Row[T]](t testing.TB, rows []T, opts Options) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter[T](&b, opts)
	if err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if w.Rows() != int64(len(rows)) {
		t.Fatalf("Rows() = %d, want %d", w.Rows(), len(rows))
	}
	return b.Bytes()
}

// decode reads all rows from memory.
func decode[T any](file []byte) ([]T, error) {
	var rows []T
	for row, err := range Read[T](bytes.NewReader(file), int64(len(file))) {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}
