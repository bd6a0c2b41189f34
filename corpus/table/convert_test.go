package table

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
)

// cut is Python's text[start:end].
func cut(text string, start, end int32) string { return string([]rune(text)[start:end]) }

func TestFromDocumentOffsets(t *testing.T) {
	d := article(t)
	doc, mentions, edits, sentences := FromDocument(d, Meta{BatchID: "b1", PipelineVersion: "v1", IngestedAt: written})

	for _, c := range []struct{ name, got, want string }{
		{"title", cut(doc.RawText, doc.TitleStart, doc.TitleEnd), "青石县讯"},
		{"text", cut(doc.Text, 0, doc.NChars), d.Text},
		{"mention", cut(doc.Text, mentions[0].Start, mentions[0].End), "临时党支部12个"},
		{"number", cut(doc.Text, mentions[0].NumberStart, mentions[0].NumberEnd), "12"},
		{"head", cut(doc.Text, mentions[0].HeadStart, mentions[0].HeadEnd), "临时党支部"},
		{"raw", cut(doc.RawText, mentions[0].RawStart, mentions[0].RawEnd), "临时党支部12个"},
		{"sentence", cut(doc.Text, mentions[1].SentenceStart, sentences[1].End), mentions[1].Sentence},
		{"first edit", cut(doc.RawText, edits[0].RawStart, edits[0].RawEnd), edits[0].Before},
		{"second edit", cut(doc.RawText, edits[1].RawStart, edits[1].RawEnd), "(qing shi)"},
		{"third edit", cut(doc.RawText, edits[2].RawStart, edits[2].RawEnd), "𠮷"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
	if got, want := mentions[0].MentionID, corpus.MentionID(d.ID, "branch", int(mentions[0].NumberStart), int(mentions[0].NumberEnd)); got != want {
		t.Errorf("mention_id %s, want %s", got, want)
	}
}

func TestFromDocumentColumns(t *testing.T) {
	doc, mentions, edits, _ := FromDocument(article(t), Meta{BatchID: "b1", PipelineVersion: "v1", IngestedAt: written})
	day, _ := corpus.DateOf(2031, 2, 4) // in Beijing; still the 3rd in UTC
	if diff := cmp.Diff(&day, doc.Published); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
	if got, want := doc.PublishedAt.Time(), time.Date(2031, 2, 3, 16, 10, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("published_at %v, want %v", got, want)
	}
	if doc.NEdits != 1 || len(edits) != 3 {
		t.Errorf("n_edits %d of %d rows, want 1 of 3", doc.NEdits, len(edits))
	}
	if !edits[1].Applied || edits[0].Applied || edits[2].Applied {
		t.Error("a mark is applied, or the edit is not")
	}
	if m := mentions[1]; m.Value != nil || *m.Lo != 3 || *m.Hi != 5 || m.Magnitude != nil || m.AsOf != nil || m.Seq != 1 {
		t.Errorf("range: %+v", m)
	}
	if diff := cmp.Diff([]string{"joint", "subtotal"}, mentions[1].Flags); diff != "" {
		t.Error(diff)
	}
	if mentions[0].Published != doc.Published || mentions[0].Source != doc.Source || mentions[0].BatchID != "b1" {
		t.Error("the document's columns are not copied to its mentions")
	}
}

func TestRawIsNullWhenItIsRawText(t *testing.T) {
	for _, c := range []struct {
		name     string
		raw      []byte
		wantNull bool
	}{
		{"nil", nil, true},
		{"the same", []byte(article(t).RawText), true},
		{"with a byte order mark", []byte("\ufeff" + article(t).RawText), false},
		{"another encoding", []byte("\xc7\xe0"), false},
	} {
		d := article(t)
		d.Raw = c.raw
		doc, _, _, _ := FromDocument(d, Meta{})
		if (doc.Raw == nil) != c.wantNull {
			t.Errorf("%s: raw is %q", c.name, doc.Raw)
		}
	}
}

// A fold that changes the length of a rune in bytes must not shift tokens.
func TestTokenEndsCountRunesOfTheFoldedText(t *testing.T) {
	const text, folded = "𠮷山設卡", "吉山设卡"
	d := &corpus.Document{Text: text, Sentences: []corpus.Sentence{
		{Span: corpus.Span{End: len(text)}, Tokens: tokens("吉山", "设", "卡")},
	}}
	fold := func(s string) string { return strings.NewReplacer("𠮷", "吉", "設", "设").Replace(s) }
	_, _, _, sentences := FromDocument(d, Meta{Fold: fold})
	want := []Sentence{{Start: 0, End: 4, TokenEnds: []int32{2, 3, 4}}}
	if diff := cmp.Diff(want, sentences); diff != "" {
		t.Errorf("folded to %s (-want +got):\n%s", folded, diff)
	}
}

// Two edits at one place stay in the order in which they apply.
func TestEditsKeepTheirOrder(t *testing.T) {
	d := &corpus.Document{
		RawText: "甲乙", Text: "一二乙",
		Edits: []corpus.Edit{
			{After: "一", Applied: true},
			{Raw: corpus.Span{End: 3}, Before: "甲", After: "二", Applied: true},
		},
		Marks: []corpus.Edit{{Raw: corpus.Span{End: 6}, Before: "甲乙"}},
	}
	_, _, edits, _ := FromDocument(d, Meta{})
	var order []string
	for i, e := range edits {
		if int(e.Seq) != i {
			t.Errorf("edit %d has seq %d", i, e.Seq)
		}
		order = append(order, e.Before+">"+e.After)
	}
	if diff := cmp.Diff([]string{">一", "甲>二", "甲乙>"}, order); diff != "" {
		t.Error(diff)
	}
}

func TestEmptyDocumentHasNoNulls(t *testing.T) {
	doc, mentions, edits, sentences := FromDocument(&corpus.Document{Mentions: make([]corpus.Mention, 1), Marks: make([]corpus.Edit, 1), Sentences: make([]corpus.Sentence, 1)}, Meta{})
	got, err := json.Marshal([]any{doc, mentions, edits, sentences})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"authors":[]`, `"editors":[]`, `"flags":[]`, `"kinds":[]`, `"token_ends":[]`, `"record":{}`, `"published":null`, `"raw":null`} {
		if !strings.Contains(string(got), want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func TestRecord(t *testing.T) {
	for in, want := range map[string]string{
		"":          `{}`,
		`{"甲":[1]}`: `{"甲":[1]}`,
		`{"甲":`:     `"{\"甲\":"`,
	} {
		if got := string(record(json.RawMessage(in))); got != want {
			t.Errorf("record(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestTimestamp(t *testing.T) {
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{written, "2021-06-01T08:30:00.123456Z"},
		{time.Date(2020, 3, 20, 10, 52, 0, 0, corpus.Beijing), "2020-03-20T02:52:00Z"},
		{time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), "0001-01-01T00:00:00Z"},
		{time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), "9999-12-31T23:59:59Z"},
	} {
		got, err := TimestampOf(c.at).MarshalText()
		if err != nil || string(got) != c.want {
			t.Errorf("%v: %s, %v; want %s", c.at, got, err, c.want)
		}
		var back Timestamp
		if err := back.UnmarshalText(got); err != nil || back != TimestampOf(c.at) {
			t.Errorf("%s read back as %v, %v", got, back, err)
		}
	}
	if err := new(Timestamp).UnmarshalText([]byte("yesterday")); err == nil {
		t.Error("yesterday is a moment")
	}
}
