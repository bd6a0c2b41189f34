package newword

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"jianbao/segment"
)

// sketch counts grams by their hash. Grams that share a counter add up, so a
// counter is an upper bound for each of them.
type sketch struct {
	counters []uint32
	mask     uint64
}

// newSketch has the largest power of two of counters that memory holds.
func newSketch(memory int) *sketch {
	n := 1
	for n*2*4 <= memory {
		n *= 2
	}
	return &sketch{make([]uint32, n), uint64(n - 1)}
}

func (s *sketch) add(text string) {
	for r := range runs(text) {
		for i := range r.runes {
			var g gram
			for _, c := range r.runes[i:min(i+maxRunes, len(r.runes))] {
				g = g.push(c)
				if at := &s.counters[g.hash()&s.mask]; *at < math.MaxUint32 {
					*at++
				}
			}
		}
	}
}

func (s *sketch) count(g gram) int { return int(s.counters[g.hash()&s.mask]) }

// entryBytes is what a gram takes in a map, at the worst after it has grown.
const entryBytes = 64

// table counts the grams exactly whose counter in the sketch reaches the floor.
// When it holds too many, the floor rises: the ones that stay were counted from
// the start, so their counts are exact whatever was dropped.
type table struct {
	sketch *sketch
	counts map[gram]uint32
	floor  int
	limit  int
}

func newTable(s *sketch, floor, memory int) *table {
	return &table{s, map[gram]uint32{}, floor, memory / entryBytes}
}

func (t *table) add(text string) {
	for r := range runs(text) {
		for i := range r.runes {
			var g gram
			for _, c := range r.runes[i:min(i+maxRunes, len(r.runes))] {
				// What begins with a rare gram is as rare.
				if g = g.push(c); t.sketch.count(g) < t.floor {
					break
				}
				t.counts[g]++
			}
			if len(t.counts) > t.limit {
				t.shrink()
			}
		}
	}
}

// shrink raises the floor to where half of the limit is enough.
func (t *table) shrink() {
	perCount := map[int]int{}
	for g := range t.counts {
		perCount[t.sketch.count(g)]++
	}
	kept := 0
	for _, n := range slices.Backward(slices.Sorted(maps.Keys(perCount))) {
		if kept += perCount[n]; kept > t.limit/2 {
			t.floor = n + 1
			break
		}
	}
	maps.DeleteFunc(t.counts, func(g gram, _ uint32) bool { return t.sketch.count(g) < t.floor })
	// A map does not give memory back.
	t.counts = maps.Clone(t.counts)
}

// candidateBytes is what a candidate takes in all, its example included.
const candidateBytes = 512

// candidates are the grams that may be words, the most promising first, and
// how many more there are than memory holds: those that reach the floor, cohere
// half as much as asked for, and are in no dictionary.
func (t *table) candidates(s *segment.Segmenter, characters int, o Options) (out []Candidate, dropped int) {
	limit := o.Memory / 4 / candidateBytes
	for g, n := range t.counts {
		if int(n) < t.floor {
			continue
		}
		runes := g.runes()
		if len(runes) < 2 || hasParticle(runes) || s.Has(string(runes)) {
			continue
		}
		if c := t.cohesion(runes, characters); c >= o.MinCohesion/2 {
			out = append(out, Candidate{Word: string(runes), Frequency: int(n), Cohesion: c})
		}
		if len(out) == 2*limit {
			out, dropped = best(out, limit), dropped+limit
		}
	}
	kept := best(out, limit)
	return kept, dropped + len(out) - len(kept)
}

// best sorts the candidates and keeps as many as the limit allows.
func best(all []Candidate, limit int) []Candidate {
	slices.SortFunc(all, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.promise(), a.promise()), strings.Compare(a.Word, b.Word))
	})
	return all[:min(limit, len(all))]
}

// promise is the score as far as it is known before the neighbours are.
func (c *Candidate) promise() float64 { return math.Log2(float64(c.Frequency)) + c.Cohesion }

// cohesion is the pointwise mutual information, in bits, of the weakest split.
// The parts of a gram are as frequent as it is, so t has their counts.
func (t *table) cohesion(runes []rune, characters int) float64 {
	whole := float64(t.counts[gramOf(runes)])
	weakest := math.Inf(1)
	for i := 1; i < len(runes); i++ {
		left, right := t.counts[gramOf(runes[:i])], t.counts[gramOf(runes[i:])]
		weakest = min(weakest, math.Log2(whole*float64(characters)/(float64(left)*float64(right))))
	}
	return weakest
}

// Particles and conjunctions that stand beside words and seldom in them, and
// numerals, of which alone no word is made.
const (
	notFirst = "的地得了着过和与及或等在也都又就们吗呢吧啊"
	notLast  = "的地得了着过和与及或在是被把将于对从向为以也都又就不很更最"
	numerals = "〇零一二三四五六七八九十百千万亿两几余多第"
)

func hasParticle(runes []rune) bool {
	return strings.ContainsRune(notFirst, runes[0]) || strings.ContainsRune(notLast, runes[len(runes)-1]) ||
		!slices.ContainsFunc(runes, func(r rune) bool { return !strings.ContainsRune(numerals, r) })
}
