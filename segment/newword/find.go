package newword

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"jianbao/segment"
)

// ErrTexts is a sequence of texts that is not the same each time.
var ErrTexts = errors.New("the texts differ from one pass to the next")

// Options bound what is listed. The zero value of a field stands for its
// default.
type Options struct {
	MinFrequency int     // of a candidate; default 5
	MinDocuments int     // texts that hold it; default 2
	MinCohesion  float64 // bits; default 4
	MinEntropy   float64 // bits, on either side; default 1.5
	Memory       int     // bytes for all counts together; default 256 MiB, 1 MiB at least
	Limit        int     // candidates in the result; default all
}

func (o Options) withDefaults() Options {
	o.MinFrequency = max(2, cmp.Or(o.MinFrequency, 5))
	o.MinDocuments = cmp.Or(o.MinDocuments, 2)
	o.MinCohesion = cmp.Or(o.MinCohesion, 4)
	o.MinEntropy = cmp.Or(o.MinEntropy, 1.5)
	o.Memory = max(1<<20, cmp.Or(o.Memory, 256<<20))
	return o
}

// Source says what proposed a candidate.
type Source string

// The sources.
const (
	Entropy Source = "entropy" // cohesion and branching entropy
	HMM     Source = "hmm"     // gse's hidden Markov model
)

// Candidate is a sequence of characters that may be a word.
type Candidate struct {
	Word      string
	Frequency int     // occurrences
	Documents int     // texts with one
	Cohesion  float64 // of the weakest split, in bits
	Left      float64 // branching entropy to the left, in bits
	Right     float64
	Score     float64  // log2 of Frequency, plus Cohesion, plus the lesser entropy
	Sources   []Source // in the order of the constants
	Example   string   // the first occurrence with up to 12 characters around it
}

// Result is what Find found.
type Result struct {
	Candidates   []Candidate // the best score first, then by word
	Texts        int
	Characters   int // Han characters in the texts
	MinFrequency int // the least that was counted: more than asked for when memory was short
	Dropped      int // sequences that were too many for memory, the least promising
}

// Find lists the candidates in texts, which are folded. It ranges over texts
// three times; texts must yield the same each time, or the error is ErrTexts.
// A word that s has is no candidate, nor is one that begins or ends with a
// particle. A candidate has a source: Entropy when cohesion and both entropies
// reach the least of the options and at least half of its occurrences begin
// and end where words do; HMM when the model proposes it for at least half of
// its occurrences and cohesion and entropies reach half of the least.
//
// The result depends on the texts, s and o alone. An error is that of ctx or
// ErrTexts.
func Find(ctx context.Context, texts iter.Seq[string], s *segment.Segmenter, o Options) (*Result, error) {
	o = o.withDefaults()
	f := finder{ctx: ctx, texts: texts}
	sk := newSketch(o.Memory / 4)
	if err := f.pass(func(_ int, text string) { sk.add(text) }); err != nil {
		return nil, err
	}
	t := newTable(sk, o.MinFrequency, o.Memory/2)
	if err := f.pass(func(_ int, text string) { t.add(text) }); err != nil {
		return nil, err
	}
	result := &Result{Texts: f.total.texts, Characters: f.total.characters, MinFrequency: t.floor}
	candidates, dropped := t.candidates(s, f.total.characters, o)
	v := newView(s, candidates, o.Memory/4)
	sk, t = nil, nil
	if err := f.pass(v.add); err != nil {
		return nil, err
	}
	result.Candidates, result.Dropped = v.accept(o), dropped+v.dropped()
	slices.SortFunc(result.Candidates, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Word, b.Word))
	})
	if o.Limit > 0 && len(result.Candidates) > o.Limit {
		result.Candidates = result.Candidates[:o.Limit]
	}
	return result, nil
}

// size is what a pass saw.
type size struct{ texts, characters, bytes int }

// finder runs the passes and holds each against the first.
type finder struct {
	ctx    context.Context
	texts  iter.Seq[string]
	passes int
	total  size
}

func (f *finder) pass(each func(number int, text string)) error {
	var seen size
	for text := range f.texts {
		if err := f.ctx.Err(); err != nil {
			return fmt.Errorf("find new words: %w", err)
		}
		each(seen.texts, text)
		seen.texts++
		seen.bytes += len(text)
		for r := range runs(text) {
			seen.characters += len(r.runes)
		}
	}
	if err := f.ctx.Err(); err != nil {
		return fmt.Errorf("find new words: %w", err)
	}
	if f.passes++; f.passes == 1 {
		f.total = seen
	}
	if seen != f.total {
		return fmt.Errorf("pass %d saw %d texts of %d bytes, the first %d of %d: %w",
			f.passes, seen.texts, seen.bytes, f.total.texts, f.total.bytes, ErrTexts)
	}
	return nil
}
