package clean

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jianbao/corpus/sample"
	"jianbao/segment/script"
)

// healthy are sentences of the samples as they read when clean, and lines that
// only look damaged.
func healthy(t *testing.T) (sentences, oddities []string) {
	t.Helper()
	c := newCleaner(t)
	gold, err := sample.Gold()
	if err != nil {
		t.Fatal(err)
	}
	source := articles(t)
	for _, g := range gold {
		text := c.Clean(source[g.File], mediaOf(g.File)).Text
		for _, s := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '。' }) {
			s = strings.TrimSpace(s) + "。"
			sentences = append(sentences, s, script.Fold(s).Text)
		}
	}
	f, err := os.Open(filepath.Join("testdata", "dirt.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var d dirt
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		if d.Repairable == "n/a" {
			oddities = append(oddities, d.Clean)
		}
	}
	return sentences, oddities
}

// Five megabytes of clean text of all sorts go through every repair and come
// back as they were: sentences in both scripts, questions and cries of all
// forms, rare characters, other scripts, code, tables and verse.
func TestNoFalseRepair(t *testing.T) {
	const total, size = 5 << 20, 12 << 10
	c := newCleaner(t)
	sentences, oddities := healthy(t)
	asides := []string{"什么？！", "真的吗？？", "为什么???", "能行吗?!", "“是吗？”", "誰知道呢……", "3.7万、1200余名（见表2）", "占98.6%", "A股、B超、PM2.5",
		"François说café不错", "Привет", "これは駅です", "한국어", "བོད་ཡིག", "if a<b && b>c", "http://a.example/x?id=1&b=2", "——", "①②③", "《通知》（第3号）"}
	r := rand.New(rand.NewPCG(17, 19))
	for done, n := 0, 0; done < total; n++ {
		var b strings.Builder
		for b.Len() < size {
			switch r.IntN(8) {
			case 0:
				b.WriteString(asides[r.IntN(len(asides))])
			case 1:
				fmt.Fprintf(&b, "%c", 0x4E00+rune(r.IntN(0x5000)))
			case 2:
				b.WriteString("\n")
			default:
				b.WriteString(sentences[r.IntN(len(sentences))])
			}
		}
		if n%4 == 0 { // by itself: what is told by habit must not spoil, or be spoilt by, the rest
			b.Reset()
			b.WriteString(oddities[r.IntN(len(oddities))])
		}
		text := b.String()
		done += len(text)
		d := &draft{source: text, text: text}
		marks := c.recode(d)
		d.repair()
		for _, e := range append(d.edits, marks...) {
			t.Fatalf("document %d: %v %q became %q in …%s…", n, e.Kinds, e.Before, e.After, text[max(0, e.Raw.Start-60):min(len(text), e.Raw.End+60)])
		}
	}
}
