package extract

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/liuzl/gocc"

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

// The examples of the rule packs are tests, in both scripts.
func TestExamples(t *testing.T) {
	rules := bundledRules(t)
	r := newReader(t, rules)
	toHant, err := gocc.New("s2t")
	if err != nil {
		t.Fatal(err)
	}
	for _, pack := range rules.Packs {
		for _, e := range pack.Examples {
			hant, err := toHant.Convert(e.Text)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{e.Text, hant} {
				if err := r.check(text, pack.Category, e); err != nil {
					t.Errorf("%s:%d: %v", pack.File, e.Line, err)
				}
			}
		}
	}
}

// check compares what an example gives in its pack's category with what it
// must give: as many mentions as marked spans, each of that very span.
func (r reader) check(marked, category string, e Example) error {
	text := strings.NewReplacer("⟦", "", "⟧", "").Replace(marked)
	var got []corpus.Mention
	for _, m := range r.read(text) {
		if m.Category == category {
			got = append(got, m)
		}
	}
	if len(got) != len(e.Expect) {
		return fmt.Errorf("%q gives %d mentions, not %d: %s", marked, len(got), len(e.Expect), summary(got))
	}
	at := 0
	for i, want := range e.Expect {
		open := at + strings.Index(marked[at:], "⟦")
		closing := strings.Index(marked, "⟧")
		span := corpus.Span{Start: open, End: closing - len("⟦")}
		marked = strings.Replace(strings.Replace(marked, "⟦", "", 1), "⟧", "", 1)
		at = span.End
		if m := got[i]; m.Span != span || !matches(m, want) {
			return fmt.Errorf("%q gives %s, want %q %+v", marked, summary(got[i:i+1]), span.Of(marked), want)
		}
	}
	return nil
}

func matches(m corpus.Mention, want Expectation) bool {
	same := func(want *int64, got corpus.Int64) bool { return want == nil || got.Valid && got.N == *want }
	return same(want.Value, m.Count.Value) && same(want.Lo, m.Count.Lo) && same(want.Hi, m.Count.Hi) &&
		(want.Modifier == "" || want.Modifier == string(m.Count.Modifier)) &&
		(want.Unit == "" || script.Fold(m.Unit).Text == want.Unit)
}

func summary(mentions []corpus.Mention) string {
	var out []string
	for _, m := range mentions {
		out = append(out, fmt.Sprintf("%s %s %s %s %d %v", m.Category, m.NumberText, m.Unit, m.Head, m.Count.Value.N, m.Flags))
	}
	return strings.Join(out, "; ")
}

func TestEveryPackHasExamplesOfBothKinds(t *testing.T) {
	for _, pack := range bundledRules(t).Packs {
		hits, misses := 0, 0
		for _, e := range pack.Examples {
			if len(e.Expect) > 0 {
				hits++
			} else {
				misses++
			}
		}
		if hits == 0 || misses == 0 {
			t.Errorf("%s: %d examples that match, %d that do not", pack.File, hits, misses)
		}
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
		t.Errorf("%s", summary(got))
	}
}
