package lexicon_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"jianbao/segment/lexicon"
	"jianbao/segment/script"
)

func TestSynonyms(t *testing.T) {
	groups := lexicon.Synonyms()
	if len(groups) < 250 {
		t.Errorf("%d groups, want some hundreds", len(groups))
	}
	groupOf := map[string]int{}
	for i, group := range groups {
		if len(group) < 2 {
			t.Errorf("%v is alone in its group", group)
		}
		for _, w := range group {
			switch {
			case !utf8.ValidString(w) || utf8.RuneCountInString(w) < 2:
				t.Errorf("%q is not a word of two or more characters", w)
			case strings.IndexFunc(w, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) >= 0:
				t.Errorf("%q holds more than Han characters", w)
			case script.Fold(w).Text != w:
				t.Errorf("%s is not in simplified form: %s", w, script.Fold(w).Text)
			}
			if other, ok := groupOf[w]; ok {
				t.Errorf("%s is in %v and in %v", w, groups[other], group)
			}
			groupOf[w] = i
		}
	}
}

// In whichever script a word was printed, it leads to the mainland's.
func TestSynonymsOf(t *testing.T) {
	for printed, want := range map[string]string{
		"資訊": "信息", "簡訊": "短信", "選單": "菜单", "稽核": "审核", "稽覈": "审核", "行動電話": "手机", "管道": "渠道",
		"網路": "网络", "程式": "程序", "軟體": "软件", "品質": "质量", "計程車": "出租车", "專案": "项目", "疫調": "流行病学调查",
	} {
		got := lexicon.SynonymsOf(script.Fold(printed).Text)
		if len(got) == 0 || got[0] != want {
			t.Errorf("%s: %v, want %s first", printed, got, want)
		}
	}
	if diff := cmp.Diff([]string{"移动电话", "行动电话", "流动电话"}, lexicon.SynonymsOf("手机")); diff != "" {
		t.Error(diff)
	}
	for _, w := range []string{"", "党支部", "支援", "资讯 信息"} {
		if got := lexicon.SynonymsOf(w); len(got) != 0 {
			t.Errorf("%q: %v, want none", w, got)
		}
	}
}

// Being a synonym goes both ways, and a word is not its own.
func TestSynonymsOfEachOther(t *testing.T) {
	for _, group := range lexicon.Synonyms() {
		for _, w := range group {
			others := map[string]bool{w: true}
			for _, other := range lexicon.SynonymsOf(w) {
				if others[other] {
					t.Errorf("%s is there twice for %s, or its own synonym", other, w)
				}
				others[other] = true
			}
			if len(others) != len(group) {
				t.Errorf("%s has %d synonyms, want the others of %v", w, len(others)-1, group)
			}
		}
	}
}

// The slice is the caller's own.
func TestSynonymsOwned(t *testing.T) {
	lexicon.SynonymsOf("信息")[0] = "x"
	lexicon.Synonyms()[0][0] = "x"
	if lexicon.SynonymsOf("信息")[0] == "x" || lexicon.Synonyms()[0][0] == "x" {
		t.Error("a caller's change shows in the next list")
	}
}

func ExampleSynonymsOf() {
	fmt.Println(lexicon.SynonymsOf("资讯"))
	// Output: [信息 讯息]
}
