package extract

import (
	"slices"
	"sort"
	"strings"
	"sync"

	"jianbao/corpus"
	"jianbao/extract/number"
)

// Extractor finds counts. It is made once from rules and may be used by many
// goroutines.
type Extractor struct {
	rules    Rules
	lexicon  *lexicon
	starts   hanBits // of the nouns and the cues
	foreign  bool    // some noun begins with another character
	stops    map[string]bool
	fillers  map[string]bool
	units    []string // every classifier that a rule names, longest first
	unitIDs  map[string]unitID
	unitHead hanBits // the characters with which classifiers begin
	scratch  sync.Pool
}

// unitID is a classifier: its place in Extractor.units plus one, 0 for none.
type unitID int32

// New prepares rules for use. Synonyms gives the words that stand for one of a
// rule in other vocabularies, folded; nil is none. A mention that a synonym
// made has the rule's own word as its term.
func New(rules Rules, synonyms func(word string) []string) *Extractor {
	if synonyms == nil {
		synonyms = func(string) []string { return nil }
	}
	x := &Extractor{
		rules: rules, lexicon: newLexicon(), starts: cueChars, unitIDs: map[string]unitID{},
		stops: set(rules.Common.Stops, synonyms), fillers: set(rules.Common.Fillers, synonyms),
	}
	x.scratch.New = func() any { return &sentence{x: x} }
	x.addUnits()
	x.rules.Packs = slices.Clone(rules.Packs)
	for i := range x.rules.Packs {
		p := &x.rules.Packs[i]
		p.number, p.units = i, x.unitSet(p.Classifiers)
		for _, h := range p.heads() {
			x.add(entry{term: h.Term, subtype: h.Subtype, patterns: h.Patterns, pack: p, units: p.units}, synonyms)
		}
		for _, w := range p.NotHeads {
			x.add(entry{term: w, anyUnit: true}, synonyms)
		}
	}
	for _, d := range rules.Common.Decoys {
		units := x.unitSet(d.Classifiers)
		for _, w := range d.Words {
			x.add(entry{term: w, units: units}, synonyms)
		}
	}
	return x
}

// addUnits collects the classifiers of all rules.
func (x *Extractor) addUnits() {
	for _, p := range x.rules.Packs {
		x.units = append(x.units, p.Classifiers...)
	}
	for _, d := range x.rules.Common.Decoys {
		x.units = append(x.units, d.Classifiers...)
	}
	slices.SortFunc(x.units, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	x.units = slices.Compact(x.units)
	for i, u := range x.units {
		x.unitIDs[u] = unitID(i + 1)
		for _, r := range u {
			x.unitHead.set(r)
			break
		}
	}
}

// unitSet is a set of classifiers.
func (x *Extractor) unitSet(units []string) []bool {
	s := make([]bool, len(x.units)+1)
	for _, u := range units {
		s[x.unitIDs[u]] = true
	}
	return s
}

func (x *Extractor) add(e entry, synonyms func(string) []string) {
	for _, word := range append([]string{e.term}, synonyms(e.term)...) {
		x.lexicon.add(word, e)
		x.foreign = x.foreign || len(x.lexicon.others) > 0
		for _, r := range word {
			x.starts.set(r)
			break
		}
	}
}

func set(words []string, synonyms func(string) []string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
		for _, s := range synonyms(w) {
			m[s] = true
		}
	}
	return m
}

// Extract returns the mentions of a folded text in the order of their numbers.
// Tokens tile the text. All spans are in bytes of hans; Head, Unit and
// NumberText are as they stand there. It takes linear time.
func (x *Extractor) Extract(hans string, tokens []corpus.Token) []corpus.Mention {
	s := x.scratch.Get().(*sentence)
	defer x.scratch.Put(s)
	return s.document(hans, tokens)
}

// document reads all sentences of a text.
func (s *sentence) document(hans string, tokens []corpus.Token) []corpus.Mention {
	s.text, s.mentions = hans, s.mentions[:0]
	defer s.forget()
	s.quantities = number.Append(s.quantities[:0], hans)
	rest := s.quantities
	for at := 0; len(rest) > 0; {
		s.span, at = nextSentence(hans, at)
		n, plain := 0, 0
		for n < len(rest) && rest[n].Span.Start < s.span.End {
			if rest[n].Kind == number.Plain {
				plain++
			}
			n++
		}
		s.all, rest = rest[:n], rest[n:]
		if plain == 0 && s.trace == nil || len(s.all) == 0 {
			continue
		}
		first := sort.Search(len(tokens), func(i int) bool { return tokens[i].End > s.span.Start })
		tokens = tokens[first:]
		s.tokens = tokens[:sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= s.span.End })]
		s.read(plain)
	}
	if len(s.mentions) > 1 {
		markRepeats(s.mentions)
	}
	for i := range s.mentions {
		m := &s.mentions[i]
		m.Counted = true
		for _, f := range m.Flags {
			if f.Excludes() {
				m.Counted, m.ExcludedBy = false, string(f)
				break
			}
		}
	}
	if len(s.mentions) == 0 {
		return nil
	}
	return slices.Clone(s.mentions)
}

// statement is what a mention says: how many of what.
type statement struct {
	category, term string
	head           string // of a round or small number, which two things have easily
	value          int64
}

// markRepeats flags a total that an article states again, and a total that a later sentence gives as what was before a
// change: 检查站5处 … 由5处减少到3处.
func markRepeats(mentions []corpus.Mention) {
	const few, many = 20, 100
	seen := make(map[statement]*corpus.Mention, len(mentions)) // the mention that said it first
	for i := range mentions {
		m := &mentions[i]
		if !m.Count.Value.Valid || m.HasFlag(corpus.Distributive) {
			continue
		}
		t := statement{category: m.Category, term: m.Term, value: m.Count.Value.N}
		if m.HasFlag(corpus.Before) {
			if first := seen[t]; first != nil && !first.HasFlag(corpus.Before) {
				first.Flags = append(first.Flags, corpus.Before)
			}
			continue
		}
		if seen[t] == nil {
			seen[t] = m
		}
		if t.value < few {
			continue
		}
		if t.value < many {
			t.head = m.Head
		}
		switch first := seen[t]; {
		case first == nil:
			seen[t] = m
		case first != m && first.Sentence != m.Sentence && !m.HasFlag(corpus.Subtotal):
			m.Flags = append(m.Flags, corpus.Repeat)
		}
	}
}
