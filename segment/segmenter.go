package segment

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/segment/internal/dat"
	"jianbao/segment/internal/dict"
)

//go:embed dict.bin
var snapshot string

// ErrWord is a word that cannot be one.
var ErrWord = errors.New("not a word")

// maxWordUnits bounds a word of ours, in characters and Latin runs.
const maxWordUnits = 64

// Segmenter cuts text into words. It is immutable and safe for concurrent use.
type Segmenter struct {
	base     *dict.Dict // the general words with their frequencies
	alphabet *dict.Alphabet
	general  dat.Trie // the general words with their costs
	own      dat.Trie // the other words, the user's and the domain's
	user     []Word
	words    []string // of the domain
	scratch  *sync.Pool
}

// Open is a segmenter with the words of the snapshot, which it reads in place.
func Open() (*Segmenter, error) {
	d, err := dict.Open(snapshot)
	if err != nil {
		return nil, fmt.Errorf("open the embedded dictionary: %w", err)
	}
	return &Segmenter{base: d, alphabet: d.Alphabet, general: d.Costs(d.Total), scratch: newScratch()}, nil
}

// WithWords is a segmenter that also knows the given words, which are in
// simplified form, beside those that s knows. Order and repetition do not
// matter. A word of one unit (a character, a Latin run) is a token anyway and
// is left out. The error is ErrWord for a word that is empty, not valid
// UTF-8, longer than 64 units or has white space in it.
//
// A domain word costs half of the cheapest way to write it in general words,
// plus one bit. So it wins over every way to split it: into general words,
// because half is less, and into shorter domain words, because each of them
// pays the bit too. Words that reach across its borders still win where they
// are cheap and what the domain word leaves over is not: 采样点 does not break
// 采样 and 点名 apart to leave a lone 名.
func (s *Segmenter) WithWords(words []string) (*Segmenter, error) {
	for _, w := range words {
		if err := s.checkWord(w); err != nil {
			return nil, err
		}
	}
	return s.derive(nil, words)
}

func (s *Segmenter) checkWord(w string) error {
	switch {
	case w == "":
		return fmt.Errorf("empty word: %w", ErrWord)
	case !utf8.ValidString(w):
		return fmt.Errorf("word %q is not valid UTF-8: %w", w, ErrWord)
	case slices.ContainsFunc([]rune(w), unicode.IsSpace):
		return fmt.Errorf("word %q has white space in it: %w", w, ErrWord)
	case s.units(w) > maxWordUnits:
		return fmt.Errorf("word %q is longer than %d units: %w", w, maxWordUnits, ErrWord)
	}
	return nil
}

func (s *Segmenter) units(w string) int {
	n := 0
	for i := 0; i < len(w); n++ {
		i, _ = s.alphabet.Next(w, i)
	}
	return n
}

// Has reports whether word is one of the words, general, the user's or the
// domain's, without regard to the case of A to Z.
func (s *Segmenter) Has(word string) bool {
	for _, t := range []*dat.Trie{&s.general, &s.own} {
		if node, ok := s.alphabet.Walk(t, word); ok {
			if _, ok = t.Word(node); ok {
				return true
			}
		}
	}
	return false
}

// derive is a segmenter with what s knows and the given words, which are
// checked.
func (s *Segmenter) derive(user []Word, words []string) (*Segmenter, error) {
	next := &Segmenter{
		base: s.base, general: s.general, scratch: s.scratch,
		user:  distinct(slices.Concat(s.user, user), func(w Word) string { return w.Text }),
		words: distinct(slices.Concat(s.words, words), func(w string) string { return w }),
	}
	next.words = slices.DeleteFunc(next.words, func(w string) bool { return s.units(w) == 1 })
	var texts []string
	for _, w := range next.user {
		texts = append(texts, w.Text)
	}
	next.alphabet = s.alphabet.With(slices.Concat(texts, next.words))
	costs, err := next.addUser()
	if err != nil {
		return nil, err
	}
	if err := next.setOwn(costs); err != nil {
		return nil, err
	}
	if len(next.words) == 0 {
		return next, nil
	}
	for text, cost := range next.domainCosts() {
		if old, ok := costs[text]; !ok || cost < old {
			costs[text] = cost
		}
	}
	if err := next.setOwn(costs); err != nil {
		return nil, err
	}
	return next, nil
}

// distinct keeps the first of the words that differ in the case of A to Z alone.
func distinct[W any](words []W, text func(W) string) []W {
	seen := map[string]bool{}
	return slices.DeleteFunc(words, func(w W) bool {
		key := dict.Lower(text(w))
		again := seen[key]
		seen[key] = true
		return again
	})
}

// domainCosts is what the domain words cost, by their lower case. So far s
// knows the general and the user's words only.
func (s *Segmenter) domainCosts() map[string]float32 {
	costs := make(map[string]float32, len(s.words))
	for _, w := range s.words {
		p := s.path(w, nil)
		p.run(nil)
		costs[dict.Lower(w)] = p.distance(len(p.cells))/2 + 1
	}
	return costs
}

func (s *Segmenter) setOwn(costs map[string]float32) error {
	entries := make([]dict.Entry, 0, len(costs))
	for text, cost := range costs {
		entries = append(entries, dict.Entry{Text: text, Value: math.Float32bits(cost)})
	}
	if len(entries) == 0 {
		return nil
	}
	image, err := s.alphabet.Build(entries)
	if err != nil {
		return fmt.Errorf("add %d words: %w", len(entries), err)
	}
	s.own, err = dat.Open(string(image))
	return err
}

// path is the search through text, which writes to cells.
func (s *Segmenter) path(text string, cells []cell) path {
	p := path{alphabet: s.alphabet, general: &s.general, text: text, cells: cells}
	if len(s.user)+len(s.words) > 0 {
		p.own = &s.own
	}
	return p
}

// Append cuts hans, a text in simplified form, and appends its tokens to dst.
// They tile hans: a character that no word holds, a Latin run and a byte that
// is not valid UTF-8 are tokens of their own.
//
// It takes time proportional to the length of hans. When dst has room it
// allocates nothing, because the memory for the search is used again.
func (s *Segmenter) Append(dst []corpus.Token, hans string) []corpus.Token {
	cells := s.scratch.Get().(*[]cell)
	p := s.path(hans, (*cells)[:0])
	dst = p.run(dst)
	if *cells = p.cells; cap(p.cells) <= maxScratch {
		s.scratch.Put(cells)
	}
	return dst
}
