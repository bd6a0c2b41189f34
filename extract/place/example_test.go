package place_test

import (
	"fmt"

	"jianbao/corpus"
	"jianbao/extract/place"
)

func Example() {
	g, err := place.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	text := "陕西省渭南市临渭区设卡。全市检查站12处"
	first := corpus.Span{End: len("陕西省渭南市临渭区设卡。")}
	second := corpus.Span{Start: first.End, End: len(text)}
	s := place.Scene{Gazetteer: g, Text: text, Sentences: []corpus.Span{first, second}, Matches: g.Find(nil, text)}
	s.Document, _ = g.Document("", s.Matches)
	for _, m := range s.Matches {
		fmt.Println(m.Span.Of(text), m.Name, m.Code, m.Level)
	}
	claim, _ := s.Whose(corpus.Span{Start: first.End + len("全市"), End: len(text)})
	fmt.Println(claim.Place, claim.Adcode, claim.Source)
	// Output:
	// 陕西省渭南市临渭区 临渭区 610502 county
	// 渭南市 610500 scope
}
