// Package newword finds words that no dictionary holds, over a corpus of folded
// texts, as candidates for a rule file or the lexicon.
//
//	result, err := newword.Find(ctx, texts, segmenter, newword.Options{})
//	for _, c := range result.Candidates { ... }
//
// The steps, each of which ranges over the texts once:
//
//  1. Sketch: all sequences of one to six Han characters are hashed into an
//     array of counters (Park, Chen and Yu 1995, "An effective hash-based
//     algorithm for mining association rules"). A counter is never less than
//     the count of a sequence in it.
//  2. Count: what the sketch does not rule out is counted exactly. The
//     sequences that are frequent, in no dictionary, and whose parts cohere
//     become candidates.
//  3. Look around: what stands to the left and right of each candidate, in how
//     many texts it is, whether its borders are borders of words, and whether
//     the hidden Markov model of gse proposes it where the dictionary leaves
//     single characters over.
//
// Cohesion is the pointwise mutual information of the weakest split of a word
// into two: how many bits more likely the two are together than by chance.
// Branching entropy is that of the characters on either side: it is high at
// the borders of words and low inside them (Jin and Tanaka-Ishii 2006,
// "Unsupervised segmentation of Chinese text by use of branching entropy").
//
// Memory is bounded by Options.Memory, whatever the texts: when the counts need
// more, the least frequency rises, and when the neighbours do, the candidates
// at the end of the list go. Both show in the Result.
//
// The model is gse's package hmm alone, without gse's dictionaries. It costs
// half a megabyte of program, a tenth of a millisecond at start, and is loaded
// when Find is first called.
package newword
