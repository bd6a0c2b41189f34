package generate

// domains are what articles are about, the commonest first. Each has the rules
// title, open, count and story.
var domains = [...]string{"epidemic", "poverty", "flood", "enterprise", "election", "border", "army", "history"}

// subject is the rules of a domain.
type subject struct{ title, open, count, story int }

// common are the rules of all domains.
type common struct{ talk, other, close, paper, person int }

// sizes are the quantiles of the length of bodies, in bytes, from the least to the
// most: half of the articles are shorter than the middle one.
var sizes = [...]int{620, 950, 1250, 1500, 1700, 1950, 2250, 2700, 3200}

const short = 1500 // bytes of a body in which one sentence is much

// outline is what is settled of a body before it is written.
type outline struct {
	subject subject
	quiet   bool
	bytes   int
}

func (g *Generator) outline(r *random) outline {
	at := r.below(len(sizes) - 1)
	return outline{
		subject: g.subjects[r.ranked(len(domains))],
		quiet:   r.chance(quiet),
		bytes:   sizes[at] + r.below(sizes[at+1]-sizes[at]),
	}
}

// body writes the body of the original of p in the script of p; of a revision,
// with some sentences changed. Only sentences that count nothing are.
func (w *writer) body(p *plan) {
	r := newRandom(w.g.opts.Seed, p.of, forBody)
	o := w.g.outline(&r)
	c := &w.g.common
	start, talks, left := len(w.buf), 0, 0
	take := turns{g: w.g, r: &r}
	for k := uint64(0); len(w.buf)-start < o.bytes; k++ {
		if left == 0 {
			if k > 0 {
				w.paragraph()
			}
			left = 2 + r.below(4)
		}
		left--
		rule := o.next(k, &r, c)
		owner := p.of
		if rule == c.talk {
			if talks++; p.revises(talks, o.bytes) {
				owner = p.index
			}
		}
		w.sentence(owner, k, take.turn(rule))
	}
	if p.kind == Revision && o.bytes < short {
		w.r = newRandom(w.g.opts.Seed, p.index, forRevision)
		w.rule(c.talk)
	}
	w.paragraph()
	w.r = newRandom(w.g.opts.Seed, p.of, forSentence)
	w.rule(c.close)
}

// next is the rule of sentence k.
func (o *outline) next(k uint64, r *random, c *common) int {
	n := r.below(100)
	switch {
	case k == 0:
		return o.subject.open
	case k == 2, n >= 62:
		return c.talk
	case n < 8:
		return c.other
	case n < 26 || o.quiet:
		return o.subject.story
	}
	return o.subject.count
}

// revises reports whether the revision p has another sentence in the place of the
// talk-th. Of a short body none is changed: it gets one more.
func (p *plan) revises(talk, bytes int) bool {
	return p.kind == Revision && bytes >= short && (talk == 1 || talk == 5)
}

func (w *writer) paragraph() { w.buf = append(append(w.buf, '\n', '\n'), indent...) }

// indent is what paragraphs begin with.
const indent = "　　"

// sentence writes one by a sequence of its own, so that what comes before it
// leaves no trace in it.
func (w *writer) sentence(owner, k uint64, alt []part) {
	w.r = newRandom(w.g.opts.Seed, owner, forSentence, k)
	w.alternative(alt)
}

// turns lets the alternatives of a rule take turns, so that no sentence of an
// article is built as another before all have been there.
type turns struct {
	g    *Generator
	r    *random
	next [8]turn
	n    int
}

type turn struct{ rule, at int }

func (t *turns) turn(rule int) []part {
	alts := t.g.grammar.rules[rule].alts
	for i := range t.next[:t.n] {
		if x := &t.next[i]; x.rule == rule {
			x.at++
			return alts[(x.at*stride)%len(alts)]
		}
	}
	x := turn{rule, t.r.below(len(alts))}
	t.next[t.n] = x
	t.n++
	return alts[(x.at*stride)%len(alts)]
}

// stride is a prime above the number of alternatives of any rule.
const stride = 10007
