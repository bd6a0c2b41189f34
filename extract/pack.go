package extract

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"jianbao/corpus"
)

//go:embed rules/*.yaml rules/*.schema.json
var bundled embed.FS

// commonFile holds what all packs share.
const commonFile = "common.yaml"

// Pattern is a way in which a number and its head stand together.
type Pattern string

// The patterns that a pack can ask for.
const (
	Pre      Pattern = "pre"      // 12个党支部
	Post     Pattern = "post"     // 党支部12个
	Headless Pattern = "headless" // 其中县级12名: the head is an antecedent
	Far      Pattern = "far"      // 干部在一线值守7200人: a predicate between
	Verb     Pattern = "verb"     // 6处设立检查站: a verb behind the classifier
	Table    Pattern = "table"    // 党支部|党员 over 12|340: the head of the column
)

var patterns = []Pattern{Pre, Post, Headless, Far, Verb, Table}

// modifiers are those that an example can expect.
var modifiers = []corpus.Modifier{corpus.Exact, corpus.Over, corpus.Under, corpus.About, corpus.AtLeast, corpus.AtMost, corpus.Range, corpus.Masked}

// Head is a noun that a pack counts, simplified.
type Head struct {
	Term     string    `yaml:"term"`
	Subtype  string    `yaml:"subtype"`
	Patterns []Pattern `yaml:"patterns"` // of its pack's, in which it is counted; all when there are none
}

// UnmarshalYAML reads a head written as a word or as a mapping.
func (h *Head) UnmarshalYAML(n *yaml.Node) error {
	type plain Head
	var err error
	if n.Kind == yaml.ScalarNode {
		err = n.Decode(&h.Term)
	} else {
		err = n.Decode((*plain)(h))
	}
	if err == nil && h.Term == "" {
		err = wrongAt(n, "a head without a term")
	}
	for _, pattern := range h.Patterns {
		if err == nil && !slices.Contains(patterns, pattern) {
			err = wrongAt(n, fmt.Sprintf("unknown pattern %q (one of %v)", pattern, patterns))
		}
	}
	return err
}

// wrongAt is an error as yaml has them, with the line of a node.
func wrongAt(n *yaml.Node, msg string) error {
	return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %s", n.Line, msg)}}
}

// Compound makes a head of every first with every last word.
type Compound struct {
	First   []string `yaml:"first"`
	Last    []string `yaml:"last"`
	Subtype string   `yaml:"subtype"`
}

// UnmarshalYAML refuses a compound that makes no head.
func (c *Compound) UnmarshalYAML(n *yaml.Node) error {
	type plain Compound
	err := n.Decode((*plain)(c))
	if err == nil && (len(c.First) == 0 || len(c.Last) == 0) {
		err = wrongAt(n, "a compound needs first and last words")
	}
	return err
}

// Expectation is what an example's marked span must give.
type Expectation struct {
	Category string `yaml:"category"`
	Value    *int64 `yaml:"value"`
	Lo       *int64 `yaml:"lo"`
	Hi       *int64 `yaml:"hi"`
	Modifier string `yaml:"modifier"`
	Unit     string `yaml:"unit"`
}

// Example is a text with ⟦marked⟧ spans and what they must give, or one that
// must give nothing.
type Example struct {
	Text    string        `yaml:"text"`
	Expect  []Expectation `yaml:"expect"`
	Matches []string      `yaml:"matches"`
	Line    int           `yaml:"-"`
}

// UnmarshalYAML keeps the line on which the example stands.
func (e *Example) UnmarshalYAML(n *yaml.Node) error {
	type plain Example
	err := n.Decode((*plain)(e))
	e.Line = n.Line
	return err
}

// Pack is one category's rules.
type Pack struct {
	Category    string     `yaml:"category"`
	Version     int        `yaml:"version"`
	Priority    int        `yaml:"priority"` // the highest has a number that heads of several packs share, and a head that several name
	People      bool       `yaml:"people"`   // its heads may share one number with those of other such packs
	Classifiers []string   `yaml:"classifiers"`
	Patterns    []Pattern  `yaml:"patterns"`
	Heads       []Head     `yaml:"heads"`
	Compounds   []Compound `yaml:"compounds"`
	NotHeads    []string   `yaml:"not_heads"`
	StopBetween []string   `yaml:"stop_between"`
	Examples    []Example  `yaml:"examples"`
	Todo        []Example  `yaml:"todo"` // known misses

	File string `yaml:"-" json:"-"`

	words  words  // as they stand in the file
	number int    // its place among the packs of an Extractor
	units  []bool // its classifiers there, by unitID
}

// Common is what all packs share.
type Common struct {
	Stops   []string `yaml:"stops"`
	Fillers []string `yaml:"fillers"`
	Decoys  []Decoy  `yaml:"decoys"`

	words words // as they stand in the files
}

// Decoy is nouns that take a number of these classifiers for themselves and
// give no mention.
type Decoy struct {
	Classifiers []string `yaml:"classifiers"`
	Words       []string `yaml:"words"`
}

// Rules is a set of packs with what they share.
type Rules struct {
	Common Common
	Packs  []Pack // in the order of their file names
}

// Bundled is the rules that come with the program.
func Bundled() (Rules, error) {
	sub, err := fs.Sub(bundled, "rules")
	if err != nil {
		return Rules{}, err
	}
	return Load(sub)
}

