package main

import (
	"fmt"
	"unicode/utf8"

	"github.com/liuzl/gocc"
)

// dict is one of gocc's dictionaries: the values of each key, preferred first.
type dict map[string][]string

// dicts are those that the tables are made of.
type dicts struct {
	t2sPhrases, t2sChars dict
	s2tChars             dict
	variants             dict // standard forms of Taiwan and Hong Kong
}

// loadDicts reads them out of gocc. Its conversions try their dictionaries in
// turn: phrases, then characters.
func loadDicts() (dicts, error) {
	var d dicts
	t2s, err := enumerate("t2s", 2)
	if err != nil {
		return d, err
	}
	s2t, err := enumerate("s2t", 2)
	if err != nil {
		return d, err
	}
	d.t2sPhrases, d.t2sChars, d.s2tChars = t2s[0], t2s[1], s2t[1]
	d.variants = dict{}
	for _, name := range []string{"t2tw", "t2hk"} {
		regional, err := enumerate(name, 1)
		if err != nil {
			return d, err
		}
		for key, values := range regional[0] {
			d.variants[key] = append(d.variants[key], values...)
		}
	}
	return d, checkRunes(d)
}

// enumerate lists the dictionaries of a conversion that has one step of n.
func enumerate(conversion string, n int) ([]dict, error) {
	cc, err := gocc.New(conversion)
	if err != nil {
		return nil, fmt.Errorf("open gocc %s: %w", conversion, err)
	}
	if len(cc.DictChains) != 1 || len(cc.DictChains[0].Dicts) != n {
		return nil, fmt.Errorf("gocc %s is no longer one step of %d dictionaries", conversion, n)
	}
	var out []dict
	for _, source := range cc.DictChains[0].Dicts {
		d := dict{}
		for _, id := range source.Trie.PrefixPredict(nil, 0) {
			key, err := source.Trie.Key(id)
			if err != nil {
				return nil, fmt.Errorf("read a key of gocc %s: %w", conversion, err)
			}
			value, err := source.Trie.Value(id)
			if err != nil {
				return nil, fmt.Errorf("read the value of %s: %w", key, err)
			}
			d[string(key)] = source.Values[value]
		}
		out = append(out, d)
	}
	return out, nil
}

// checkRunes holds what package script promises: folding keeps every rune.
func checkRunes(d dicts) error {
	for _, part := range []dict{d.t2sPhrases, d.t2sChars} {
		for key, values := range part {
			if utf8.RuneCountInString(key) != utf8.RuneCountInString(values[0]) {
				return fmt.Errorf("%s and %s differ in length", key, values[0])
			}
		}
	}
	for _, part := range []dict{d.t2sChars, d.s2tChars} {
		for key := range part {
			if utf8.RuneCountInString(key) != 1 {
				return fmt.Errorf("%s is not one character", key)
			}
		}
	}
	return nil
}
