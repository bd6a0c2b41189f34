package newword

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/segment"
)

const (
	neighbourBytes = 48 // what a neighbour takes in a map, at the worst after it has grown
	exampleRunes   = 12
)

// view looks at what is around the candidates, which are in the order of their
// promise. Those from cut on are dropped.
type view struct {
	words      *segment.Segmenter
	candidates []sighting
	index      map[string]int // of a candidate
	neighbours map[neighbour]uint32
	limit      int // of neighbours
	cut        int
	tokens     []corpus.Token
	starts     []bool // whether a token starts at each byte of the text
	model      model
}

// sighting is a candidate and what was seen of it.
type sighting struct {
	Candidate
	last        int // number of the last text with it, from 1 on
	aligned     int // occurrences between borders of words
	proposed    int // by the model
	left, right int // occurrences at the start and end of a run
}

// neighbour is a character on one side of a candidate.
type neighbour struct {
	candidate int32
	rune      int32 // negative on the right
}

func newView(s *segment.Segmenter, candidates []Candidate, memory int) *view {
	v := &view{
		words: s, index: map[string]int{}, neighbours: map[neighbour]uint32{},
		limit: memory / neighbourBytes, cut: len(candidates), model: newModel(),
	}
	for i, c := range candidates {
		v.candidates = append(v.candidates, sighting{Candidate: c})
		v.index[c.Word] = i
	}
	return v
}

// add looks at one text.
func (v *view) add(number int, text string) {
	v.tokens = v.words.Append(v.tokens[:0], text)
	v.starts = append(v.starts[:0], make([]bool, len(text)+1)...)
	for _, k := range v.tokens {
		v.starts[k.Start], v.starts[k.End] = true, true
	}
	for r := range runs(text) {
		for i := range r.runes {
			for j := i + 2; j <= min(i+maxRunes, len(r.runes)); j++ {
				if n, ok := v.index[text[r.at[i]:r.at[j]]]; ok && n < v.cut {
					v.see(n, number, text, r, i, j)
				}
			}
		}
	}
	for word := range v.model.propose(text, v.tokens) {
		if n, ok := v.index[word]; ok {
			v.candidates[n].proposed++
		}
	}
}

// see takes in the occurrence of candidate n at runes i to j of a run.
func (v *view) see(n, number int, text string, r *run, i, j int) {
	c := &v.candidates[n]
	if c.last != number+1 {
		c.last = number + 1
		c.Documents++
	}
	if c.Example == "" {
		c.Example = around(text, r.at[i], r.at[j])
	}
	if v.starts[r.at[i]] && v.starts[r.at[j]] {
		c.aligned++
	}
	if i > 0 {
		v.neighbours[neighbour{int32(n), r.runes[i-1]}]++
	} else {
		c.left++
	}
	if j < len(r.runes) {
		v.neighbours[neighbour{int32(n), -r.runes[j]}]++
	} else {
		c.right++
	}
	if len(v.neighbours) > v.limit {
		v.drop()
	}
}

// drop gives up the less promising half of the candidates.
func (v *view) drop() {
	v.cut /= 2
	kept := map[neighbour]uint32{}
	for k, n := range v.neighbours {
		if int(k.candidate) < v.cut {
			kept[k] = n
		}
	}
	v.neighbours = kept
}

func (v *view) dropped() int { return len(v.candidates) - v.cut }

// around is text[start:end] with some characters of its line on either side.
func around(text string, start, end int) string {
	for range exampleRunes {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if size == 0 || r == '\n' || r == '\r' {
			break
		}
		start -= size
	}
	for range exampleRunes {
		r, size := utf8.DecodeRuneInString(text[end:])
		if size == 0 || r == '\n' || r == '\r' {
			break
		}
		end += size
	}
	// A copy, so that the text is not kept.
	return strings.Clone(strings.ToValidUTF8(text[start:end], "\uFFFD"))
}

// accept lists the candidates with a source.
func (v *view) accept(o Options) []Candidate {
	v.measure()
	var out []Candidate
	for _, c := range v.candidates[:v.cut] {
		least := min(c.Left, c.Right)
		if c.Cohesion >= o.MinCohesion && least >= o.MinEntropy && c.aligned*2 >= c.Frequency {
			c.Sources = append(c.Sources, Entropy)
		}
		if c.proposed*2 >= c.Frequency && c.Cohesion >= o.MinCohesion/2 && least >= o.MinEntropy/2 {
			c.Sources = append(c.Sources, HMM)
		}
		if c.Score = c.promise() + least; len(c.Sources) > 0 && c.Documents >= o.MinDocuments {
			out = append(out, c.Candidate)
		}
	}
	return out
}

// measure sets the entropies. A run of Han characters ends where a word does,
// whatever follows, so each such end counts as a neighbour of its own.
func (v *view) measure() {
	for i := range v.candidates[:v.cut] {
		c := &v.candidates[i]
		c.Left = float64(c.left) * surprise(1, c.Frequency)
		c.Right = float64(c.right) * surprise(1, c.Frequency)
	}
	// In order, because the sum of floats depends on it.
	for _, k := range v.sortedNeighbours() {
		c, n := &v.candidates[k.candidate], int(v.neighbours[k])
		if k.rune > 0 {
			c.Left += surprise(n, c.Frequency)
		} else {
			c.Right += surprise(n, c.Frequency)
		}
	}
}

func (v *view) sortedNeighbours() []neighbour {
	keys := make([]neighbour, 0, len(v.neighbours))
	for k := range v.neighbours {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b neighbour) int {
		if a.candidate != b.candidate {
			return int(a.candidate - b.candidate)
		}
		return int(a.rune - b.rune)
	})
	return keys
}

// surprise is the part that a neighbour seen n times of all adds to an entropy.
func surprise(n, all int) float64 {
	p := float64(n) / float64(all)
	return -p * math.Log2(p)
}
