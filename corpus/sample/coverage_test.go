package sample

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jianbao/corpus"
)

func TestKinds(t *testing.T) {
	want := map[string]int{
		"clean": 1, "traditional": 2, "half-converted": 1, "taiwan-wording": 1, "gloss": 1, "frame-shift": 1,
		"masked": 1, "navigation": 1, "footer": 1, "comments": 1, "html": 1, "debris": 1, "reprint": 2,
		"epidemic": 2, "flood": 2, "border": 1, "poverty": 1, "party-building": 1, "election": 1, "history": 1,
	}
	got := map[string]int{}
	for _, r := range readings(t) {
		for _, k := range r.Kinds {
			got[k]++
		}
	}
	for k, n := range want {
		if got[k] < n {
			t.Errorf("%d articles of kind %q, want at least %d", got[k], k, n)
		}
	}
}

func TestEnoughMentionsOfEverySort(t *testing.T) {
	categories := map[string]int{}
	modifiers := map[corpus.Modifier]int{}
	flags := map[corpus.Flag]int{}
	for _, r := range readings(t) {
		for _, m := range r.Mentions {
			categories[m.Category]++
			modifiers[m.Modifier]++
			for _, f := range m.Flags {
				flags[f]++
			}
		}
	}
	core := categories["branch"] + categories["cadre"] + categories["checkpoint"]
	others := 0
	for _, c := range []string{"member", "personnel", "team", "post", "household"} {
		if categories[c] == 0 {
			t.Errorf("no mention of category %q", c)
		}
		others += categories[c]
		delete(categories, c)
	}
	if len(categories) != 3 || core < 130 || others < 40 {
		t.Errorf("%d core mentions (want 130) in %v, %d others (want 40)", core, categories, others)
	}
	for _, m := range []corpus.Modifier{corpus.Exact, corpus.Over, corpus.Under, corpus.About,
		corpus.AtLeast, corpus.AtMost, corpus.Range, corpus.Masked} {
		if modifiers[m] == 0 {
			t.Errorf("no mention with modifier %q", m)
		}
	}
	for _, f := range []corpus.Flag{corpus.Joint, corpus.Headless, corpus.After, corpus.Subtotal,
		corpus.Distributive, corpus.PersonTimes, corpus.Repeat, corpus.Before} {
		if flags[f] == 0 {
			t.Errorf("no mention with flag %q", f)
		}
	}
}

