package table

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
)

func TestTexts(t *testing.T) {
	day, _ := corpus.DateOf(2031, 2, 3)
	row := Released{
		Document: Document{
			DocID: "a1", Title: "<党>", Authors: []string{"甲", "<乙>"}, Editors: []string{}, Published: &day, Raw: []byte{0xff},
			NChars: -3, Record: json.RawMessage(`{"a":"<"}`), IngestedAt: TimestampOf(time.Date(2031, 2, 3, 4, 5, 6, 7000, time.UTC)),
		},
		Similarity: 0.5, Representative: true,
	}
	texts, err := Texts(row)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	columns := Columns[Released]()
	if len(texts) != len(columns) {
		t.Fatalf("%d texts, %d columns", len(texts), len(columns))
	}
	for i, c := range columns {
		if texts[i] != "" && texts[i] != "0" {
			got[c.Name] = texts[i]
		}
	}
	want := map[string]string{
		"doc_id": "a1", "title": "<党>", "authors": `["甲","<乙>"]`, "editors": "[]", "published": "2031-02-03", "raw": "/w==",
		"n_chars": "-3", "record": `{"a":"<"}`, "ingested_at": "2031-02-03T04:05:06.000007Z", "similarity": "0.5", "representative": "true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
