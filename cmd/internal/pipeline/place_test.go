package pipeline

import (
	"testing"

	"jianbao/corpus"
)

// Whose each count is, in an article in traditional characters: the places
// are simplified, as their codes' table has them.
func TestPlaces(t *testing.T) {
	page := "甘肅蘭州：黨旗飄在河堤\n\n" +
		"連日來，全市設檢查站310處。榆中縣抽調幹部120名，其中村幹部45名。\n\n" +
		"“我們成立臨時黨支部16個。”城關區委書記說。隨後又有黨員88名到崗。\n"
	doc, err := newPipeline(t).Document(&corpus.Raw{Bytes: []byte(page), URI: "a", Media: "text/plain"})
	if err != nil {
		t.Fatal(err)
	}
	if doc.Place != "兰州市" || doc.Adcode != "620100" {
		t.Errorf("the article is of %q, %q", doc.Place, doc.Adcode)
	}
	want := []struct{ number, place, adcode, source string }{
		{"310", "兰州市", "620100", "scope"},
		{"120", "榆中县", "620123", "subject"},
		{"45", "榆中县", "620123", "subject"},
		{"16", "城关区", "620102", "speaker"},
		{"88", "城关区", "620102", "speaker"},
	}
	if len(doc.Mentions) != len(want) {
		t.Fatalf("%d mentions: %+v", len(doc.Mentions), doc.Mentions)
	}
	for i, m := range doc.Mentions {
		if w := want[i]; m.NumberText != w.number || m.Place != w.place || m.Adcode != w.adcode || m.PlaceSource != w.source {
			t.Errorf("%s is of %q, %q by %s, want %v", m.NumberText, m.Place, m.Adcode, m.PlaceSource, w)
		}
	}
}
