// Package generate invents bulletins for tests of scale and benchmarks: any
// number of them, in the voice, the sizes and with the dirt of crawled ones, and
// with what they count known.
//
//	g, err := generate.New(generate.Options{Seed: 1, Traditional: script.Unfold})
//	a := g.Article(123_456) // the same whoever asks, in whatever order
//	a.Text, a.Counts        // 全县共设防疫卡口38处… , [{checkpoint 38 38 true}]
//
// An article depends on the options and its number alone, so that any range of
// them can be made anywhere, by many goroutines, without the others.
//
// How one is made:
//
//  1. plan: what kind it is, of which article, in which script, when and by whom
//     it was published, and whether it is dirty
//  2. the body of its original: an outline of sentences, each written by a random
//     sequence of its own. A revision writes some of them by another
//  3. the sentences by a grammar: embedded text files of a simple form (grammar.go)
//  4. head and tail of the page, and the dirt
//
// All places, people, firms and papers are put together from syllables. What is
// drawn from a list is drawn as words are in texts: a few often, most seldom.
package generate
