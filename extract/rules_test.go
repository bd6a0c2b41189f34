package extract

import (
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
	got := rules.Test(newReader(t, rules).printed, both)
	for _, p := range got.Problems {
		t.Error(p)
	}
	if n := len(rules.Packs); got.Examples < 2*n {
		t.Errorf("%d examples of %d packs", got.Examples, n)
	}
}

// What an example gives instead is said with its place, once for all forms; a
// known miss is no problem, and is noted when it is none any more.
func TestOutcome(t *testing.T) {
	rules, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(`category: x
version: 1
classifiers: [个]
patterns: [pre]
heads: [瓜, 豆]
examples:
  - text: 买了⟦3个瓜⟧
    expect: [{value: 4, unit: 个}]
  - text: 买了3个瓜
    expect: [{value: 3}]
  - {text: 买了3个瓜和20余个豆, matches: []}
  - text: 买了⟦3个⟧瓜
    expect: [{value: 3}]
  - text: 买了⟦3个瓜⟧
    expect: [{value: 3}]
todo:
  - text: 买了⟦5个豆⟧
    expect: [{value: 5, modifier: exact}]
  - text: 买了⟦一堆豆⟧
    expect: [{value: 5}]
`)}})
	if err != nil {
		t.Fatal(err)
	}
	got := rules.Test(newReader(t, rules).printed, func(text string) []string { return []string{text, script.Unfold(text)} })
	want := Outcome{Examples: 5, Todo: 2, Problems: []Problem{
		{"x.yaml", 7, `"买了⟦3个瓜⟧" gives "3个瓜" with {value: 3, lo: 3, hi: 3, modifier: exact, unit: 个}, not "3个瓜" with {value: 4, unit: 个}`},
		{"x.yaml", 9, `"买了3个瓜" marks 0 spans and expects 1 mentions`},
		{"x.yaml", 11, `"买了3个瓜和20余个豆" gives 2 mentions, not 0: "3个瓜" with {value: 3, lo: 3, hi: 3, modifier: exact, unit: 个}; "20余个豆" with {value: 20, lo: 20, hi: 29, modifier: over, unit: 个}`},
		{"x.yaml", 12, `"买了⟦3个⟧瓜" gives "3个瓜" with {value: 3, lo: 3, hi: 3, modifier: exact, unit: 个}, not "3个" with {value: 3}`},
	}, Notes: []Problem{
		{"x.yaml", 17, `"买了⟦5个豆⟧" is right now: move it from todo to examples`},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
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
