package extract

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// What cannot be read as rules is refused with file and line.
func TestLoadRefuses(t *testing.T) {
	good := "category: x\nversion: 1\nclassifiers: [个]\nheads: [甲]\n"
	for name, c := range map[string]struct{ src, want string }{
		"unknown key":               {good + "colour: red\n", "x.yaml:5: unknown key \"colour\" (one of category, version, "},
		"unknown key of a head":     {"category: x\nversion: 1\nclassifiers: [个]\nheads:\n  - 甲\n  - {term: 乙, subtyp: b}\n", `x.yaml:6: unknown key "subtyp" (one of term, subtype, patterns)`},
		"unknown key of an example": {good + "examples:\n  - text: 甲\n    match: []\n", `x.yaml:7: unknown key "match"`},
		"unknown key of a span":     {good + "examples:\n  - text: ⟦1个甲⟧\n    expect: [{vale: 1}]\n", `x.yaml:7: unknown key "vale"`},
		"unknown key of an alias":   {good + "examples: &e\n  - {text: 甲, match: []}\ntodo: *e\n", "x.yaml:6: unknown key \"match\" (one of text, expect, matches)\nx.yaml:6: unknown key \"match\" "},
		"several":                   {good + "colour: red\nshape: round\n", "x.yaml:5: unknown key \"colour\" (one of category, version, priority, people, classifiers, patterns, heads, compounds, not_heads, stop_between, examples, todo)\nx.yaml:6: unknown key \"shape\" "},
		"unknown pattern":           {good + "patterns: [pre,\n  sideways]\n", `x.yaml:6: unknown pattern "sideways" (one of [pre post headless far verb table])`},
		"unknown modifier":          {good + "examples:\n  - text: ⟦1个甲⟧\n    expect: [{modifier: more}]\n", `x.yaml:7: unknown modifier "more" (one of [exact over `},
		"no heads":                  {"category: x\nversion: 1\nclassifiers: [个]\n", "x.yaml:1: no heads"},
		"no category":               {"# nothing\nversion: 1\nclassifiers: [个]\nheads: [甲]\n", "x.yaml:1: no category"},
		"an empty category":         {"version: 1\nclassifiers: [个]\nheads: [甲]\ncategory: ''\n", "x.yaml:4: no category"},
		"no version":                {"\ncategory: x\nclassifiers: [个]\nheads: [甲]\n", "x.yaml:2: version must be 1 or more"},
		"version 0":                 {"category: x\nclassifiers: [个]\nheads: [甲]\nversion: 0\n", "x.yaml:4: version must be 1 or more"},
		"no classifiers":            {"category: x\nversion: 1\nheads: [甲]\nclassifiers: []\n", "x.yaml:1: no classifiers"},
		"a head without a term":     {"category: x\nversion: 1\nclassifiers: [个]\nheads:\n  - {subtype: b}\n", "x.yaml:5: a head without a term"},
		"a compound without ends":   {good + "compounds:\n  - first: [乙]\n", "x.yaml:6: a compound needs first and last words"},
		"not yaml":                  {"category: x\nheads: [甲\nversion: 1\n", "x.yaml:"},
		"unknown anchor":            {"category: *x\n", "x.yaml: unknown anchor 'x' referenced"},
		"an anchor in itself":       {good + "colour: &c [*c]\n", `x.yaml:5: unknown key "colour"`},
		"heads in themselves":       {"category: x\nversion: 1\nclassifiers: [个]\nheads: &h [*h]\n", "x.yaml:4: a list where a mapping should be"},
		"wrong type":                {"category: x\nversion: one\n", "x.yaml:2: the word `one` where a whole number should be"},
		"several wrong types":       {"category: [x]\nversion: {a: b}\npeople: 7\nclassifiers: 个\npatterns: [[pre]]\nexamples: [甲]\n", "x.yaml:1: a list where a word should be\nx.yaml:2: a mapping where a whole number should be\nx.yaml:3: the number `7` where true or false should be\nx.yaml:4: the word `个` where a list should be\nx.yaml:5: a list where a word should be\nx.yaml:6: the word `甲` where a mapping should be"},
		"a duplicate key":           {good + "version: 2\n", `x.yaml:5: mapping key "version" already defined at line 2`},
		"a duplicate key below":     {good + "examples:\n  - {text: 甲, matches: [], text: 乙}\n", `x.yaml:6: mapping key "text" already defined at line 6`},
		"an empty file":             {"", "x.yaml:1: the file is empty"},
		"only comments":             {"# later\n", "x.yaml:1: the file is empty"},
		"only a mark":               {"---\n", "x.yaml:1: the file is empty"},
		"two documents":             {good + "---\n" + good, "x.yaml:5: a second document begins: a rule file has one"},
		"rubbish behind":            {good + "---\n\"a\n", "x.yaml:"},
		"a list":                    {"# list\n- a\n", "x.yaml:2: a rule file is a mapping of keys to values"},
		"a tab":                     {good + "not_heads:\n\t- 甲乙\n", "x.yaml:6: a tab in the indentation: YAML takes spaces only"},
		"another encoding":          {good + "not_heads: [\xbc\xd7]\n", "x.yaml:5: not valid UTF-8"},
	} {
		_, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(c.src)}})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if p := (Problem{}); !errors.As(err, &p) || p.File != "x.yaml" {
			t.Errorf("%s: %v is no problem of the file", name, err)
		}
	}
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("an empty folder is no set of rules")
	}
}

