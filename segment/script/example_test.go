package script_test

import (
	"fmt"
	"strings"

	"jianbao/corpus"
	"jianbao/segment/script"
)

func ExampleFold() {
	printed := "設立臨時黨支部"
	f := script.Fold(printed)
	at := strings.Index(f.Text, "党支部")
	span := f.SourceSpan(corpus.Span{Start: at, End: at + len("党支部")})
	fmt.Println(f.Text, span.Of(printed))
	// Output: 设立临时党支部 黨支部
}

func ExampleDetect() {
	fmt.Println(script.Detect("設立臨時黨支部"), script.Detect("设立临时党支部"), script.Detect("Party"))
	// Output: hant hans other
}
