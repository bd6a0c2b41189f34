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

func find(trie *dat.Trie, key []uint16) (uint32, bool) {
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
		words[fmt.Sprint(key)] = dat.Word{Symbols: key, Value: uint32(rng.IntN(50))}
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
			if v, ok := find(&trie, w.Symbols); !ok || v != w.Value {
				t.Fatalf("%v: %v %v, want %v", w.Symbols, v, ok, w.Value)
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
		"twice":      {{Symbols: []uint16{1}}, {Symbols: []uint16{1}, Value: 2}},
	} {
		if _, err := dat.Build(words); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// A mapped trie holds the same words; the one that it comes from keeps its
// values.
func TestMap(t *testing.T) {
	words := []dat.Word{{[]uint16{1, 2}, 3}, {[]uint16{1}, 4}, {[]uint16{5}, 3}}
	trie := build(t, words)
	calls := 0
	mapped := trie.Map(func(v uint32) uint32 { calls++; return v * 10 })
	for _, w := range words {
		if v, ok := find(&mapped, w.Symbols); !ok || v != w.Value*10 {
			t.Errorf("%v: %v %v, want %v", w.Symbols, v, ok, w.Value*10)
		}
		if v, ok := find(&trie, w.Symbols); !ok || v != w.Value {
			t.Errorf("%v: %v %v, want %v as before", w.Symbols, v, ok, w.Value)
		}
	}
	if calls != 2 {
		t.Errorf("%d calls, want one for each of 2 values", calls)
	}
}

// Other values for some of the words leave the rest and the first trie alone.
func TestWith(t *testing.T) {
	words := []dat.Word{{[]uint16{1, 2}, 3}, {[]uint16{1}, 4}, {[]uint16{5}, 3}, {[]uint16{7, 7}, 9}}
	trie := build(t, words)
	edited, err := trie.With([]dat.Word{{[]uint16{1, 2}, 8}, {[]uint16{7, 7}, 8}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []uint32{8, 4, 3, 8} {
		if v, ok := find(&edited, words[i].Symbols); !ok || v != want {
			t.Errorf("%v: %v %v, want %v", words[i].Symbols, v, ok, want)
		}
		if v, ok := find(&trie, words[i].Symbols); !ok || v != words[i].Value {
			t.Errorf("%v: %v %v, want %v as before", words[i].Symbols, v, ok, words[i].Value)
		}
	}
	for _, key := range [][]uint16{nil, {2}, {7}, {1, 2, 1}} {
		if _, err := trie.With([]dat.Word{{key, 1}}); !errors.Is(err, dat.ErrKey) {
			t.Errorf("%v: error %v, want ErrKey", key, err)
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
