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

func ExampleUnfold() {
	fmt.Println(script.Unfold("皇后的头发以后再说"))
	// Output: 皇后的頭髮以後再說
}

func ExampleConvert() {
	mixed := "臨時党支部为群众服务"
	for _, to := range []script.Variant{script.Hans, script.Hant, script.TW, script.HK} {
		fmt.Println(to, script.Convert(mixed, to))
	}
	// Output:
	// hans 临时党支部为群众服务
	// hant 臨時黨支部爲羣衆服務
	// tw 臨時黨支部為群眾服務
	// hk 臨時黨支部為羣眾服務
}

func ExampleDetect() {
	fmt.Println(script.Detect("設立臨時黨支部"), script.Detect("设立临时党支部"), script.Detect("Party"))
	// Output: hant hans other
}
