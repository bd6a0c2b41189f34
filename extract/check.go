package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Check finds what is wrong with rules that could be read, besides the outcome
// of their examples: heads that cannot match, words that cannot matter,
// examples that prove nothing. Fold gives the form that texts have when they
// are read, the simplified one; nil is that of the text itself. The problems
// are in the order of files and lines.
func (r Rules) Check(fold func(text string) string) []Problem {
	if fold == nil {
		fold = func(text string) string { return text }
	}
	c := checker{rules: r, fold: fold, heads: map[string][]claim{}}
	for i := range r.Packs {
		p := &r.Packs[i]
		for _, w := range p.headWords() {
			c.heads[w.text] = append(c.heads[w.text], claim{w, p})
		}
	}
	for i := range r.Packs {
		c.pack(&r.Packs[i])
	}
	for _, claims := range c.heads {
		c.claims(claims)
	}
	c.common()
	slices.SortFunc(c.found, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Msg, b.Msg))
	})
	return slices.Compact(c.found)
}

// headWords are the heads of a pack with their places; one that a compound
// makes stands where its last word does.
func (p *Pack) headWords() []word {
	out := slices.Concat(p.words["heads"], p.words["heads.term"])
	firsts, lasts := p.words["compounds.first"], p.words["compounds.last"]
	for _, c := range p.Compounds {
		for _, first := range firsts[:len(c.First)] {
			for _, last := range lasts[:len(c.Last)] {
				last.text = first.text + last.text
				out = append(out, last)
			}
		}
		firsts, lasts = firsts[len(c.First):], lasts[len(c.Last):]
	}
	slices.SortStableFunc(out, func(a, b word) int { return cmp.Compare(a.line, b.line) })
	return out
}

// claim is a head that a pack names.
type claim struct {
	word
	pack *Pack
}

// checker collects what Check finds.
type checker struct {
	rules Rules
	fold  func(string) string
	heads map[string][]claim // by the word, in the order of packs and lines
	found []Problem
}

// report adds a problem of a word; rules that others were put over have none.
func (c *checker) report(w word, format string, args ...any) {
	if !w.base {
		c.found = append(c.found, w.problem(format, args...))
	}
}

func (c *checker) pack(p *Pack) {
	for _, path := range []string{"classifiers", "heads", "heads.term", "compounds.first", "compounds.last", "not_heads", "stop_between"} {
		c.spelling(p.words[path])
	}
	for _, path := range []string{"classifiers", "patterns", "not_heads", "stop_between"} {
		c.repeated(p.words[path])
	}
	if len(p.Patterns) == 0 {
		c.report(p.at("patterns"), "no patterns: the pack can find nothing")
	}
	c.notHeads(p)
	c.examples(p)
}

// spelling finds words that no folded text holds, or not as one word.
func (c *checker) spelling(list []word) {
	for _, w := range list {
		odd := strings.IndexFunc(w.text, func(r rune) bool { return !isWordRune(r) })
		switch {
		case w.text == "":
			c.report(w, "an empty word")
		case odd >= 0:
			c.report(w, "the word %q has %q in it: words are Chinese characters, plain Latin letters, figures and quotes", w.text, []rune(w.text[odd:])[0])
		case c.fold(w.text) != w.text:
			c.report(w, "the word %s is not simplified and can never match: write %s, which matches both scripts", w.text, c.fold(w.text))
		}
	}
}

