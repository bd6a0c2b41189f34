package segment

import (
	_ "embed"
	"errors"
	"fmt"
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

// ErrWord is a domain word that cannot be one.
var ErrWord = errors.New("not a word")

// maxWordUnits bounds a domain word, in characters and Latin runs.
const maxWordUnits = 64

// Segmenter cuts text into words. It is immutable and safe for concurrent use.
type Segmenter struct {
	alphabet *dict.Alphabet
	general  dat.Trie
	domain   dat.Trie
	words    []string // of domain
	scratch  *sync.Pool
}

// Open is a segmenter with the words of the snapshot, which it reads in place.
func Open() (*Segmenter, error) {
	d, err := dict.Open(snapshot)
	if err != nil {
		return nil, fmt.Errorf("open the embedded dictionary: %w", err)
	}
	return &Segmenter{alphabet: d.Alphabet, general: d.Trie, scratch: newScratch()}, nil
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
		if err := checkWord(w); err != nil {
			return nil, err
		}
	}
	next := &Segmenter{alphabet: s.alphabet.With(words), general: s.general, scratch: s.scratch}
	var entries []dict.Entry
	seen := map[string]bool{}
	for _, w := range slices.Concat(s.words, words) {
		key := dict.Lower(w)
		if seen[key] {
			continue
		}
		seen[key] = true
		units := next.units(w)
		if units > maxWordUnits {
			return nil, fmt.Errorf("domain word %q is longer than %d units: %w", w, maxWordUnits, ErrWord)
		}
		if units > 1 {
			next.words = append(next.words, w)
			entries = append(entries, dict.Entry{Text: w, Distance: next.cheapest(w)/2 + 1})
		}
	}
	if err := next.addDomain(entries); err != nil {
		return nil, fmt.Errorf("add %d domain words: %w", len(entries), err)
	}
	return next, nil
}

func checkWord(w string) error {
	switch {
	case w == "":
		return fmt.Errorf("empty domain word: %w", ErrWord)
	case !utf8.ValidString(w):
		return fmt.Errorf("domain word %q is not valid UTF-8: %w", w, ErrWord)
	case slices.ContainsFunc([]rune(w), unicode.IsSpace):
		return fmt.Errorf("domain word %q has white space in it: %w", w, ErrWord)
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

// cheapest is the length of the shortest path through w over general words.
func (s *Segmenter) cheapest(w string) float32 {
	p := path{alphabet: s.alphabet, general: &s.general, text: w}
	p.run(nil)
	return p.distance(len(p.cells))
}

func (s *Segmenter) addDomain(entries []dict.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	image, err := s.alphabet.Build(entries)
	if err != nil {
		return err
	}
	s.domain, err = dat.Open(string(image))
	return err
}

// Append cuts hans, a text in simplified form, and appends its tokens to dst.
// They tile hans: a character that no word holds, a Latin run and a byte that
// is not valid UTF-8 are tokens of their own.
//
// It takes time proportional to the length of hans. When dst has room it
// allocates nothing, because the memory for the search is used again.
func (s *Segmenter) Append(dst []corpus.Token, hans string) []corpus.Token {
	cells := s.scratch.Get().(*[]cell)
	p := path{alphabet: s.alphabet, general: &s.general, text: hans, cells: (*cells)[:0]}
	if len(s.words) > 0 {
		p.domain = &s.domain
	}
	dst = p.run(dst)
	if *cells = p.cells; cap(p.cells) <= maxScratch {
		s.scratch.Put(cells)
	}
	return dst
}
