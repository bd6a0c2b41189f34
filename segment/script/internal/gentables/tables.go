package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// The layout of an entry, as package script reads it.
const (
	targetBits = 21
	startBit   = 1 << 21
	hantBit    = 1 << 22
	hansBit    = 1 << 23
	pageSize   = 64
)

type phrase struct{ from, to string }

// start is the group of the phrases that begin with one rune.
type start struct {
	alone       rune // what the rune folds to where no phrase holds; 0 for itself
	first, last int  // phrases[first:last], longest first
}

type tables struct {
	pageOf  []uint16
	pages   []uint32
	starts  []start
	phrases []phrase

	symbolPageOf []uint16
	symbolPages  []uint16
	unfold       []byte // unfold.bin
}

// folding is the merged dictionary: gocc's, then ours on top.
type folding struct {
	chars   map[rune]rune
	phrases map[string]string
}

func merge(d dicts, overrides []override) (folding, error) {
	f := folding{map[rune]rune{}, map[string]string{}}
	for key, values := range d.t2sChars {
		if key != values[0] {
			f.chars[firstRune(key)] = firstRune(values[0])
		}
	}
	for key, values := range d.t2sPhrases {
		f.phrases[key] = values[0]
	}
	ours := map[string]string{}
	for _, o := range overrides {
		if utf8.RuneCountInString(o.traditional) == 1 {
			f.chars[firstRune(o.traditional)] = firstRune(o.simplified)
			continue
		}
		for _, mix := range o.mixes(d.t2sChars) {
			if to, ok := ours[mix]; ok && to != o.simplified {
				return f, fmt.Errorf("the overrides turn %s into %s and into %s", mix, to, o.simplified)
			}
			ours[mix], f.phrases[mix] = o.simplified, o.simplified
		}
	}
	return f, nil
}

func buildTables(d dicts, overrides []override) (tables, error) {
	f, err := merge(d, overrides)
	if err != nil {
		return tables{}, err
	}
	entries := classes(d, f)
	for from, to := range f.chars {
		entries[from] |= uint32(to)
	}
	var t tables
	t.addPhrases(f, entries)
	t.pageOf, t.pages = paginate(entries)
	if len(t.pages)/pageSize > 1<<16 || len(t.starts) >= 1<<targetBits {
		return t, fmt.Errorf("tables too large: %d entries, %d starts", len(t.pages), len(t.starts))
	}
	return t, nil
}

func (t *tables) addPhrases(f folding, entries map[rune]uint32) {
	keys := slices.SortedFunc(maps.Keys(f.phrases), func(a, b string) int {
		return cmp.Or(
			cmp.Compare(firstRune(a), firstRune(b)),
			cmp.Compare(len(b), len(a)),
			strings.Compare(a, b))
	})
	for _, key := range keys {
		r := firstRune(key)
		if n := len(t.phrases); n == 0 || firstRune(t.phrases[n-1].from) != r {
			class := entries[r] &^ (1<<targetBits - 1)
			entries[r] = class | startBit | uint32(len(t.starts))
			t.starts = append(t.starts, start{alone: f.chars[r], first: n})
		}
		t.phrases = append(t.phrases, phrase{key, f.phrases[key]})
		t.starts[len(t.starts)-1].last = len(t.phrases)
	}
}

// paginate cuts the code points into pages of 64, which is what the last byte
// of a character in UTF-8 tells apart. Equal pages are kept once; page 0 is
// the empty one.
func paginate[E uint16 | uint32](entries map[rune]E) (pageOf []uint16, pages []E) {
	last := slices.Max(slices.Collect(maps.Keys(entries)))
	seen := map[[pageSize]E]uint16{{}: 0}
	pages = make([]E, pageSize)
	for first := rune(0); first <= last; first += pageSize {
		var page [pageSize]E
		for i := range page {
			page[i] = entries[first+rune(i)]
		}
		number, ok := seen[page]
		if !ok {
			number = uint16(len(pages) / pageSize)
			seen[page] = number
			pages = append(pages, page[:]...)
		}
		pageOf = append(pageOf, number)
	}
	return pageOf, pages
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
