package segment_test

import (
	"fmt"
	"strings"

	"jianbao/segment"
	"jianbao/segment/lexicon"
)

func ExampleSegmenter() {
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

func ExampleSegmenter_With() {
	words, err := segment.ReadDictionary(strings.NewReader("# our village\n巡岸队 800 n\n"), "village.txt")
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := segment.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	if s, err = s.With(words); err != nil {
		fmt.Println(err)
		return
	}
	text := "巡岸队昼夜值守"
	for _, token := range s.Append(nil, text) {
		fmt.Print(text[token.Start:token.End], " ")
	}
	// Output: 巡岸队 昼夜 值守
}

func ExampleReadDictionary() {
	_, err := segment.ReadDictionary(strings.NewReader("巡岸队 800 n\n联保桩 often\n"), "village.txt")
	fmt.Println(err)
	// Output: village.txt:2: the frequency "often" is not a number: not a word
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
