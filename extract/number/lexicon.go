package number

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// entry is a word of a lexicon and what it stands for.
type entry[T any] struct {
	word string
	is   T
}

// lexicon finds the longest of its words at one side of an offset. The words
// that share an edge rune form a bucket, longest first; buckets are sorted by
// that rune. Most look-ups find nothing, which one look at a table tells.
type lexicon[T any] struct {
	han     [hanWords * 64]uint8 // by rune from firstHan: its bucket plus one
	edges   []rune
	buckets [][]entry[T]
}

// newLexicon sorts entries by the rune that edge picks.
func newLexicon[T any](entries []entry[T], edge func(string) rune) lexicon[T] {
	slices.SortStableFunc(entries, func(a, b entry[T]) int {
		if d := int(edge(a.word)) - int(edge(b.word)); d != 0 {
			return d
		}
		return len(b.word) - len(a.word)
	})
	var l lexicon[T]
	for from := 0; from < len(entries); {
		r := edge(entries[from].word)
		to := from
		for to < len(entries) && edge(entries[to].word) == r {
			to++
		}
		l.edges = append(l.edges, r)
		if isWide(r) && len(l.edges) <= math.MaxUint8 {
			l.han[r-firstHan] = uint8(len(l.edges))
		}
		l.buckets = append(l.buckets, entries[from:to:to])
		from = to
	}
	return l
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// words turns lists of words separated by spaces into entries.
func words[T any](lists ...entry[T]) []entry[T] {
	var out []entry[T]
	for _, l := range lists {
		for w := range strings.FieldsSeq(l.word) {
			out = append(out, entry[T]{w, l.is})
		}
	}
	return out
}

func (l *lexicon[T]) bucket(r rune) []entry[T] {
	if isWide(r) && len(l.edges) <= math.MaxUint8 {
		if k := l.han[r-firstHan]; k > 0 {
			return l.buckets[k-1]
		}
		return nil
	}
	i, ok := slices.BinarySearch(l.edges, r)
	if !ok {
		return nil
	}
	return l.buckets[i]
}

// at is the longest word that begins at offset i of s.
func (l *lexicon[T]) at(s string, i int) (is T, size int) {
	if i >= len(s) {
		return is, 0
	}
	const second = 5 // the last byte of a second ideograph: it tells most words of a bucket apart
	rest := s[i:]
	for _, e := range l.bucket(runeAt(s, i)) {
		if len(e.word) > second && (len(rest) <= second || rest[second] != e.word[second]) {
			continue
		}
		if strings.HasPrefix(rest, e.word) {
			return e.is, len(e.word)
		}
	}
	return is, 0
}

// before is the longest word that ends at offset i of s and begins at or after
// floor.
func (l *lexicon[T]) before(s string, floor, i int) (is T, size int) {
	if i <= floor {
		return is, 0
	}
	for _, e := range l.bucket(runeBefore(s, i)) {
		if strings.HasSuffix(s[floor:i], e.word) {
			return e.is, len(e.word)
		}
	}
	return is, 0
}
