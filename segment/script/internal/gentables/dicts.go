package main

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/liuzl/gocc"
)

// dict is one of gocc's dictionaries: the values of each key, preferred first.
type dict map[string][]string

// dicts are those that the tables are made of.
type dicts struct {
	t2sPhrases, t2sChars dict
	s2tPhrases, s2tChars dict
	t2tw                 dict
	t2hkPhrases, t2hk    dict
}

// loadDicts reads them out of gocc. The conversions to traditional forms are
// a step from s2t and one that is the region's.
func loadDicts() (dicts, error) {
	var d dicts
	for conversion, steps := range map[string][][]*dict{
		"t2s":  {{&d.t2sPhrases, &d.t2sChars}},
		"s2tw": {{&d.s2tPhrases, &d.s2tChars}, {&d.t2tw}},
		"s2hk": {{&d.s2tPhrases, &d.s2tChars}, {&d.t2hkPhrases, &d.t2hk}},
	} {
		if err := enumerate(conversion, steps); err != nil {
			return d, err
		}
	}
	return d, checkRunes(d)
}

// enumerate reads the dictionaries of each step of a conversion, in which they
// are tried in turn.
func enumerate(conversion string, steps [][]*dict) error {
	cc, err := gocc.New(conversion)
	if err != nil {
		return fmt.Errorf("open gocc %s: %w", conversion, err)
	}
	if len(cc.DictChains) != len(steps) {
		return fmt.Errorf("gocc %s has %d steps, want %d", conversion, len(cc.DictChains), len(steps))
	}
	for i, into := range steps {
		if n := len(cc.DictChains[i].Dicts); n != len(into) {
			return fmt.Errorf("step %d of gocc %s has %d dictionaries, want %d", i, conversion, n, len(into))
		}
		for j := range into {
			if *into[j], err = read(cc.DictChains[i], j); err != nil {
				return fmt.Errorf("read gocc %s: %w", conversion, err)
			}
		}
	}
	return nil
}

func read(step *gocc.Group, number int) (dict, error) {
	source, d := step.Dicts[number], dict{}
	for _, id := range source.Trie.PrefixPredict(nil, 0) {
		key, err := source.Trie.Key(id)
		if err != nil {
			return nil, fmt.Errorf("read a key: %w", err)
		}
		value, err := source.Trie.Value(id)
		if err != nil {
			return nil, fmt.Errorf("read the value of %s: %w", key, err)
		}
		d[string(key)] = source.Values[value]
	}
	return d, nil
}

// checkRunes holds what package script promises: no conversion changes the
// number of runes. And it holds what makes one longest match do for phrases
// and characters: a phrase is longer than a character.
func checkRunes(d dicts) error {
	chars := []dict{d.t2sChars, d.s2tChars, d.t2tw, d.t2hk}
	phrases := []dict{d.t2sPhrases, d.s2tPhrases, d.t2hkPhrases}
	for _, part := range slices.Concat(chars, phrases) {
		for key, values := range part {
			if utf8.RuneCountInString(key) != utf8.RuneCountInString(values[0]) {
				return fmt.Errorf("%s and %s differ in length", key, values[0])
			}
			if len(values[0]) > maxText {
				return fmt.Errorf("%s is longer than %d bytes", values[0], maxText)
			}
			if key[0] < utf8.RuneSelf {
				return fmt.Errorf("%s begins with an ASCII character", key)
			}
		}
	}
	for _, part := range chars {
		for key := range part {
			if utf8.RuneCountInString(key) != 1 {
				return fmt.Errorf("%s is not one character", key)
			}
		}
	}
	for _, part := range phrases {
		for key := range part {
			if utf8.RuneCountInString(key) == 1 {
				return fmt.Errorf("the phrase %s is one character", key)
			}
		}
	}
	return nil
}
