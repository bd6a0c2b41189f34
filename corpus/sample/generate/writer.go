package generate

import "strconv"

// writer writes the sentences of one article.
type writer struct {
	g      *Generator
	owner  uint64 // the article whose places and people these are
	script script
	r      random

	buf    []byte
	kept   [][]byte
	counts []Count
}

// script is which form of a printed text is taken.
type script int

const (
	hans script = iota
	hant
)

func (w *writer) print(p printed) { w.buf = append(w.buf, p[w.script]...) }

// rule writes something that stands for rule n.
func (w *writer) rule(n int) {
	r := &w.g.grammar.rules[n]
	at := 0
	if r.ranked {
		at = w.r.ranked(len(r.alts))
	} else {
		at = w.r.below(len(r.alts))
	}
	w.alternative(r.alts[at])
}

func (w *writer) alternative(alt []part) {
	for i := range alt {
		switch x := &alt[i]; {
		case x.slot != nil:
			w.slot(x.slot)
		case !x.isRule():
			w.print(x.text)
		case x.kept < 0:
			w.rule(x.rule)
		default:
			w.once(x)
		}
	}
}

// once writes what is chosen once an article, whichever sentence asks first.
func (w *writer) once(x *part) {
	if w.kept[x.kept] != nil {
		w.buf = append(w.buf, w.kept[x.kept]...)
		return
	}
	r, start := w.r, len(w.buf)
	w.r = newRandom(w.g.opts.Seed, w.owner, forKept, uint64(x.kept))
	w.rule(x.rule)
	w.r = r
	w.kept[x.kept] = append([]byte{}, w.buf[start:]...)
}

func (w *writer) slot(s *slot) {
	n := s.value(&w.r)
	if s.category == "" {
		w.buf = strconv.AppendInt(w.buf, int64(n), 10)
		return
	}
	start := len(w.buf)
	value := w.number(n)
	w.counts = append(w.counts, Count{s.category, string(w.buf[start:]), int64(value), !s.part})
}
