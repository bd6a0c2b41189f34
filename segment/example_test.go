package segment_test

import (
	"fmt"

	"jianbao/segment"
	"jianbao/segment/lexicon"
)

func Example() {
	s, err := segment.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	if s, err = s.WithWords(lexicon.Words()); err != nil {
		fmt.Println(err)
		return
	}
	text := "设立临时党支部三个"
	for _, token := range s.Append(nil, text) {
		fmt.Print(text[token.Start:token.End], " ")
	}
	// Output: 设立 临时党支部 三个
}

func ExampleSegmenter_SubWords() {
	s, err := segment.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	word := "党员干部"
	for _, sub := range s.SubWords(nil, word) {
		fmt.Print(word[sub.Start:sub.End], " ")
	}
	// Output: 党员 干部
}
