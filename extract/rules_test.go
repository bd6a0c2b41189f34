package extract

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/segment"
	domain "jianbao/segment/lexicon"
	"jianbao/segment/script"
)

// reader is an extractor with the words that the pipeline gives it.
type reader struct {
	segmenter *segment.Segmenter
	x         *Extractor
}

func newReader(t testing.TB, rules Rules) reader {
	t.Helper()
	general, err := segment.Open()
	if err != nil {
		t.Fatal(err)
	}
	s, err := general.WithWords(append(domain.Words(), rules.Words()...))
	if err != nil {
		t.Fatal(err)
	}
	return reader{s, New(rules, domain.SynonymsOf)}
}

func (r reader) read(text string) []corpus.Mention {
	hans := script.Fold(text).Text
	return r.x.Extract(hans, r.segmenter.Append(nil, hans))
}

func bundledRules(t testing.TB) Rules {
	t.Helper()
	rules, err := Bundled()
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// printed reads a text in any script, in bytes of it.
func (r reader) printed(text string) []corpus.Mention {
	folded := script.Fold(text)
	mentions := r.x.Extract(folded.Text, r.segmenter.Append(nil, folded.Text))
	for i := range mentions {
		m := &mentions[i]
		m.Span = folded.SourceSpan(m.Span)
		m.Unit = folded.SourceSpan(m.UnitSpan).Of(text)
		m.Head = folded.SourceSpan(m.HeadSpan).Of(text)
		m.NumberText = folded.SourceSpan(m.Number).Of(text)
	}
	return mentions
}

// The examples of the rule packs are tests, in both scripts.
func TestExamples(t *testing.T) {
	rules := bundledRules(t)
	both := func(text string) []string { return []string{text, script.Unfold(text)} }
	for _, p := range rules.Test(newReader(t, rules).printed, both) {
		t.Error(p)
	}
	for _, p := range rules.Check() {
		t.Error(p)
	}
}

// What is wrong with a pack or with an example is said with its place.
func TestProblems(t *testing.T) {
	src := "category: x\nversion: 1\nclassifiers: [个]\npatterns: [pre]\nheads: [瓜, 豆]\nnot_heads: [豆]\nexamples:\n" +
		"  - text: 买了⟦3个瓜⟧\n    expect: [{value: 4}]\n  - text: 买了3个瓜\n    expect: [{value: 3}]\n"
	rules, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(src)}, "y.yaml": {Data: []byte("category: y\nversion: 1\nclassifiers: [个]\nheads: [瓜]\n")}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range append(rules.Check(), rules.Test(newReader(t, rules).printed, nil)...) {
		got = append(got, p.Error())
	}
	want := []string{
		"x.yaml: a pack needs an example that matches and one that does not",
		"x.yaml: the head 豆 can never match: not_heads has it too",
		"y.yaml: a pack needs an example that matches and one that does not",
		"y.yaml: the head 瓜 is also one of x.yaml, of the same priority",
		`x.yaml:8: "买了⟦3个瓜⟧" gives x 3个 瓜 [] at "3个瓜", not what is expected at "3个瓜"`,
		`x.yaml:10: "买了3个瓜" marks 0 spans and expects 1 mentions`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLoadRefuses(t *testing.T) {
	good := "category: x\nversion: 1\nclassifiers: [个]\nheads: [甲]\n"
	for name, c := range map[string]struct{ src, want string }{
		"unknown key":     {good + "colour: red\n", "x.yaml: yaml: unmarshal errors:\n  line 5: field colour not found"},
		"unknown pattern": {good + "patterns: [sideways]\n", `x.yaml: unknown pattern "sideways"`},
		"no heads":        {"category: x\nversion: 1\nclassifiers: [个]\n", "x.yaml: no heads"},
		"no category":     {"version: 1\n", "x.yaml: no category"},
		"no version":      {"category: x\nheads: [甲]\n", "x.yaml: version must be 1 or more"},
		"not yaml":        {"category: [\n", "x.yaml: yaml: line 1"},
		"wrong type":      {"category: x\nversion: one\n", "x.yaml: yaml: unmarshal errors:\n  line 2"},
	} {
		_, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(c.src)}})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("an empty folder is no set of rules")
	}
}

// A rule's word is found in the vocabulary of Taiwan too, under its own name.
func TestSynonymsOfHeads(t *testing.T) {
	rules, err := Load(fstest.MapFS{"x.yaml": {Data: []byte("category: message\nversion: 1\nclassifiers: [条, 则]\npatterns: [pre]\nheads: [短信]\n")}})
	if err != nil {
		t.Fatal(err)
	}
	got := newReader(t, rules).read("里長發出36則簡訊。")
	if len(got) != 1 || got[0].Term != "短信" || got[0].Head != "简讯" || got[0].Count.Value.N != 36 {
		t.Errorf("%s", Summary(got))
	}
}
