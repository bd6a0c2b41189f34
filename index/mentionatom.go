package index

import (
	"context"

	"jianbao/index/query"
)

// atom is what a question says of a mention with keys alone: it has one of them.
type atom interface {
	// keys calls f with all keys in a block that do.
	keys(ctx context.Context, r *mentionReader, f func(key string) error) error

	// headed reports whether the atom has seen to the head of the mention.
	headed() bool
}

// headTest is a test of heads; nil for one that all pass.
type headTest func(head) bool

func (t headTest) and(u headTest) headTest {
	return func(h head) bool { return t.passes(h) && u.passes(h) }
}

func (t headTest) passes(h head) bool { return t == nil || t(h) }

// categories calls f with the categories of a block that have a head that
// passes.
func (t headTest) categories(r *mentionReader, f func(category string) error) error {
	last := ""
	for _, h := range r.heads {
		if !t.passes(h) || h.category == last {
			continue
		}
		last = h.category
		if err := f(last); err != nil {
			return err
		}
	}
	return nil
}

// headAtom is mentions with a head that passes.
type headAtom struct{ of headTest }

func (a headAtom) headed() bool { return true }

func (a headAtom) keys(_ context.Context, r *mentionReader, f func(string) error) error {
	for _, h := range r.heads {
		if !a.of.passes(h) {
			continue
		}
		if err := f(mentionKey(headKeys, r.block, h.key())); err != nil {
			return err
		}
	}
	return nil
}

// kindAtom is mentions of a kind.
type kindAtom struct {
	of   headTest
	test func(*query.Mention) bool
}

func (a kindAtom) headed() bool { return true }

func (a kindAtom) keys(ctx context.Context, r *mentionReader, f func(string) error) error {
	var m query.Mention
	return a.of.categories(r, func(category string) error {
		before := category + keySeparator
		return r.walk(ctx, kindKeys, keySpan{before, before}, func(key, rest string) error {
			h, kind := readHead(rest)
			m.Category, m.Counted = h.category, h.counted
			if readKind(kind, &m); !a.of.passes(h) || !a.test(&m) {
				return nil
			}
			return f(key)
		})
	})
}

// numberAtom is mentions with a number in a range.
type numberAtom struct {
	of     headTest
	spans  []keySpan                 // of the range
	values bool                      // not bounds
	test   func(*query.Mention) bool // of bounds
}

// newNumberAtom makes the atom of a range of values or bounds.
func newNumberAtom(n query.Range, of headTest, test func(*query.Mention) bool) numberAtom {
	a := numberAtom{of: of, values: n.Field != query.CountLo && n.Field != query.CountHi, test: test}
	lo, hi := n.Numbers()
	switch {
	case n.Hi.Text == "":
		a.spans = cover(uint64(max(lo, 0)), power(maxLength)-1)
	case hi >= 0:
		a.spans = cover(uint64(max(lo, 0)), uint64(hi))
	}
	return a
}

func (a numberAtom) headed() bool { return true }

func (a numberAtom) keys(ctx context.Context, r *mentionReader, f func(string) error) error {
	return a.of.categories(r, func(category string) error {
		before := category + keySeparator
		for _, s := range a.spans {
			err := r.walk(ctx, numberKeys, keySpan{before + s.from, before + s.to}, func(key, rest string) error {
				mark := readMark(rest[max(0, len(rest)-markLength):])
				if !a.of.passes(head{category, mark.counted}) || !a.values && !mark.alike {
					return nil
				}
				return f(key)
			})
			if err != nil {
				return err
			}
		}
		return a.bounds(ctx, r, category, f)
	})
}

// bounds calls f with the bounds that pass. A value is asked for its bounds only
// where there is none.
func (a numberAtom) bounds(ctx context.Context, r *mentionReader, category string, f func(string) error) error {
	var m query.Mention
	before := category + keySeparator
	from := before
	if a.values {
		from += yesNo(false)
	}
	return r.walk(ctx, boundsKeys, keySpan{from, from}, func(key, rest string) error {
		rest = rest[len(before):]
		mark := readMark(rest)
		if readBounds(rest[min(markLength, len(rest)):], &m); !a.of.passes(head{category, mark.counted}) || !a.test(&m) {
			return nil
		}
		return f(key)
	})
}

// textAtom is mentions with a place or a code that passes. Those are read that
// begin with prefix.
type textAtom struct {
	letters []string
	prefix  string
	test    func(string) bool // nil for all
}

func (a textAtom) headed() bool { return false }

func (a textAtom) keys(ctx context.Context, r *mentionReader, f func(string) error) error {
	for _, letter := range a.letters {
		err := r.walk(ctx, letter, keySpan{a.prefix, a.prefix}, func(key, rest string) error {
			if a.test != nil && !a.test(rest) {
				return nil
			}
			return f(key)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// dayAtom is mentions as of a day from one to another.
type dayAtom keySpan

func (a dayAtom) headed() bool { return false }

func (a dayAtom) keys(ctx context.Context, r *mentionReader, f func(string) error) error {
	return r.walk(ctx, dayKeys, keySpan(a), func(key, _ string) error { return f(key) })
}
