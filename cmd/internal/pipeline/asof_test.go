package pipeline

import (
	"testing"

	"jianbao/corpus"
)

// Of which day each count speaks, in an article in traditional characters:
// what the text leaves out of a date is taken from the day of its publication.
func TestAsOf(t *testing.T) {
	page := "柳塘縣：黨旗飄在河堤\n\n" +
		"全縣連夜設檢查站310處。截至12月30日24時，檢查站由310處增加到352處，抽調幹部120名。其中村幹部45名。\n\n" +
		"全縣已有黨員88名到崗（截止昨日）。\n"
	doc, err := newPipeline(t).Document(&corpus.Raw{
		Bytes: []byte(page), URI: "a", Media: corpus.Text, Hints: corpus.Hints{Published: "2021-01-02"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []struct{ number, day string }{
		{"310", ""}, {"310", ""}, {"352", "2020-12-30"}, {"120", "2020-12-30"}, {"45", "2020-12-30"}, {"88", "2021-01-01"},
	}
	if len(doc.Mentions) != len(want) {
		t.Fatalf("%d mentions: %+v", len(doc.Mentions), doc.Mentions)
	}
	for i, m := range doc.Mentions {
		day := ""
		if m.HasAsOf {
			day = m.AsOf.String()
		}
		if w := want[i]; m.NumberText != w.number || day != w.day {
			t.Errorf("%s is of %q, want %v", m.NumberText, day, w)
		}
	}
}
