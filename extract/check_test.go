package extract

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"jianbao/segment/script"
)

func simplified(text string) string { return script.Fold(text).Text }

func TestBundledRulesAreRight(t *testing.T) {
	for _, p := range bundledRules(t).Check(simplified) {
		t.Error(p)
	}
}

// pack is a rule file in which nothing is wrong, with other lines in place of
// the ones that have their keys.
func pack(category string, lines ...string) string {
	keys := []string{"category", "version", "priority", "classifiers", "patterns", "heads", "not_heads", "stop_between", "examples"}
	all := map[string]string{
		"category": "category: " + category, "version": "version: 1", "priority": "priority: 0", "classifiers": "classifiers: [个]",
		"patterns": "patterns: [pre]", "heads": "heads: [木瓜]", "not_heads": "not_heads: [木瓜籽]", "stop_between": "stop_between: [村]",
		"examples": "examples: [{text: 买了⟦3个木瓜⟧, expect: [{value: 3}]}, {text: 买了木瓜籽3个, matches: []}]",
	}
	for _, line := range lines {
		key, _, _ := strings.Cut(line, ":")
		all[key] = line
	}
	var out strings.Builder
	for _, key := range keys {
		out.WriteString(all[key] + "\n")
	}
	return out.String()
}

func loadFiles(t *testing.T, files map[string]string) Rules {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, src := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(src)}
	}
	rules, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func TestCheck(t *testing.T) {
	grape := func(lines ...string) string {
		return pack("y", append([]string{"heads: [葡萄]", "not_heads:", "examples: [{text: ⟦3个葡萄⟧, expect: [{value: 3}]}, {text: 葡萄, matches: []}]"}, lines...)...)
	}
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"nothing wrong": {map[string]string{"x.yaml": pack("x"), "y.yaml": grape()}, ""},
		"no examples": {map[string]string{"x.yaml": pack("x", "examples: []")},
			"x.yaml:1: a pack needs an example that matches\nx.yaml:1: a pack needs an example that must not match"},
		"no positive example": {map[string]string{"x.yaml": pack("x", "examples: [{text: 木瓜籽3个, matches: []}]")},
			"x.yaml:9: a pack needs an example that matches"},
		"no negative example": {map[string]string{"x.yaml": pack("x", "examples:\n  - {text: ⟦3个木瓜⟧, expect: [{value: 3}]}")},
			"x.yaml:10: a pack needs an example that must not match"},
		"examples that say nothing": {map[string]string{"x.yaml": pack("x", "examples:\n  - {text: ⟦3个木瓜⟧, expect: [{value: 3, category: y}]}\n  - {text: 木瓜, matches: []}\n  - {text: 木瓜}\n  - {text: 木瓜, matches: [木瓜]}\n  - {text: 木瓜, expect: [], matches: []}\n  - {text: ⟦3个木瓜, matches: []}")},
			"x.yaml:10: the category y can never be met: only mentions of x are looked at\n" +
				"x.yaml:12: an example says either what it must give, with expect, or that it gives nothing, with matches: []\n" +
				"x.yaml:13: matches can only be [], which says that nothing matches; what matches is said by expect\n" +
				"x.yaml:14: an example says either what it must give, with expect, or that it gives nothing, with matches: []\n" +
				"x.yaml:15: \"⟦3个木瓜\": every ⟦ needs its ⟧"},
		"a head in its own not_heads": {map[string]string{"x.yaml": pack("x", "heads: [木瓜,\n  木瓜籽]")},
			"x.yaml:7: the head 木瓜籽 can never match: not_heads has it too, at x.yaml:8"},
		"a head in another's not_heads": {map[string]string{"x.yaml": pack("x"), "y.yaml": grape("not_heads: [木瓜]")},
			"x.yaml:6: the head 木瓜 can never match: not_heads has it too, at y.yaml:7"},
		"a head of a higher pack": {map[string]string{"x.yaml": pack("x"), "y.yaml": grape("priority: 5", "heads: [葡萄, {term: 木瓜}]")},
			"x.yaml:6: the head 木瓜 can never match: y.yaml:6 has it too, with priority 5 over 0"},
		"a head of a lower pack": {map[string]string{"x.yaml": pack("x"), "y.yaml": grape("priority: -5", "heads: [葡萄, 木瓜]")},
			"y.yaml:6: the head 木瓜 can never match: x.yaml:6 has it too, with priority 0 over -5"},
		"a tie": {map[string]string{"x.yaml": pack("x"), "y.yaml": grape("heads: [葡萄, 木瓜]")},
			"y.yaml:6: the head 木瓜 is also that of x.yaml:6, of the same priority 0"},
		"heads twice": {map[string]string{"x.yaml": pack("x", "heads: [木瓜,\n  木瓜, {term: 西瓜}]\ncompounds:\n  - first: [冬]\n    last: [瓜]\n  - first: [西, 南]\n    last:\n      - 瓜")},
			"x.yaml:7: the head 木瓜 is there already, on line 6\nx.yaml:13: the head 西瓜 is there already, on line 7"},
		"words twice": {map[string]string{"x.yaml": pack("x", "classifiers: [个, 只, 个]", "patterns: [pre, post,\n  pre]", "not_heads: [木瓜籽, 木瓜籽]", "stop_between: [村, 村]"),
			"common.yaml": "stops: [在,\n  在]\nfillers: [共, 共]\ndecoys:\n  - {classifiers: [个], words: [柿子, 柿子]}\n  - {classifiers: [只], words: [柿子]}\n"},
			"common.yaml:2: 在 is there already, on line 1\ncommon.yaml:3: 共 is there already, on line 3\n" +
				"common.yaml:5: the decoy 柿子 is there already, at common.yaml:5, with the classifiers that count\n" +
				"common.yaml:6: the decoy 柿子 is there already, at common.yaml:5, with the classifiers that count\n" +
				"x.yaml:4: 个 is there already, on line 4\nx.yaml:6: pre is there already, on line 5\n" +
				"x.yaml:8: 木瓜籽 is there already, on line 8\nx.yaml:9: 村 is there already, on line 9"},
		"no patterns": {map[string]string{"x.yaml": pack("x", "patterns: []")}, "x.yaml:1: no patterns: the pack can find nothing"},
		"the other script": {map[string]string{"x.yaml": pack("x", "classifiers: [個]", "heads: [木瓜, {term: 雞蛋}]", "not_heads: [木瓜乾貨]", "stop_between: [縣]"),
			"common.yaml": "stops: [設立]\nfillers: [總計]\ndecoys: [{classifiers: [隻], words: [鴨蛋]}]\n"},
			"common.yaml:1: the word 設立 is not simplified and can never match: write 设立, which matches both scripts\n" +
				"common.yaml:2: the word 總計 is not simplified and can never match: write 总计, which matches both scripts\n" +
				"common.yaml:3: the word 隻 is not simplified and can never match: write 只, which matches both scripts\n" +
				"common.yaml:3: the word 鴨蛋 is not simplified and can never match: write 鸭蛋, which matches both scripts\n" +
				"x.yaml:4: the word 個 is not simplified and can never match: write 个, which matches both scripts\n" +
				"x.yaml:6: the word 雞蛋 is not simplified and can never match: write 鸡蛋, which matches both scripts\n" +
				"x.yaml:7: the word 木瓜乾貨 is not simplified and can never match: write 木瓜干货, which matches both scripts\n" +
				"x.yaml:8: the word 縣 is not simplified and can never match: write 县, which matches both scripts"},
		"odd words": {map[string]string{"x.yaml": pack("x", "heads: [木瓜, 木 瓜, 木瓜、梨, Ｇ瓜, 5G瓜, Кот, \"瓜\\u200b\"]", "classifiers: [个, '']")},
			"x.yaml:4: an empty word\n" +
				"x.yaml:6: the word \"Кот\" has 'К' in it: words are Chinese characters, plain Latin letters, figures and quotes\n" +
				"x.yaml:6: the word \"木 瓜\" has ' ' in it: words are Chinese characters, plain Latin letters, figures and quotes\n" +
				"x.yaml:6: the word \"木瓜、梨\" has '、' in it: words are Chinese characters, plain Latin letters, figures and quotes\n" +
				"x.yaml:6: the word \"瓜\\u200b\" has '\\u200b' in it: words are Chinese characters, plain Latin letters, figures and quotes\n" +
				"x.yaml:6: the word \"Ｇ瓜\" has 'Ｇ' in it: words are Chinese characters, plain Latin letters, figures and quotes"},
		"a word that holds no head": {map[string]string{"x.yaml": pack("x", "not_heads: [木瓜籽, 冬瓜籽]")},
			"x.yaml:7: 冬瓜籽 in not_heads has no head of any pack in it and can never matter"},
		"a head of the grammar": {map[string]string{"x.yaml": pack("x", "heads: [木瓜, 在, 共]"), "common.yaml": "stops: [在]\nfillers:\n  - 共\n"},
			"x.yaml:6: 共 cannot be a head, at x.yaml:6, and one of fillers, at common.yaml:3\nx.yaml:6: 在 cannot be a head, at x.yaml:6, and one of stops, at common.yaml:1"},
		"a decoy that is a head": {map[string]string{"x.yaml": pack("x"), "common.yaml": "decoys:\n  - classifiers: [个]\n    words: [梨, 木瓜]\n"},
			"common.yaml:3: the decoy 木瓜 can never matter: it is a head at x.yaml:6"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, messages(loadFiles(t, c.files).Check(simplified))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func messages(problems []Problem) string {
	var out []string
	for _, p := range problems {
		out = append(out, p.Error())
	}
	return strings.Join(out, "\n")
}

// Rules of one's own answer for what they do to the others, which answer for
// nothing: their heads may be taken, their decoys counted, their packs
// replaced.
func TestCheckOver(t *testing.T) {
	base := loadFiles(t, map[string]string{
		"common.yaml": "stops: [在]\nfillers: [共]\ndecoys: [{classifiers: [个], words: [柿子]}]\n",
		"a.yaml":      pack("a"),
		"b.yaml":      pack("b", "heads: [冬瓜]", "not_heads: [木瓜皮]"),
	})
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a head taken":          {map[string]string{"x.yaml": pack("x", "priority: 1")}, ""},
		"a decoy counted":       {map[string]string{"x.yaml": pack("x", "heads: [柿子]", "not_heads:")}, ""},
		"a pack replaced":       {map[string]string{"a.yaml": pack("a", "heads: [柚子]", "not_heads:")}, ""},
		"the grammar again":     {map[string]string{"x.yaml": pack("x", "priority: 1"), "common.yaml": "stops: [在]\n"}, ""},
		"a head tied":           {map[string]string{"x.yaml": pack("x")}, "x.yaml:6: the head 木瓜 is also that of a.yaml:6, of the same priority 0"},
		"a head lost":           {map[string]string{"x.yaml": pack("x", "priority: -1")}, "x.yaml:6: the head 木瓜 can never match: a.yaml:6 has it too, with priority 0 over -1"},
		"a head kept away":      {map[string]string{"x.yaml": pack("x", "heads: [柚子, 木瓜皮]", "not_heads:")}, "x.yaml:6: the head 木瓜皮 can never match: not_heads has it too, at b.yaml:7"},
		"a head silenced":       {map[string]string{"x.yaml": pack("x", "heads: [柚子]", "not_heads: [木瓜]")}, "x.yaml:7: not_heads has 木瓜, which is a head at a.yaml:6 and can then never match"},
		"a head of the grammar": {map[string]string{"x.yaml": pack("x", "heads: [柚子, 在]", "not_heads:")}, "x.yaml:6: 在 cannot be a head, at x.yaml:6, and one of stops, at common.yaml:1"},
		"a head as a stop":      {map[string]string{"x.yaml": pack("x", "priority: 1", "heads: [柚子]"), "common.yaml": "\nstops: [冬瓜]\n"}, "common.yaml:2: 冬瓜 cannot be a head, at b.yaml:6, and one of stops, at common.yaml:2"},
		"a decoy again": {map[string]string{"x.yaml": pack("x", "priority: 1"), "common.yaml": "\n\ndecoys: [{classifiers: [只], words: [柿子]}]\n"},
			"common.yaml:3: the decoy 柿子 is there already, at common.yaml:3, with the classifiers that count"},
		"a decoy that is a head": {map[string]string{"x.yaml": pack("x", "priority: 1"), "common.yaml": "\n\ndecoys: [{classifiers: [只], words: [冬瓜]}]\n"},
			"common.yaml:3: the decoy 冬瓜 can never matter: it is a head at b.yaml:6"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, messages(base.Over(loadFiles(t, c.files)).Check(simplified))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