// All files are read before the problems are told.
func TestLoadRefusesTogether(t *testing.T) {
	pack := "version: 1\nclassifiers: [个]\nheads: [甲]\n"
	_, err := Load(fstest.MapFS{
		"a.yaml":      {Data: []byte("# the first\ncategory: x\n" + pack)},
		"b.yaml":      {Data: []byte("category: x\n" + pack)},
		"c.yml":       {Data: []byte("category: y\n" + pack)},
		"common.yaml": {Data: []byte("stops: [在]\nstop: [到]\n")},
		"notes.txt":   {Data: []byte("\t")},
	})
	want := "b.yaml:1: the category x is also that of a.yaml:2\n" +
		"c.yml: the name of a rule file ends in .yaml\n" +
		"common.yaml:2: unknown key \"stop\" (one of stops, fillers, decoys)"
	if err == nil || err.Error() != want {
		t.Errorf("%v\nwant\n%s", err, want)
	}
}

// A folder's files are called by its path, which is no part of what the rules
// say: a pipeline's fingerprint is made of them through JSON.
func TestLoadFolder(t *testing.T) {
	var said []string
	for range 2 {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "x.yaml"), []byte(pack("x")), 0o600); err != nil {
			t.Fatal(err)
		}
		rules, err := LoadFolder(folder)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := rules.Packs[0].at("heads").place(), filepath.Join(folder, "x.yaml")+":6"; got != want {
			t.Errorf("the heads are at %s, not %s", got, want)
		}
		asJSON, err := json.Marshal(rules)
		if err != nil {
			t.Fatal(err)
		}
		said = append(said, string(asJSON))
	}
	if said[0] != said[1] {
		t.Errorf("the same rules in two folders differ:\n%s\n%s", said[0], said[1])
	}
	if _, err := LoadFolder(filepath.Join(t.TempDir(), "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
}

// Whatever the bytes, they are read or refused.
func FuzzLoad(f *testing.F) {
	f.Add([]byte("category: x\nversion: 1\nclassifiers: [个]\nheads: [甲, {term: 乙}]\ncompounds: [{first: [丙], last: [丁, 戊]}]\nexamples: [{text: 甲, matches: []}]\n"))
	f.Add([]byte("category: &c x\nversion: 1\nclassifiers: &l [个]\nheads: *l\nnot_heads: *l\n"))
	f.Add([]byte("a: &a [*a]\n---\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		rules, err := Load(fstest.MapFS{"x.yaml": {Data: src}})
		if err != nil {
			return
		}
		heads := map[string]bool{}
		for _, w := range rules.Packs[0].headWords() {
			if w.line < 1 {
				t.Errorf("%q stands nowhere", w.text)
			}
			heads[w.text] = true
		}
		for _, h := range rules.Packs[0].heads() {
			if !heads[h.Term] {
				t.Errorf("%q is not among the words", h.Term)
			}
		}
		rules.Check(strings.ToLower)
	})
}