// Load reads the rule files of a folder: common.yaml and one pack a file. What
// is not as it must be is refused; the error joins a Problem with file and line
// for each thing that is wrong, of all files.
func Load(fsys fs.FS) (Rules, error) { return load(fsys, "") }

// LoadFolder is Load of a folder of the disk; its files are called by the
// folder's path too.
func LoadFolder(folder string) (Rules, error) { return load(os.DirFS(folder), folder) }

func load(fsys fs.FS, folder string) (Rules, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return Rules{}, fmt.Errorf("read rules: %w", err)
	}
	var rules Rules
	var wrong []error
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".yaml") {
			if strings.HasSuffix(e.Name(), ".yml") {
				wrong = append(wrong, Problem{File: path.Join(folder, e.Name()), Msg: "the name of a rule file ends in .yaml"})
			}
			continue
		}
		src, err := fs.ReadFile(fsys, e.Name())
		if err != nil {
			return Rules{}, fmt.Errorf("read rules: %w", err)
		}
		if err := rules.add(path.Join(folder, e.Name()), src); err != nil {
			wrong = append(wrong, err)
		}
	}
	if len(wrong) > 0 {
		return Rules{}, errors.Join(wrong...)
	}
	if len(rules.Packs) == 0 {
		return Rules{}, errors.New("read rules: no rule files")
	}
	return rules, nil
}

// add reads one rule file.
func (r *Rules) add(file string, src []byte) (err error) {
	if path.Base(file) == commonFile {
		r.Common.words, err = decode(file, src, &r.Common)
		return err
	}
	p := Pack{File: file}
	if p.words, err = decode(file, src, &p); err != nil {
		return err
	}
	wrong := p.check()
	for i := range r.Packs {
		if q := &r.Packs[i]; q.Category == p.Category {
			wrong = append(wrong, p.at("category").problem("the category %s is also that of %s", p.Category, q.at("category").place()))
		}
	}
	r.Packs = append(r.Packs, p)
	return errors.Join(wrong...)
}

// at is the first word of a key; where the pack lacks the key, its category.
func (p *Pack) at(key string) word {
	for _, k := range []string{key, "category"} {
		if found := p.words[k]; len(found) > 0 {
			return found[0]
		}
	}
	return word{file: p.File, line: 1}
}

// check finds what keeps a pack from being used at all.
func (p *Pack) check() []error {
	var out []error
	need := func(ok bool, key, msg string) {
		if !ok {
			out = append(out, p.at(key).problem("%s", msg))
		}
	}
	need(p.Category != "", "category", "no category")
	need(p.Version >= 1, "version", "version must be 1 or more")
	need(len(p.heads()) > 0, "heads", "no heads")
	need(len(p.Classifiers) > 0, "classifiers", "no classifiers")
	for _, w := range p.words["patterns"] {
		if !slices.Contains(patterns, Pattern(w.text)) {
			out = append(out, w.problem("unknown pattern %q (one of %v)", w.text, patterns))
		}
	}
	for _, path := range []string{"examples.expect.modifier", "todo.expect.modifier"} {
		for _, w := range p.words[path] {
			if !slices.Contains(modifiers, corpus.Modifier(w.text)) {
				out = append(out, w.problem("unknown modifier %q (one of %v)", w.text, modifiers))
			}
		}
	}
	return out
}

// Over is r with the packs of own in place of those of the same category, and
// beside the others. What own shares is added to what r shares. A Check of the
// result reports what is wrong with own; r is taken to be right by itself.
func (r Rules) Over(own Rules) Rules {
	out := Rules{Common: Common{
		Stops:   slices.Concat(r.Common.Stops, own.Common.Stops),
		Fillers: slices.Concat(r.Common.Fillers, own.Common.Fillers),
		Decoys:  slices.Concat(r.Common.Decoys, own.Common.Decoys),
		words:   r.Common.words.based().and(own.Common.words),
	}}
	for _, p := range r.Packs {
		if !slices.ContainsFunc(own.Packs, func(q Pack) bool { return q.Category == p.Category }) {
			p.words = p.words.based()
			out.Packs = append(out.Packs, p)
		}
	}
	out.Packs = append(out.Packs, own.Packs...)
	return out
}

// heads is every head of a pack, compounds spelt out.
func (p *Pack) heads() []Head {
	out := slices.Clone(p.Heads)
	for _, c := range p.Compounds {
		for _, first := range c.First {
			for _, last := range c.Last {
				out = append(out, Head{Term: first + last, Subtype: c.Subtype})
			}
		}
	}
	return out
}

// ruleID names a rule: checkpoint/pre.
func (p *Pack) ruleID(pattern Pattern) string { return p.Category + "/" + string(pattern) }

func (p *Pack) has(pattern Pattern) bool { return slices.Contains(p.Patterns, pattern) }

// Words is every word that the rules name, for the segmenter's dictionary.
func (r Rules) Words() []string {
	seen := map[string]bool{}
	var out []string
	add := func(words ...string) {
		for _, w := range words {
			if !seen[w] {
				seen[w] = true
				out = append(out, w)
			}
		}
	}
	for i := range r.Packs {
		for _, h := range r.Packs[i].heads() {
			add(h.Term)
		}
		add(r.Packs[i].NotHeads...)
	}
	for _, d := range r.Common.Decoys {
		add(d.Words...)
	}
	return out
}
