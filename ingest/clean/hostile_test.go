package clean

import (
	"strings"
	"testing"

	"jianbao/corpus"
)

// None of these would end within the limit of a test run if a step took more
// than linear time.
func TestHostileTexts(t *testing.T) {
	const size = 1 << 20
	c := newCleaner(t)
	for _, unit := range []string{
		"<div>", "<nav>", "<a href=x>党</a>", "</p>", "(gè", "個(gè)", "&amp;", "&amp;amp;", "&", "&lt", "\n", "党\n", "来源：", "记者 ", "，", "1 234名", "年1月",
		"QfH ", "全 镇 ", "１", "\u200b", "<", "ldquo", "2021-03-04 ", "|", "：", "责任编辑：张三\n", "一二三四五六七八九十一二三四五六七八\n", "??", "(", "（",
		"。（完", "图", "\u3000", ",。", "\r", "摄\n", "http://a.example/?a=1&b=2 ",
	} {
		text := strings.Repeat(unit, size/len(unit))
		for _, media := range []corpus.Media{corpus.Text, corpus.HTML} {
			page := c.Clean(text, media)
			if got, err := corpus.Apply(text, page.Edits); err != nil || got != page.Text {
				t.Errorf("%s of %q: edits do not rebuild the text: %v", media, unit, err)
			}
		}
	}
}
