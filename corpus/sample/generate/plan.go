package generate

// Kind says how an article came about.
type Kind string

// The kinds.
const (
	Original Kind = "original"
	Copy     Kind = "copy"     // the same bytes at another address
	Reprint  Kind = "reprint"  // the same body under another head, perhaps in another script
	Revision Kind = "revision" // a few sentences are other ones
)

// What of an article a random sequence is for.
const (
	forPlan uint64 = iota
	forBody
	forKept
	forSentence
	forSource
	forPage
	forDirt
	forRevision
)

// How many of a thousand articles.
const (
	copies      = 32
	reprints    = 33
	revisions   = 65
	traditional = 300
	dirty       = 30
	quiet       = 100 // count nothing
)

const (
	firstDay = 12784 // 2005-01-01, in days since 1970
	days     = 7305  // to 2024-12-31

	papers = 40
)

// plan is what is settled of an article before a word of it is written.
type plan struct {
	index  uint64
	kind   Kind
	of     uint64 // the original; index itself for one
	script script
	day    int // since 1970
	source int
	dirty  bool
}

// plan looks the original up too: its day and source are those that a reprint
// has to come after and differ from.
func (g *Generator) plan(index uint64) plan {
	r := newRandom(g.opts.Seed, index, forPlan)
	p := plan{index: index, of: index, kind: kindOf(&r, index)}
	if r.chance(traditional) {
		p.script = hant
	}
	p.dirty = r.chance(dirty)
	if p.kind == Original {
		p.day = firstDay + max(r.below(days), r.below(days)) // more every year
		p.source = r.ranked(papers)
		return p
	}
	p.of = g.origin(index)
	first := g.plan(p.of)
	p.day = min(first.day+r.ranked(30), firstDay+days-1)
	p.source = (first.source + 1 + r.below(papers-1)) % papers
	return p
}

// kindOf draws the kind from the head of the sequence of a plan.
func kindOf(r *random, index uint64) Kind {
	switch n := r.below(1000); {
	case index == 0 || n >= copies+reprints+revisions:
		return Original
	case n < copies:
		return Copy
	case n < copies+reprints:
		return Reprint
	}
	return Revision
}

// origin is the original that article index goes back to: one before it, the
// nearer the likelier.
func (g *Generator) origin(index uint64) uint64 {
	const farthest = 1 << 20
	for {
		r := newRandom(g.opts.Seed, index, forPlan)
		if kindOf(&r, index) == Original {
			return index
		}
		index -= 1 + uint64(newRanked(g.opts.Seed, index, int(min(index, farthest))))
	}
}

// newRanked draws how far away an original is.
func newRanked(seed, index uint64, n int) int {
	r := newRandom(seed, index, forPlan, forRevision)
	return r.ranked(n)
}
