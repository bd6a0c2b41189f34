package generate

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

//go:embed grammar/*.txt
var grammarFiles embed.FS

// A grammar is rules, each a name and what may stand for it:
//
//	flood.count: 成立{adj}的党支部[branch:12-400]个 …   any of these, as likely
//	verb~: 排查 走访 …                                 the earlier, the likelier
//
// Alternatives stand between white space, over as many lines as they need; a line
// that begins with # is a comment. In an alternative
//
//	{verb}                 is anything that stands for verb
//	{town!} {town!1}       is chosen once an article: all {town!1} are the same
//	[12-400]               is a number
//	[branch:12-400]        is a count of that category, printed in many ways
//	[-branch:12-400]       is one that is part of another: it adds nothing
type grammar struct {
	rules []rule
	names map[string]int // of rules
	kept  map[string]int // town!1: what is chosen once an article
}

type rule struct {
	name   string
	ranked bool
	at     string // file and line
	alts   [][]part
}

// part is a piece of an alternative: a text, a number or a rule.
type part struct {
	text printed
	slot *slot
	rule int
	kept int // of grammar.kept; -1 when it is chosen anew
}

// printed is a text in simplified and traditional script.
type printed [2]string

// slot is a place for a number.
type slot struct {
	category string // empty when it counts nothing of ours
	part     bool
	lo, hi   int
}

// loadGrammar reads the embedded files. traditional may be nil.
func loadGrammar(files fs.FS, traditional func(string) string) (*grammar, error) {
	p := &parser{grammar: grammar{names: map[string]int{}, kept: map[string]int{}}, traditional: traditional}
	paths, err := fs.Glob(files, "grammar/*.txt")
	if err != nil {
		return nil, fmt.Errorf("read grammar: %w", err)
	}
	for _, name := range paths {
		if err := p.file(files, name); err != nil {
			return nil, fmt.Errorf("read grammar: %w", err)
		}
	}
	return &p.grammar, p.check()
}

// parser reads files into a grammar. A rule that is named before it is read has
// no alternatives yet.
type parser struct {
	grammar
	traditional func(string) string
	current     int
	at          string
}

func (p *parser) file(files fs.FS, name string) error {
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	p.current = -1
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		p.at = fmt.Sprintf("%s:%d", path.Base(name), n)
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		for _, word := range strings.Fields(lines.Text()) {
			if err := p.word(word); err != nil {
				return fmt.Errorf("%s: %w", p.at, err)
			}
		}
	}
	return lines.Err()
}

// word takes a name with its colon, or an alternative.
func (p *parser) word(word string) error {
	name, isName := strings.CutSuffix(word, ":")
	switch {
	case isName:
		name, ranked := strings.CutSuffix(name, "~")
		p.current = p.rule(name)
		r := &p.rules[p.current]
		if r.alts != nil {
			return fmt.Errorf("%s: is there already", name)
		}
		r.ranked = ranked
		return nil
	case p.current < 0:
		return fmt.Errorf("%s: belongs to no rule", word)
	}
	alt, err := p.alternative(word)
	if err != nil {
		return err
	}
	r := &p.rules[p.current]
	r.alts = append(r.alts, alt)
	return nil
}

// rule is the number of the rule of that name.
func (p *parser) rule(name string) int {
	n, ok := p.names[name]
	if !ok {
		n = len(p.rules)
		p.names[name] = n
		p.rules = append(p.rules, rule{name: name, at: p.at})
	}
	return n
}

func (p *parser) alternative(s string) (alt []part, err error) {
	for s != "" {
		var next part
		end := strings.IndexAny(s, "{[")
		switch {
		case end > 0:
			next, s = part{text: p.print(s[:end])}, s[end:]
		case end < 0:
			next, s = part{text: p.print(s)}, ""
		default:
			size := strings.IndexAny(s, "}]")
			if size < 0 {
				return nil, fmt.Errorf("%s: is not closed", s)
			}
			if next, err = p.inset(s[0], s[1:size]); err != nil {
				return nil, err
			}
			s = s[size+1:]
		}
		alt = append(alt, next)
	}
	return alt, nil
}

func (p *parser) print(s string) printed {
	if p.traditional == nil {
		return printed{s, s}
	}
	return printed{s, p.traditional(s)}
}

// inset is what stands in brackets.
func (p *parser) inset(bracket byte, s string) (part, error) {
	if bracket == '[' {
		number, err := parseSlot(s)
		return part{slot: number}, err
	}
	name, _, once := strings.Cut(s, "!")
	out := part{rule: p.rule(name), kept: -1}
	if once {
		if _, ok := p.kept[s]; !ok {
			p.kept[s] = len(p.kept)
		}
		out.kept = p.kept[s]
	}
	return out, nil
}

func parseSlot(s string) (*slot, error) {
	var out slot
	category, numbers, counts := strings.Cut(s, ":")
	if counts {
		out.category, out.part = strings.CutPrefix(category, "-")
	} else {
		numbers = s
	}
	lo, hi, _ := strings.Cut(numbers, "-")
	var errLo, errHi error
	out.lo, errLo = strconv.Atoi(lo)
	out.hi, errHi = strconv.Atoi(hi)
	if errLo != nil || errHi != nil || out.lo < 0 || out.lo > out.hi {
		return nil, fmt.Errorf("[%s]: no range of numbers", s)
	}
	return &out, nil
}

// check refuses a rule that is named and not there, and one that contains itself.
func (p *parser) check() error {
	const unseen, open, done = 0, 1, 2
	state := make([]int, len(p.rules))
	var visit func(n int) error
	visit = func(n int) error {
		r := &p.rules[n]
		switch {
		case len(r.alts) == 0:
			return fmt.Errorf("read grammar: %s: rule %s has no alternative", r.at, r.name)
		case state[n] == open:
			return fmt.Errorf("read grammar: %s: rule %s contains itself", r.at, r.name)
		case state[n] == done:
			return nil
		}
		state[n] = open
		for _, alt := range r.alts {
			for _, x := range alt {
				if x.isRule() {
					if err := visit(x.rule); err != nil {
						return err
					}
				}
			}
		}
		state[n] = done
		return nil
	}
	for n := range p.rules {
		if err := visit(n); err != nil {
			return err
		}
	}
	return nil
}

func (x *part) isRule() bool { return x.text[0] == "" && x.slot == nil }
