package main

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"jianbao/segment/internal/dat"
)

// The symbols of the steps and the limits of a value, as package script reads
// them.
const (
	stepHant = 1 + iota
	stepTW
	stepHK
	firstSymbol // of the runes

	maxText  = 1<<8 - 1
	maxTexts = 1<<24 - 1
)

// unfolder collects the keys of all steps.
type unfolder struct {
	symbols map[rune]uint16
	words   []dat.Word
	texts   strings.Builder
	places  map[string]uint32 // where a text begins in texts
}

// addUnfolding makes the symbols and unfold.bin.
func (t *tables) addUnfolding(d dicts) error {
	u := unfolder{symbols: numberRunes(d.s2tPhrases, d.s2tChars, d.t2tw, d.t2hkPhrases, d.t2hk), places: map[string]uint32{}}
	if u.symbols[utf8.RuneError] != 0 || len(u.symbols)+firstSymbol > 1<<16 {
		return fmt.Errorf("%d runes are too many, or U+FFFD is among them", len(u.symbols))
	}
	u.add(stepHant, d.s2tPhrases, d.s2tChars)
	u.add(stepTW, nil, d.t2tw)
	u.add(stepHK, d.t2hkPhrases, d.t2hk)
	if u.texts.Len() > maxTexts {
		return fmt.Errorf("%d bytes of texts are too many", u.texts.Len())
	}
	trie, err := dat.Build(u.words)
	if err != nil {
		return fmt.Errorf("build the trie of %d phrases: %w", len(u.words), err)
	}
	t.symbolPageOf, t.symbolPages = paginate(u.symbols)
	t.unfold = binary.LittleEndian.AppendUint32(nil, uint32(len(trie)))
	t.unfold = append(append(t.unfold, trie...), u.texts.String()...)
	return nil
}

// numberRunes gives the runes of all keys their symbols, the most frequent
// first, because small numbers for what is frequent make a dense trie.
func numberRunes(parts ...dict) map[rune]uint16 {
	count := map[rune]int{}
	for _, part := range parts {
		for key := range part {
			for _, r := range key {
				count[r]++
			}
		}
	}
	symbols := map[rune]uint16{}
	for i, r := range slices.SortedFunc(maps.Keys(count), func(a, b rune) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	}) {
		symbols[r] = uint16(firstSymbol + i)
	}
	return symbols
}

// add takes in the dictionaries of one step. A character that is written as
// itself needs no key; a phrase does, because it keeps shorter ones out.
func (u *unfolder) add(step uint16, phrases, chars dict) {
	for _, key := range slices.Sorted(maps.Keys(chars)) {
		if to := chars[key][0]; to != key {
			u.addKey(step, key, u.place(to))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(phrases)) {
		to := phrases[key][0]
		if to == oneByOne(key, chars) {
			u.addKey(step, key, 0)
			continue
		}
		u.addKey(step, key, u.place(to))
	}
}

func (u *unfolder) addKey(step uint16, key string, value uint32) {
	w := dat.Word{Symbols: []uint16{step}, Value: value}
	for _, r := range key {
		w.Symbols = append(w.Symbols, u.symbols[r])
	}
	u.words = append(u.words, w)
}

// place is the value for a text of at most maxText bytes: its place and length.
func (u *unfolder) place(text string) uint32 {
	at, ok := u.places[text]
	if !ok {
		at = uint32(u.texts.Len())
		u.places[text] = at
		u.texts.WriteString(text)
	}
	return at<<8 | uint32(len(text))
}

func oneByOne(phrase string, chars dict) string {
	var b strings.Builder
	for _, r := range phrase {
		if to := chars[string(r)]; len(to) > 0 {
			b.WriteString(to[0])
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
