package generate

import (
	"strings"
	"unicode/utf8"
)

// dirt is the page with one kind of dirt, all over it as sites do: entities in
// the place of marks, the readings of characters behind them (where a font lacked
// traditional ones), or a comma before each mark. All of it can be told.
func (w *writer) dirt(p *plan) string {
	r := newRandom(w.g.opts.Seed, p.index, forDirt)
	page := string(w.buf)
	kind := r.below(3)
	switch {
	case kind == 0:
		return entities.Replace(page)
	case kind == 1 && w.script == hant:
		return glossed(page)
	}
	return commas.Replace(page)
}

var (
	entities = strings.NewReplacer("“", "&ldquo;", "”", "&rdquo;", "——", "&mdash;&mdash;", "、", "&#12289;", "，", "&#xff0c;")
	commas   = strings.NewReplacer("。", ",。", "，", ",，", "、", ",、")
)

// readings are behind the characters that are glossed.
var readings = strings.Fields("黨dǎng 縣xiàn 鎮zhèn 樹shù 燈dēng 個gè 處chù 幹gàn 檢jiǎn 員yuán 農nóng 設shè 裡lǐ 對duì 題tí 導dǎo")

// glossed writes each of these characters with its reading.
func glossed(page string) string {
	var out strings.Builder
	out.Grow(len(page) + len(page)/4)
	for i, c := range page {
		end := i + utf8.RuneLen(c)
		out.WriteString(page[i:end])
		for _, reading := range readings {
			if strings.HasPrefix(reading, page[i:end]) && end-i == 3 {
				out.WriteString("(" + reading[3:] + ")")
			}
		}
	}
	return out.String()
}
