package index

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/index/query"
)

// dictionary is what the test language knows; whatever else it meets is a word
// of one character, or a run of letters and digits.
var dictionary = strings.Fields(`
	党员干部 党员 干部 党支部 临时党支部 临时 支部 支部书记 书记 广西 百色 日报 疫情 防控
	疫情防控 复工 复产 复工复产 卡口 检查站 志愿者 成立 村民 交通 交通卡口 演练 设立
	一线 冲锋 物资 登记 体温 检测 值守 夜间 山村 公路 车辆 人员 群众`)

// traditional and simplified are the fold of the test language, rune by rune.
const (
	traditional = `黨員幹臨時書記報廣復產檢測願設線資溫車輛間體眾`
	simplified  = `党员干临时书记报广复产检测愿设线资温车辆间体众`
)

// testLanguage is a Language over the dictionary: the longest word wins.
func testLanguage() Language {
	words := map[string]bool{}
	for _, w := range dictionary {
		words[w] = true
	}
	var pairs []string
	to := []rune(simplified)
	for i, r := range []rune(traditional) {
		pairs = append(pairs, string(r), string(to[i]))
	}
	return Language{
		Version: "test",
		Fold:    strings.NewReplacer(pairs...).Replace,
		Segment: func(dst []corpus.Token, s string) []corpus.Token {
			for at := 0; at < len(s); {
				n := longestWord(words, s[at:])
				dst = append(dst, corpus.Token{Start: at, End: at + n})
				at += n
			}
			return dst
		},
		SubWords: func(dst []corpus.Token, w string) []corpus.Token {
			for i := range w {
				for j := i + 1; j <= len(w); j++ {
					if words[w[i:j]] && j-i < len(w) {
						dst = append(dst, corpus.Token{Start: i, End: j})
					}
				}
			}
			return dst
		},
	}
}

func longestWord(words map[string]bool, s string) int {
	best, runes := 0, 0
	for i := range s {
		if words[s[:i]] {
			best = i
		}
		if runes++; runes > 7 {
			break
		}
	}
	if words[s] {
		best = len(s)
	}
	letters := strings.IndexFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9')
	})
	if letters < 0 {
		letters = len(s)
	}
	_, one := utf8.DecodeRuneInString(s)
	return max(best, letters, one)
}

// testDoc is a document with a title and a printed body.
func testDoc(l Language, id, title, body string) Doc {
	folded := l.Fold(body)
	return Doc{ID: id, Title: title, Text: folded, Tokens: l.Segment(nil, folded), Script: corpus.Hans}
}

// article writes n characters of text that is the same for the same seed.
func article(seed uint64, n int) string {
	rnd := rand.New(rand.NewPCG(seed, 7))
	filler := []rune("的在了和对各地全县乡镇村里有把我们守好门关住做实上下每天来往请从")
	var b strings.Builder
	for runes := 0; runes < n; {
		var s string
		switch rnd.IntN(10) {
		case 0:
			s = []string{"，", "。", "、", "\n"}[rnd.IntN(4)]
		case 1:
			s = fmt.Sprint(rnd.IntN(2000))
		case 2, 3, 4:
			for range 2 {
				s += string(filler[rnd.IntN(len(filler))])
			}
		default:
			s = dictionary[rnd.IntN(len(dictionary))]
		}
		b.WriteString(s)
		runes += utf8.RuneCountInString(s)
	}
	return b.String()
}

func parse(t testing.TB, q string) query.Node {
	t.Helper()
	n, err := query.Parse(q, "branch", "cadre")
	if err != nil {
		t.Fatal(err)
	}
	return n
}
