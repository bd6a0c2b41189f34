package frequency

import (
	"cmp"
	"iter"

	"jianbao/corpus/words"
)

// The sides of a counter of collocations.
const (
	everywhere = 0
	nearby     = 1
)

// Collocations counts what stands near a word, the node: within a number of words
// to either side, in its sentence. A word near two nodes counts once (surface
// co-occurrence, Evert 2008, "Corpora and collocations").
type Collocations struct {
	opts        Options
	node        []string
	left, right int
	counter     *counter

	nodes, tokens, near int64
	units               []unit
}

// NewCollocations counts around a node of one or more words. It must be closed.
func NewCollocations(node []string, left, right int, o Options) *Collocations {
	return &Collocations{opts: o, node: node, left: left, right: right, counter: newCounter(o.Memory, o.Dir)}
}

// Close removes the temporary files.
func (c *Collocations) Close() error { return c.counter.close() }

// Total is how often the node occurs, how many words stand near it, and how many
// there are in all beside those of the node.
func (c *Collocations) Total() (nodes, near, others int64) { return c.nodes, c.near, c.tokens }

// Add counts a text.
func (c *Collocations) Add(seq []words.Word) error {
	c.units = appendUnits(c.units[:0], seq, c.opts.Marks)
	c.markNodes()
	for _, u := range c.units {
		if u.node {
			continue
		}
		c.tokens++
		c.counter.addString(u.text, everywhere)
		if u.near {
			c.near++
			c.counter.addString(u.text, nearby)
		}
	}
	return c.counter.endText()
}

// markNodes finds the node, and what is near.
func (c *Collocations) markNodes() {
	for i := 0; i+len(c.node) <= len(c.units); {
		if !standsAt(c.units, i, c.node) {
			i++
			continue
		}
		end := i + len(c.node)
		c.nodes++
		for k := i; k < end; k++ {
			c.units[k].node = true
		}
		for k := max(i-c.left, 0); k < min(end+c.right, len(c.units)); k++ {
			c.units[k].near = c.units[k].near || c.units[k].sentence == c.units[i].sentence
		}
		i = end
	}
}

// Collocate is a word that stands near the node.
type Collocate struct {
	Word      string  `json:"word"`
	Together  int64   `json:"together"`  // how often it stands near the node
	Documents int64   `json:"documents"` // in which it does
	Frequency int64   `json:"frequency"` // how often it occurs at all, but in the node
	Expected  float64 `json:"expected"`  // how often it would stand there by chance
	LogDice   float64 `json:"log_dice"`
	G2        float64 `json:"g2"` // negative when it stands there less often than by chance
}

// ByLogDice orders collocates for [Top].
func ByLogDice(a, b Collocate) int {
	return cmp.Or(cmp.Compare(b.LogDice, a.LogDice), cmp.Compare(b.G2, a.G2), cmp.Compare(a.Word, b.Word))
}

// ByG2 orders collocates for [Top].
func ByG2(a, b Collocate) int {
	return cmp.Or(cmp.Compare(b.G2, a.G2), cmp.Compare(b.LogDice, a.LogDice), cmp.Compare(a.Word, b.Word))
}

// Rows yields the words that stand near the node at least Options.Least times. G2
// holds the words near the node against all others.
func (c *Collocations) Rows() iter.Seq2[Collocate, error] {
	return listed(c.counter, func(e Entry) (Collocate, bool) {
		together, all := e.Frequency[nearby], e.Frequency[everywhere]
		if together < max(c.opts.Least, 1) || c.opts.Stop != nil && c.opts.Stop(e.Word) {
			return Collocate{}, false
		}
		return Collocate{
			Word: e.Word, Together: together, Documents: e.Texts[nearby], Frequency: all,
			Expected: float64(c.near) * float64(all) / float64(c.tokens),
			LogDice:  LogDice(together, c.nodes, all),
			G2:       LogLikelihood(together, c.near, all-together, c.tokens-c.near),
		}, true
	})
}
