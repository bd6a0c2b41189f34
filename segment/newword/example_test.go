package newword_test

import (
	"context"
	"fmt"
	"slices"

	"jianbao/segment"
	"jianbao/segment/newword"
)

func ExampleFind() {
	s, err := segment.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	texts := []string{"组织巡岸通志愿者", "各村巡岸通昼夜值守。", "向巡岸通学习", "三名巡岸通获奖", "巡岸通上岗"}
	result, err := newword.Find(context.Background(), slices.Values(texts), s, newword.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range result.Candidates {
		fmt.Printf("%s: %d times in %d texts, %.1f bits of cohesion, %v\n",
			c.Word, c.Frequency, c.Documents, c.Cohesion, c.Sources)
	}
	// Output: 巡岸通: 5 times in 5 texts, 2.8 bits of cohesion, [hmm]
}