// TestNumberForms holds the articles to the table of number forms in the
// design: each stands in at least one mention, and is read as that table says.
func TestNumberForms(t *testing.T) {
	forms := []struct {
		re   string
		want corpus.Modifier
	}{
		{`^\d+$`, corpus.Exact}, {`^\d,\d{3}$`, corpus.Exact}, {`^\d+\.\d+万$`, corpus.Exact},
		{`^[一二三四五六七八九十百千万零]{4,}$`, corpus.Exact}, {`〇`, corpus.Exact}, {`^廿`, corpus.Exact}, {`^两$`, corpus.Exact},
		{`^\d+余$`, corpus.Over}, {`^\d+多$`, corpus.Over}, {`^\d\.\d万余$`, corpus.Over}, {`^\d+余万$`, corpus.Over},
		{`^十多$`, corpus.Over}, {`^百余$`, corpus.Over}, {`^[三六]\S余$`, corpus.Over},
		{`^超\d`, corpus.Over}, {`^逾`, corpus.Over}, {`^突破`, corpus.Over},
		{`^近\d`, corpus.Under}, {`^不足`, corpus.Under}, {`^不到`, corpus.Under},
		{`^约`, corpus.About}, {`^十来$`, corpus.About}, {`^\d+来$`, corpus.About}, {`^\d+$`, corpus.About},
		{`^至少`, corpus.AtLeast}, {`^不少于`, corpus.AtLeast}, {`^\d+$`, corpus.AtLeast},
		{`^上百$`, corpus.AtLeast}, {`^上千$`, corpus.AtLeast}, {`^数以万计$`, corpus.AtLeast},
		{`^最多`, corpus.AtMost}, {`^不超过`, corpus.AtMost}, {`^\d+$`, corpus.AtMost},
		{`^\d至\d$`, corpus.Range}, {`^三五$`, corpus.Range}, {`^七八百$`, corpus.Range}, {`^两三千$`, corpus.Range},
		{`^十几$`, corpus.Range}, {`^几十$`, corpus.Range}, {`^数百$`, corpus.Range}, {`^数千$`, corpus.Range},
		{`^成百上千$`, corpus.Range}, {`^十五六$`, corpus.Range},
		{`^X$`, corpus.Masked}, {`^XX+$`, corpus.Masked}, {`^××$`, corpus.Masked}, {`^\*{3}$`, corpus.Masked},
		{`^某$`, corpus.Masked}, {`^若干$`, corpus.Masked}, {`^X万$`, corpus.Masked}, {`^X[余多]$`, corpus.Masked}, {`^近X`, corpus.Masked},
	}
	var texts []string
	for _, r := range readings(t) {
		for _, m := range r.Mentions {
			texts = append(texts, string(m.Modifier)+" "+m.NumberText)
		}
	}
	lines := strings.Split(fold(t, strings.Join(texts, "\n")), "\n")
	for _, f := range forms {
		re := regexp.MustCompile(f.re)
		found := false
		for _, l := range lines {
			modifier, number, _ := strings.Cut(l, " ")
			found = found || modifier == string(f.want) && re.MatchString(number)
		}
		if !found {
			t.Errorf("no number like %s is %s", f.re, f.want)
		}
	}
}

// TestConstructions looks for what makes counting hard: most of these are
// numbers that count no branch, cadre or checkpoint.
func TestConstructions(t *testing.T) {
	var b strings.Builder
	for _, r := range readings(t) {
		b.WriteString(body(t, r.Article, r.text) + "\n")
	}
	all := fold(t, b.String())
	for name, re := range map[string]string{
		"hedge after the classifier": `\d名左右`, "上下": `\d名上下`, "以上": `\d名以上`, "以下": `\d名以下`, "以内": `\d人以内`,
		"rhetorical": `一个支部就是`, "slogan": `一个支部一条线`, "campaign": `百名干部蹲百村`,
		"ordinal": `第[一二三]次`, "第一书记 with its own count": `\d名第一书记`, "identifier": `\d+号界碑`, "stake number": `K\d+\+\d+`,
		"percentage": `\d%`, "Chinese percentage": `百分之`, "fraction": `八成以上党员`, "money": `\d万元`,
		"age": `今年\d+岁`, "duration": `连续\S{2}\d+[天小]`, "date": `\d+月\d+日`, "as of": `截至`,
		"threshold": `党员满3人`, "rank, not a threshold": `科级以上领导干部\d`, "delta": `净增`,
		"numeral in a name": `九里坡`, "and before 街道": `五柳街道`, "two levels": `两级干部`, "two committees": `“两委”干部`,
		"holders are counted": `\d个(行政)?村成立了\S{2,4}党支部`, "firms are counted": `\d家建立了党组织`,
		"rooms are counted": `党支部活动阵地\d`, "tents are counted": `值守点帐篷\d`, "Youth League": `临时团支部`,
		"chained team and people": `突击队\d+支\d+人`, "chained household and people": `居民\d+户\d+人`,
		"chained places": `\d个街道（园区）\d+个社区开设`, "respective list": `分别组建\d+个、\d+个`,
		"coordinated modifier": `名县直、乡镇党员干部`, "bracketed modifier": `名街道\(乡镇\)干部`, "full-width brackets": `村（社区）干部\d`,
		"coordinated heads": `名第一书记、驻村工作队员`, "verb after the classifier": `\d处设立`, "predicate before the number": `干部在\S+值守\d`,
		"clause before the head": `名眉毛结霜、\S+的镇干部`, "headless": `担任临时党支部书记的\d+名`, "secretaries": `\d名临时党支部书记`,
		"checkpoints before and after": `检查站由过去的\d个增加到\d`, "masked name": `X电子有限公司党支部`,
	} {
		if !regexp.MustCompile(re).MatchString(all) {
			t.Errorf("%s: nothing like %s in the articles", name, re)
		}
	}
}

