package newword_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/segment/newword"
)

// endless is texts of characters at random, of which nearly every sequence
// differs, with planted words among them; peak is the most memory in use.
func endless(texts int, peak *uint64) iter.Seq[string] {
	return func(yield func(string) bool) {
		rng := rand.New(rand.NewPCG(5, 6))
		for i := range texts {
			var b strings.Builder
			for range 2000 {
				b.WriteRune(rune(0x4E00 + rng.IntN(3000)))
			}
			for range 20 {
				fmt.Fprintf(&b, "，%s。", planted[rng.IntN(4)])
			}
			if i%25 == 0 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				*peak = max(*peak, m.HeapAlloc)
			}
			if !yield(b.String()) {
				return
			}
		}
	}
}

// With little memory the least frequency rises, the memory stays within its
// bound, and what is frequent is found with its exact count.
func TestFindMemory(t *testing.T) {
	const memory = 4 << 20
	var before, peak uint64
	s := open(t)
	for range endless(1, &before) {
	}
	r, err := newword.Find(t.Context(), endless(200, &peak), s, newword.Options{Memory: memory})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d characters, least frequency %d, dropped %d, %.1f MB", r.Characters, r.MinFrequency, r.Dropped, float64(peak-before)/1e6)
	if r.MinFrequency <= 5 {
		t.Errorf("the least frequency is %d: the test does not reach the bound", r.MinFrequency)
	}
	if used := peak - min(before, peak); used > memory*5/4+4<<20 {
		t.Errorf("%d bytes in use, want some %d", used, memory)
	}
	var all []string
	for text := range endless(200, new(uint64)) {
		all = append(all, text)
	}
	found := 0
	for _, c := range r.Candidates {
		checkCandidate(t, all, c)
		if slices.Contains(planted[:4], c.Word) {
			found++
		}
	}
	if found != 4 {
		t.Errorf("found %d of 4 planted words: %v", found, words(r))
	}
}

// crowd is texts with 800 made-up words of two characters that are in no other
// word, the later ones more often, each among many neighbours.
func crowd() []string {
	rng := rand.New(rand.NewPCG(8, 9))
	out := make([]string, 20)
	for i := range out {
		var b strings.Builder
		for n := range 800 {
			for range 1 + n/400 {
				around := rune(0x5000 + rng.IntN(60))
				fmt.Fprintf(&b, "，%c%c%c%c", around, 0x6000+2*n, 0x6001+2*n, around+1)
			}
		}
		out[i] = b.String()
	}
	return out
}

// When the neighbours of all candidates are too many, the less promising go and
// the figures of the others are what they are with room for all.
func TestFindDropped(t *testing.T) {
	texts := crowd()
	small, large := find(t, texts, newword.Options{Memory: 1}), find(t, texts, newword.Options{})
	if small.Dropped == 0 || large.Dropped != 0 {
		t.Errorf("dropped %d with little memory, %d with enough", small.Dropped, large.Dropped)
	}
	if len(small.Candidates) < 50 || len(small.Candidates) >= len(large.Candidates) {
		t.Errorf("%d candidates with little memory, %d with enough", len(small.Candidates), len(large.Candidates))
	}
	for _, c := range small.Candidates {
		at := slices.IndexFunc(large.Candidates, func(l newword.Candidate) bool { return l.Word == c.Word })
		if at < 0 {
			t.Errorf("%s is found with little memory only", c.Word)
		} else if diff := cmp.Diff(large.Candidates[at], c); diff != "" {
			t.Error(diff)
		}
	}
}
