package segment

import (
	"fmt"
	"math"

	"jianbao/segment/internal/dict"
)

// Word is an entry of a user dictionary.
type Word struct {
	Text      string  // in simplified form
	Frequency float64 // beside the 57.6 million of all general words, 2 at least
	Tag       string  // the part of speech, which segmenting does not use
}

const (
	minFrequency = 2    // below it gse leaves a word out
	maxFrequency = 1e15 // up to it sums are exact
)

// With is a segmenter that also knows the given words, beside those that s
// knows, each at the cost that its frequency gives it. The tokens are those of
// gse when AddToken gives it the words before its general dictionary and
// CalcToken follows: a word's frequency takes the place of the one in the
// general dictionary, the first of several equal words counts, shares are of
// the sum of all frequencies, and a word of one unit has its frequency too.
//
// So a rare word is still split where its parts are frequent. To have words
// whole whatever their parts, use WithWords; a word that is in both costs the
// less of the two.
//
// The error is ErrWord for a text that WithWords refuses and for a frequency
// that is not between 2 and 1e15.
func (s *Segmenter) With(words []Word) (*Segmenter, error) {
	for _, w := range words {
		if err := s.checkUserWord(w); err != nil {
			return nil, err
		}
	}
	return s.derive(words, nil)
}

func (s *Segmenter) checkUserWord(w Word) error {
	if err := s.checkWord(w.Text); err != nil {
		return err
	}
	// Written so that it refuses NaN too.
	if !(w.Frequency >= minFrequency && w.Frequency <= maxFrequency) {
		return fmt.Errorf("word %q has the frequency %v, which is not between %d and %.0e: %w",
			w.Text, w.Frequency, minFrequency, maxFrequency, ErrWord)
	}
	return nil
}

// addUser gives every word the cost that it has with the user's words. Those
// that are general words keep their place in that trie; it returns the others,
// by their lower case.
func (s *Segmenter) addUser() (map[string]float32, error) {
	own := map[string]float32{}
	if len(s.user) == 0 {
		return own, nil
	}
	total := s.total()
	var replaced []dict.Entry
	for _, w := range s.user {
		cost := dict.Cost(total, w.Frequency)
		if _, ok := s.base.Frequency(w.Text); ok {
			replaced = append(replaced, dict.Entry{Text: w.Text, Value: math.Float32bits(cost)})
		} else {
			own[dict.Lower(w.Text)] = cost
		}
	}
	s.general = s.base.Costs(total)
	if len(replaced) == 0 {
		return own, nil
	}
	var err error
	s.general, err = s.alphabet.Replace(&s.general, replaced)
	return own, err
}

// total is the sum of all frequencies.
func (s *Segmenter) total() float64 {
	sum := s.base.Total
	for _, w := range s.user {
		general, _ := s.base.Frequency(w.Text)
		sum += w.Frequency - float64(general)
	}
	return sum
}