func isWordRune(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("“”", r) || r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// repeated finds words that a list of a file has twice.
func (c *checker) repeated(list []word) {
	type key struct {
		file, text string
		base       bool // another file, of the same name perhaps
	}
	first := map[key]word{}
	for _, w := range list {
		k := key{w.file, w.text, w.base}
		if known, again := first[k]; again {
			c.report(w, "%s is there already, on line %d", w.text, known.line)
			continue
		}
		first[k] = w
	}
}

// claims settles to whom a head goes: to the pack of the highest priority that
// names it.
func (c *checker) claims(all []claim) {
	winner := all[0]
	for _, h := range all[1:] {
		if h.pack.Priority > winner.pack.Priority {
			winner = h
		}
	}
	first := map[*Pack]claim{}
	for _, h := range all {
		known, again := first[h.pack]
		switch {
		case again:
			c.report(h.word, "the head %s is there already, on line %d", h.text, known.line)
			continue
		case h.pack == winner.pack:
		case h.pack.Priority < winner.pack.Priority:
			c.report(h.word, "the head %s can never match: %s has it too, with priority %d over %d", h.text, winner.place(), winner.pack.Priority, h.pack.Priority)
		default:
			c.report(h.word, "the head %s is also that of %s, of the same priority %d", h.text, winner.place(), h.pack.Priority)
		}
		first[h.pack] = h
	}
	for _, h := range first {
		c.taken(h)
	}
}

// taken finds what else has a head's word.
func (c *checker) taken(h claim) {
	for i := range c.rules.Packs {
		for _, w := range c.rules.Packs[i].words["not_heads"] {
			if w.text != h.text {
				continue
			}
			c.report(h.word, "the head %s can never match: not_heads has it too, at %s", h.text, w.place())
			if h.base {
				c.report(w, "not_heads has %s, which is a head at %s and can then never match", w.text, h.place())
			}
		}
	}
	for _, path := range []string{"stops", "fillers"} {
		for _, w := range c.rules.Common.words[path] {
			if w.text == h.text {
				at := h.word
				if at.base {
					at = w
				}
				c.report(at, "%s cannot be a head, at %s, and one of %s, at %s", h.text, h.place(), path, w.place())
			}
		}
	}
}

// notHeads finds words that keep no head from matching.
func (c *checker) notHeads(p *Pack) {
	for _, w := range p.words["not_heads"] {
		if !c.holdsHead(w.text) {
			c.report(w, "%s in not_heads has no head of any pack in it and can never matter", w.text)
		}
	}
}

func (c *checker) holdsHead(text string) bool {
	for head := range c.heads {
		if strings.Contains(text, head) {
			return true
		}
	}
	return false
}

// examples finds packs whose examples prove nothing, and examples that can
// never be met.
func (c *checker) examples(p *Pack) {
	hits := 0
	for _, e := range slices.Concat(p.Examples, p.Todo) {
		at := word{file: p.File, line: e.Line, base: p.at("category").base}
		switch {
		case strings.Count(e.Text, openMark) != strings.Count(e.Text, closeMark):
			c.report(at, "%q: every %s needs its %s", e.Text, openMark, closeMark)
		case len(e.Matches) > 0:
			c.report(at, "matches can only be [], which says that nothing matches; what matches is said by expect")
		case (e.Expect == nil) == (e.Matches == nil):
			c.report(at, "an example says either what it must give, with expect, or that it gives nothing, with matches: []")
		}
	}
	for _, e := range p.Examples {
		hits += min(1, len(e.Expect))
	}
	if hits == 0 {
		c.report(p.at("examples.text"), "a pack needs an example that matches")
	}
	if hits == len(p.Examples) {
		c.report(p.at("examples.text"), "a pack needs an example that must not match")
	}
	for _, path := range []string{"examples.expect.category", "todo.expect.category"} {
		for _, w := range p.words[path] {
			if w.text != p.Category {
				c.report(w, "the category %s can never be met: only mentions of %s are looked at", w.text, p.Category)
			}
		}
	}
}

// common finds what is wrong with the words that all packs share.
func (c *checker) common() {
	shared := c.rules.Common.words
	for _, path := range []string{"stops", "fillers", "decoys.words", "decoys.classifiers"} {
		c.spelling(shared[path])
	}
	c.repeated(shared["stops"])
	c.repeated(shared["fillers"])
	first := map[string]word{}
	for _, w := range shared["decoys.words"] {
		if known, again := first[w.text]; again {
			c.report(w, "the decoy %s is there already, at %s, with the classifiers that count", w.text, known.place())
			continue
		}
		first[w.text] = w
		if claims := c.heads[w.text]; len(claims) > 0 {
			c.report(w, "the decoy %s can never matter: it is a head at %s", w.text, claims[0].place())
		}
	}
}
