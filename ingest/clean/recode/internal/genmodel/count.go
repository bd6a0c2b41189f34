package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// suffixes is the share of meetings of two characters that words do not
// explain.
const suffixes = 0.15

// pair is two characters in a row.
type pair [2]rune

// statistics is what the words of a dictionary say of characters, each word
// weighted by its frequency.
type statistics struct {
	words  float64          // all words
	total  float64          // all characters
	chars  map[rune]float64 // occurrences
	starts map[rune]float64 // as the first of a word
	ends   map[rune]float64 // as the last of a word
	pairs  map[pair]float64 // in a row inside a word
}

// count reads lines of a word, its frequency and its part of speech.
func count(text string) (statistics, error) {
	s := statistics{
		chars: map[rune]float64{}, starts: map[rune]float64{},
		ends: map[rune]float64{}, pairs: map[pair]float64{},
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		f, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return s, fmt.Errorf("line %d: %w", n, err)
		}
		s.add([]rune(fields[0]), f)
	}
	return s, nil
}

func (s *statistics) add(word []rune, f float64) {
	for _, r := range word {
		if !unicode.Is(unicode.Han, r) {
			return
		}
	}
	if len(word) == 0 {
		return
	}
	s.words += f
	s.starts[word[0]] += f
	s.ends[word[len(word)-1]] += f
	for i, r := range word {
		s.chars[r] += f
		s.total += f
		if i > 0 {
			s.pairs[pair{word[i-1], r}] += f
		}
	}
}

// follow is the probability that next follows r: inside a word, or as the
// start of another word after r has ended one.
func (s *statistics) follow(r, next rune) float64 {
	return s.pairs[pair{r, next}]/s.chars[r] + s.end(r)*s.start(next)
}

// start is the probability that a word starts with r. Words of one character
// are often suffixes that no dictionary lists (们, 里), so that a part goes by
// all occurrences of r.
func (s *statistics) start(r rune) float64 {
	return (1-suffixes)*(s.starts[r]+0.5)/s.words + suffixes*s.chars[r]/s.total
}

// end is the probability that r ends a word.
func (s *statistics) end(r rune) float64 {
	return (1-suffixes)*(s.ends[r]+0.5)/(s.chars[r]+1) + suffixes
}
