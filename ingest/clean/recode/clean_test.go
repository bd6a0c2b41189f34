package recode

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// oddities are pieces of healthy text that look like damage at first sight.
var oddities = []string{
	"什么？！", "真的吗？？", "???", "?!", "?！", "？?", "??", "!?", "好不好?!", "是吗?我不信", "行嗎?！我看行",
	"你說呢?”他問", "怎麼辦?!”", "“啊?!”", "去哪兒?；", "A级景区", "甲A乙B丙C", "K歌、T台、e家園", "B超室", "老H", "三D打印",
	"卡拉OK", "x光片", "PM2.5", "https://example.org/查询?page=3&q=4", "a?b:c", "if (x < 3 && y > 2) { return !ok; }",
	"Benoît Zürn", "crème brûlée", "Noël à Évian", "Ångström", "Zürich", "São Paulo", "Ærø", "£5", "±0.8‰", "41°07′", "-9℃", "½",
	"Привет, мир", "Ελληνικά", "村の橋を渡る。", "ｶﾀｶﾅ", "마을 회관", "བོད་ཡིག།", "ไทย", "עברית", "العربية", "tiếng Việt đã",
	"🎉👩‍👧‍👦", "“锟斤拷”", "“烫烫烫”", "‘锟斤拷’", "①②③ⅠⅡⅢ", "㎡", "（一）（二）", "ＡＢＣ", "１２３", "５０％", "＠", "～", "……", "——", "·",
	"隰縣", "邛崃", "亳州", "儋州", "岢岚", "嵊泗", "濮陽", "鄯善", "鎮", "鏗鏘", "鋼鐵", "銀鍊", "鍋鏟", "鐘錶", "浜", "涓滴", "鈥", "鍏", "瓒",
	"行(xíng)走", "个（gè）", "黨(dang)", "(^o^)/", "^_^", "T_T", "C++", "100%", "3.7万", "3+5+2", "（1987.3—1991.6）", "\uf0b7", "\ue010",
	"Q：谁选?A：大家选", "問:去不去?答:去", "誰?h", "是谁?l", "吗?9月", "嗎?３月", "吗?ok吧", "嗎?Yes!", "要不要?,再想想", "對嗎?;不對",
	"«Été»", "¿Qué?", "Ünïcödé", "ÀÉÈ", "äöüß", "Ça va?", "12µm", "5×3÷2", "§3", "©2020", "®", "\u00a0", "\u3000", "\t",
}

// cleanText writes at least size bytes of healthy text of all sorts, the same
// for the same seed: words of the model put in a row, invented clauses in both
// scripts, and the oddities in between.
func cleanText(words []string, seed uint64, size int) string {
	rng := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for b.Len() < size {
		switch rng.IntN(6) {
		case 0:
			b.WriteString(page(rng, clauses))
		case 1:
			b.WriteString(page(rng, simplified))
		case 2:
			b.WriteString(oddities[rng.IntN(len(oddities))])
		case 3:
			fmt.Fprintf(&b, "%d年%d月%d日%02d:%02d，%d.%d万名", 1990+rng.IntN(40), rng.IntN(12), rng.IntN(31), rng.IntN(24), rng.IntN(60), rng.IntN(100), rng.IntN(10))
		case 4:
			b.WriteRune(0x4E00 + rune(rng.IntN(0x5200)))
		default:
			for range 3 + rng.IntN(12) {
				b.WriteString(words[rng.IntN(len(words))])
			}
			b.WriteString([]string{"，", "。", "？", "！", "?", "!", ",", "；", "\n", "?！", "?\n", "、", " "}[rng.IntN(13)])
		}
		if rng.IntN(40) == 0 {
			b.WriteString("\n")
		}
	}
	return b.String()
}

// modelWords are pairs of characters that follow each other in words, each
// character in any of the forms that the model knows.
func modelWords(m *Model) []string {
	rng := rand.New(rand.NewPCG(7, 8))
	forms := map[int][]rune{}
	for r := rune(0x4E00); r < 0xA000; r++ {
		if id := m.id(r); id > 0 {
			forms[id] = append(forms[id], r)
		}
	}
	var words []string
	for a := 1; a < len(m.starts); a++ {
		lo, hi := uint32At(m.rows, 4*a), uint32At(m.rows, 4*a+4)
		if lo == hi || forms[a] == nil {
			continue
		}
		for range 4 {
			b := uint16At(m.seconds, 2*(lo+rng.IntN(hi-lo)))
			if forms[b] != nil {
				words = append(words, string([]rune{
					forms[a][rng.IntN(len(forms[a]))], forms[b][rng.IntN(len(forms[b]))],
				}))
			}
		}
	}
	return words
}

// Healthy text of all sorts comes back as it was, and nothing in it is marked.
func TestCleanTextIsLeftAlone(t *testing.T) {
	m := model(t)
	words := modelWords(m)
	const documents, size = 320, 17 << 10
	total := 0
	for seed := range uint64(documents) {
		text := cleanText(words, seed, size)
		total += len(text)
		for _, r := range Repairs(text, m, anyReading) {
			t.Errorf("document %d: %+v of %q", seed, r, text[max(0, r.Span.Start-30):min(len(text), r.Span.End+30)])
		}
	}
	if total < 5<<20 {
		t.Errorf("only %d bytes were tried", total)
	}
}

// Each of the oddities alone, and in the middle of a sentence.
func TestOdditiesAreLeftAlone(t *testing.T) {
	m := model(t)
	for _, odd := range oddities {
		for _, text := range []string{odd, "村裡的" + odd + "大家都知道", "“村里" + odd + "”他说" + odd + "。", odd + odd} {
			for _, r := range Repairs(text, m, anyReading) {
				t.Errorf("%q: %+v", text, r)
			}
		}
	}
}

// anyReading takes every word for a reading of every character: the worst that
// a caller may pass.
func anyReading(rune, string) bool { return true }

func model(t testing.TB) *Model {
	t.Helper()
	m, err := OpenModel()
	if err != nil {
		t.Fatal(err)
	}
	return m
}