func TestSearchIsWorthwhile(t *testing.T) {
	n := 0
	for _, r := range readings(t) {
		if strings.Contains(fold(t, r.text), "临时党支部") {
			n++
		}
	}
	if all := len(readings(t)); n < 14 || n == all {
		t.Errorf("%d of %d articles hold 临时党支部, want at least 14 and not all", n, all)
	}
}

func TestReprintsFoldEqual(t *testing.T) {
	var bodies, heads []string
	for _, r := range readings(t) {
		if !slices.Contains(r.Kinds, "reprint") {
			continue
		}
		b := body(t, r.Article, r.raw)
		bodies = append(bodies, b)
		heads = append(heads, r.raw[:strings.Index(r.raw, b)])
	}
	if len(bodies) != 2 {
		t.Fatalf("%d reprints, want 2", len(bodies))
	}
	if diff := cmp.Diff(fold(t, bodies[0]), fold(t, bodies[1])); diff != "" {
		t.Errorf("folded bodies differ:\n%s", diff)
	}
	if bodies[0] == bodies[1] || fold(t, heads[0]) == fold(t, heads[1]) {
		t.Error("the reprints do not differ in script and head")
	}
}

func TestGlossesAreAHabit(t *testing.T) {
	for _, r := range readings(t) {
		pairs := glossed.FindAllStringSubmatch(r.raw, -1)
		if want := slices.Contains(r.Kinds, "gloss"); want != (len(pairs) >= 120) {
			t.Errorf("%s: %d glosses", r.File, len(pairs))
		}
		for _, p := range pairs {
			if n, all := strings.Count(r.raw, p[0]), strings.Count(r.raw, p[1]); n != all {
				t.Errorf("%s: %s glossed %d times of %d", r.File, p[1], n, all)
			}
		}
	}
}

// TestFrameShifts undoes the damage as it was done: put back the lead byte
// that became a question mark, and pair the bytes again.
func TestFrameShifts(t *testing.T) {
	damage := []struct {
		printed, want string
		lead          byte
	}{
		{"?！袄先讼绒D", "。“老人先轉", 0xA1},
		{"?；卮宓狞h", "。回村的黨", 0xA1},
		{"?？坷宵h", "常靠老黨", 0xB3},
	}
	for _, r := range readings(t) {
		if !slices.Contains(r.Kinds, "frame-shift") {
			continue
		}
		for _, d := range damage {
			if strings.Count(r.raw, d.printed) != 1 {
				t.Errorf("%s: %q is not printed once", r.File, d.printed)
			}
			tail, err := simplifiedchinese.GBK.NewEncoder().String(d.printed[1:])
			if err != nil {
				t.Fatal(err)
			}
			got, err := simplifiedchinese.GBK.NewDecoder().String(string([]byte{d.lead}) + tail)
			if err != nil || got != d.want {
				t.Errorf("%q repairs to %q, %v; want %q", d.printed, got, err, d.want)
			}
		}
		if n := strings.Count(r.raw, "?"); n != len(damage) {
			t.Errorf("%s: %d question marks, want %d", r.File, n, len(damage))
		}
	}
}

func TestDebris(t *testing.T) {
	for _, r := range readings(t) {
		if !slices.Contains(r.Kinds, "debris") {
			continue
		}
		for _, s := range []string{"\u200b", "\u200c", "\u00a0", "\u00ad", "\ufeff", "\u200e", "\u200f", "\u202b", "\u202c", "\a", "２", "&nbsp;"} {
			if !strings.Contains(r.raw[len("\ufeff"):], s) {
				t.Errorf("%s: no %+q", r.File, s)
			}
		}
	}
}
