package dat_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"jianbao/segment/internal/dat"
)

func build(t *testing.T, words []dat.Word) dat.Trie {
	t.Helper()
	image, err := dat.Build(words)
	if err != nil {
		t.Fatal(err)
	}
	trie, err := dat.Open(string(image))
	if err != nil {
		t.Fatal(err)
	}
	return trie
}

func find(trie *dat.Trie, key []uint16) (float32, bool) {
	node := trie.Root()
	for _, symbol := range key {
		next, ok := trie.Step(node, symbol)
		if !ok {
			return 0, false
		}
		node = next
	}
	return trie.Word(node)
}

func randomWords(rng *rand.Rand, n, symbols int) map[string]dat.Word {
	words := map[string]dat.Word{}
	for range n {
		key := make([]uint16, 1+rng.IntN(5))
		for i := range key {
			key[i] = uint16(1 + rng.IntN(symbols))
		}
		words[fmt.Sprint(key)] = dat.Word{Symbols: key, Distance: float32(rng.IntN(50)) / 4}
	}
	return words
}

// A trie holds its words, and no other key.
func TestBuild(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, symbols := range []int{1, 2, 30, 65535} {
		words := randomWords(rng, 2000, symbols)
		var list []dat.Word
		for _, w := range words {
			list = append(list, w)
		}
		trie := build(t, list)
		for _, w := range list {
			if d, ok := find(&trie, w.Symbols); !ok || d != w.Distance {
				t.Fatalf("%v: %v %v, want %v", w.Symbols, d, ok, w.Distance)
			}
		}
		for key, w := range randomWords(rng, 2000, symbols) {
			if _, ok := find(&trie, w.Symbols); ok != (words[key].Symbols != nil) {
				t.Fatalf("%v: found %v", w.Symbols, ok)
			}
		}
	}
}

// The image does not depend on the order of the words.
func TestBuildOrder(t *testing.T) {
	var list []dat.Word
	for _, w := range randomWords(rand.New(rand.NewPCG(7, 8)), 500, 40) {
		list = append(list, w)
	}
	first, err := dat.Build(list)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(list)
	second, err := dat.Build(list)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(first, second) {
		t.Error("another order gives another image")
	}
}

func TestBuildErrors(t *testing.T) {
	for name, words := range map[string][]dat.Word{
		"empty word": {{Symbols: nil}},
		"symbol 0":   {{Symbols: []uint16{1, 0}}},
		"twice":      {{Symbols: []uint16{1}}, {Symbols: []uint16{1}, Distance: 2}},
	} {
		if _, err := dat.Build(words); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestEmpty(t *testing.T) {
	var zero dat.Trie
	built := build(t, nil)
	for name, trie := range map[string]*dat.Trie{"zero": &zero, "of no words": &built} {
		if _, ok := trie.Step(trie.Root(), 1); ok {
			t.Errorf("the trie %s has a word", name)
		}
		if _, ok := trie.Word(trie.Root()); ok {
			t.Errorf("the trie %s has the empty word", name)
		}
	}
}

// Whatever the bytes, opening and walking do not panic.
func FuzzOpen(f *testing.F) {
	image, err := dat.Build([]dat.Word{{[]uint16{1, 2}, 3}, {[]uint16{1}, 4}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(image), uint16(1))
	f.Add(string(image[:len(image)-1]), uint16(1))
	f.Add("", uint16(0))
	f.Fuzz(func(t *testing.T, image string, symbol uint16) {
		trie, err := dat.Open(image)
		if err != nil {
			if !errors.Is(err, dat.ErrImage) {
				t.Fatalf("error %v, want ErrImage", err)
			}
			return
		}
		node, ok := trie.Root(), true
		for depth := 0; ok && depth < 8; depth++ {
			trie.Word(node)
			node, ok = trie.Step(node, symbol)
		}
	})
}
