package clean

import (
	"strings"
	"testing"

	"jianbao/corpus"
)

func TestMarkup(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"paragraphs", "<p>甲。</p>\n  <p>乙。</p>", "\n甲。\n乙。\n"},
		{"inline tags", "全县<b>12</b>个<a href='x'>党支部</a>", "全县12个党支部"},
		{"hidden elements", "甲<script>if (a<b) 乙</script><style>p{}</style>丙", "甲丙"},
		{"source line breaks", "<p>党支\n   部 ok\nfine</p>", "\n党支部 ok fine\n"},
		{"entities", "<p>&ldquo;甲&rdquo;&nbsp;&lt;乙&gt;</p>", "\n“甲” <乙>\n"},
		{"table cells", "<tr><td>党支部</td><td>12</td></tr>", "\n党支部\t12\n"},
		{"comment and doctype", "<!DOCTYPE html><!-- 甲 -->乙", "乙"},
		{"cut off", "<p>甲<a href=", "\n甲"},
		{"parts of the site", "<nav>首页<nav>党建</nav></nav><p>甲</p><footer>版权</footer>", "\n甲\n"},
		{"a nav that is never closed", "<nav><p>甲</p>", "\n甲\n"},
	} {
		d := draft{source: c.in, text: c.in}
		d.apply(readMarkup(c.in).patches)
		if d.text != c.want {
			t.Errorf("%s: %q, want %q", c.name, d.text, c.want)
		}
	}
}

// A piece of the body leads back to the source, tags and entities whole.
func TestMarkupKeepsOffsets(t *testing.T) {
	source := "<html><head><title>标题</title></head><body><h1>堤上的党支部与守堤的人</h1><p>全县设<b>检查&#31449;</b>12处，" +
		"日夜有人值守，过往车辆逐一登记，货车司机可以在服务点休息。</p></body></html>"
	page := checkEdits(t, source, corpus.HTML)
	at := strings.Index(page.Text, "检查站12处")
	if at < 0 {
		t.Fatalf("text %q", page.Text)
	}
	raw := corpus.NewRawMap(page.Edits).Span(corpus.Span{Start: at, End: at + len("检查站12处")})
	if got, want := raw.Of(source), "检查&#31449;</b>12处"; got != want {
		t.Errorf("raw span %q, want %q", got, want)
	}
	if got := page.TitleSpan.Of(source); got != "堤上的党支部与守堤的人" || page.Title != got {
		t.Errorf("title %q at %q", page.Title, got)
	}
}
