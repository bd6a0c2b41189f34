package extract

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"go.yaml.in/yaml/v3"
)

//go:embed rules/*.yaml
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
)

var patterns = []Pattern{Pre, Post, Headless, Far, Verb}

// Head is a noun that a pack counts, simplified.
type Head struct {
	Term    string `yaml:"term"`
	Subtype string `yaml:"subtype"`
}

// UnmarshalYAML reads a head written as a word or as a mapping.
func (h *Head) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		return n.Decode(&h.Term)
	}
	type plain Head
	return n.Decode((*plain)(h))
}

// Compound makes a head of every first with every last word.
type Compound struct {
	First   []string `yaml:"first"`
	Last    []string `yaml:"last"`
	Subtype string   `yaml:"subtype"`
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
	Priority    int        `yaml:"priority"` // the higher wins a tie between heads of the same length
	People      bool       `yaml:"people"`   // its heads may share one number with those of other such packs
	Classifiers []string   `yaml:"classifiers"`
	Patterns    []Pattern  `yaml:"patterns"`
	Heads       []Head     `yaml:"heads"`
	Compounds   []Compound `yaml:"compounds"`
	NotHeads    []string   `yaml:"not_heads"`
	StopBetween []string   `yaml:"stop_between"`
	Examples    []Example  `yaml:"examples"`
	Todo        []Example  `yaml:"todo"` // known misses

	File string `yaml:"-"`

	number int    // its place among the packs of an Extractor
	units  []bool // its classifiers there, by unitID
}

// Common is what all packs share.
type Common struct {
	Stops   []string `yaml:"stops"`
	Fillers []string `yaml:"fillers"`
	Decoys  []Decoy  `yaml:"decoys"`
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

// Load reads the rule files of a folder: common.yaml and one pack a file.
// Unknown keys and values that make no sense are refused with file and line.
func Load(fsys fs.FS) (Rules, error) {
	files, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return Rules{}, err
	}
	var rules Rules
	for _, file := range files {
		src, err := fs.ReadFile(fsys, file)
		if err != nil {
			return Rules{}, fmt.Errorf("read rules: %w", err)
		}
		if path.Base(file) == commonFile {
			if err := decode(file, src, &rules.Common); err != nil {
				return Rules{}, err
			}
			continue
		}
		pack := Pack{File: file}
		if err := decode(file, src, &pack); err != nil {
			return Rules{}, err
		}
		if err := pack.check(); err != nil {
			return Rules{}, fmt.Errorf("%s: %w", file, err)
		}
		rules.Packs = append(rules.Packs, pack)
	}
	if len(rules.Packs) == 0 {
		return Rules{}, errors.New("read rules: no rule files")
	}
	return rules, nil
}

// decode refuses unknown keys; yaml's errors name the line.
func decode(file string, src []byte, into any) error {
	d := yaml.NewDecoder(bytes.NewReader(src))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

func (p *Pack) check() error {
	switch {
	case p.Category == "":
		return errors.New("no category")
	case p.Version < 1:
		return errors.New("version must be 1 or more")
	case len(p.Heads) == 0:
		return errors.New("no heads")
	case len(p.Classifiers) == 0:
		return errors.New("no classifiers")
	}
	for _, pattern := range p.Patterns {
		if !slices.Contains(patterns, pattern) {
			return fmt.Errorf("unknown pattern %q (one of %v)", pattern, patterns)
		}
	}
	return nil
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
