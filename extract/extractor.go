package extract

import (
	"slices"
	"sort"
	"strings"

	"jianbao/corpus"
	"jianbao/extract/number"
)

// Extractor finds counts. It is made once from rules and may be used by many
// goroutines.
type Extractor struct {
	rules   Rules
	lexicon *lexicon
	stops   map[string]bool
	fillers map[string]bool
	units   []string // every classifier that a rule names, longest first
}

// New prepares rules for use. Synonyms gives the words that stand for one of a
// rule in other vocabularies, folded; nil is none. A mention that a synonym
// made has the rule's own word as its term.
func New(rules Rules, synonyms func(word string) []string) *Extractor {
	if synonyms == nil {
		synonyms = func(string) []string { return nil }
	}
	x := &Extractor{rules: rules, lexicon: newLexicon(), stops: set(rules.Common.Stops, synonyms), fillers: set(rules.Common.Fillers, synonyms)}
	add := func(e entry) {
		x.lexicon.add(e.term, e)
		for _, word := range synonyms(e.term) {
			x.lexicon.add(word, e)
		}
	}
	units := map[string]bool{}
	for i := range rules.Packs {
		p := &rules.Packs[i]
		for _, h := range p.heads() {
			add(entry{term: h.Term, subtype: h.Subtype, pack: p, classifiers: p.Classifiers})
		}
		for _, w := range p.NotHeads {
			add(entry{term: w, anyUnit: true})
		}
		for _, c := range p.Classifiers {
			units[c] = true
		}
	}
	for _, d := range rules.Common.Decoys {
		for _, w := range d.Words {
			add(entry{term: w, classifiers: d.Classifiers})
		}
		for _, c := range d.Classifiers {
			units[c] = true
		}
	}
	for c := range units {
		x.units = append(x.units, c)
	}
	slices.SortFunc(x.units, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return x
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
// NumberText are as they stand there.
func (x *Extractor) Extract(hans string, tokens []corpus.Token) []corpus.Mention {
	var out []corpus.Mention
	quantities := number.Append(nil, hans)
	for _, span := range Sentences(hans) {
		n := 0
		for n < len(quantities) && quantities[n].Span.Start < span.End {
			n++
		}
		inside := quantities[:n]
		quantities = quantities[n:]
		for len(tokens) > 0 && tokens[0].End <= span.Start {
			tokens = tokens[1:]
		}
		end := sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= span.End })
		if slices.ContainsFunc(inside, func(q number.Quantity) bool { return q.Kind == number.Plain }) {
			out = x.sentence(out, hans, span, inside, tokens[:end])
		}
	}
	markRepeats(out)
	for i := range out {
		out[i].Counted = true
		for _, f := range out[i].Flags {
			if f.Excludes() {
				out[i].Counted, out[i].ExcludedBy = false, string(f)
				break
			}
		}
	}
	return out
}

// markRepeats flags a total that an article states again: the same term and
// the same value of more than a few.
func markRepeats(mentions []corpus.Mention) {
	const few = 20
	type statement struct {
		category, term string
		value          int64
	}
	seen := map[statement]corpus.Span{} // the sentence that said it first
	for i := range mentions {
		m := &mentions[i]
		t := statement{m.Category, m.Term, m.Count.Value.N}
		if m.Count.Value.N < few || m.HasFlag(corpus.Before) || m.HasFlag(corpus.Distributive) {
			continue
		}
		first, again := seen[t]
		if !again {
			seen[t] = m.Sentence
		} else if first != m.Sentence && !m.HasFlag(corpus.Subtotal) {
			m.Flags = append(m.Flags, corpus.Repeat)
		}
	}
}
