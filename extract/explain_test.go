package extract

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/segment/script"
)

// explain renders readings: each number with its rule, or with why it has none and what stopped the nouns near it.
func (r reader) explain(text string) []string {
	hans := script.Fold(text).Text
	var out []string
	for _, e := range r.x.Explain(hans, r.segmenter.Append(nil, hans)) {
		line := e.Number.Span.Of(hans) + e.Unit.Of(hans) + " "
		if e.Mention != nil {
			line += e.Mention.RuleID + " " + e.Mention.Head
		} else {
			line += string(e.Why) + " " + e.Noun.Of(hans)
		}
		for _, o := range e.Obstacles {
			line += fmt.Sprintf(" | %s %s %s", o.Noun.Of(hans), o.Why, o.At.Of(hans))
		}
		out = append(out, line)
	}
	return out
}

func TestExplain(t *testing.T) {
	r := newReader(t, bundledRules(t))
	for _, c := range []struct {
		text string
		want []string
	}{
		{"2021年3月，全縣145個村成立臨時黨支部96個", []string{
			"2021年3月 kind ", "145个 not_taken  | 临时党支部 stop_word 成立", "96个 branch/post 临时党支部"}},
		{"一个支部就是一座堡垒", []string{"一个 slogan ", "一座 one "}},
		{"净增检查站12个", []string{"12个 checkpoint/post 检查站"}},
		{"检查站净增12个", []string{"12个 change "}},
		{"只有三个足球场大的检查站", []string{"三个 size "}},
		{"党员3人以上的成立支部", []string{"3人 condition "}},
		{"一位负责人说", []string{"一位 one "}},
		{"“千名干部下基层”活动", []string{"千名 slogan "}},
		{"镇里有3家企业", []string{"3家 decoy 企业"}},
		{"买了3头牛", []string{"3 no_noun "}},
		{"过往卡口的12辆货车", []string{"12辆 decoy 货车 | 卡口 stop_word 的"}},
		{"选派干部到村，共300名", []string{"300名 not_taken  | 干部 clause ，"}},
		{"第一书记77名，干部在岗", []string{"第一 kind ", "77名 cadre/post 第一书记 | 干部 clause ，"}},
		{"党支部512个（农村306个）", []string{"512个 branch/post 党支部", "306个 branch/headless 农村"}},
		{"18个单位党员", []string{"18个 decoy 单位 | 党员 counts_other 单位"}},
		{"3名干部和5处检查站", []string{"3名 cadre/pre 干部", "5处 checkpoint/pre 检查站 | 干部 taken 干部"}},
	} {
		if diff := cmp.Diff(c.want, r.explain(c.text)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.text, diff)
		}
	}
}

// What is explained is what is extracted.
func TestExplainAgrees(t *testing.T) {
	r := newReader(t, bundledRules(t))
	for _, g := range readGold(t) {
		hans := script.Fold(g.Text).Text
		tokens := r.segmenter.Append(nil, hans)
		want := Summary(r.x.Extract(hans, tokens))
		var got []string
		for _, e := range r.x.Explain(hans, tokens) {
			switch {
			case e.Mention != nil:
				got = append(got, Summary([]corpus.Mention{*e.Mention}))
			case e.Why == "":
				t.Errorf("%s: %s is neither a count nor is it said why not", g.ID, e.Number.Span.Of(hans))
			}
		}
		if diff := cmp.Diff(want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s (-extracted +explained)\n%s", g.ID, diff)
		}
	}
}
