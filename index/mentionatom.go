package index

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

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
	if t == nil || u == nil {
		return func(h head) bool { return (t == nil || t(h)) && (u == nil || u(h)) }
	}
	return func(h head) bool { return t(h) && u(h) }
}

// each calls f with the keys of the heads of a block that pass.
func (t headTest) each(r *mentionReader, f func(h head, key string) error) error {
	for _, h := range r.heads {
		if t != nil && !t(h) {
			continue
		}
		if err := f(h, h.key()); err != nil {
			return err
		}
	}
	return nil
}

// headAtom is mentions with a head that passes.
type headAtom struct{ of headTest }

func (a headAtom) headed() bool { return true }

func (a headAtom) keys(_ context.Context, r *mentionReader, f func(string) error) error {
	return a.of.each(r, func(_ head, key string) error { return f(headKeys + key) })
}

// kindAtom is mentions of a kind.
type kindAtom struct {
	of   headTest
	test func(*query.Mention) bool
}

func (a kindAtom) headed() bool { return true }

func (a kindAtom) keys(ctx context.Context, r *mentionReader, f func(string) error) error {
	var m query.Mention
	return a.of.each(r, func(h head, key string) error {
		before := kindKeys + key
		m.Category, m.Counted = h.category, h.counted
		return r.walk(ctx, keySpan{before, before}, func(key string) error {
			if readKind(key[len(before):], &m); !a.test(&m) {
				return nil
			}
			return f(key)
		})
	})
}

// numberAtom is mentions with a number in a range.
type numberAtom struct {
	of    headTest
	spans []keySpan                 // of the range
	mark  string                    // at the end of their keys that count; empty for any
	from  string                    // of the bounds that are asked: withoutValue or empty for all
	test  func(*query.Mention) bool // of bounds
}

// newNumberAtom makes the atom of a range of values or bounds.
func newNumberAtom(n query.Range, of headTest, test func(*query.Mention) bool) numberAtom {
	a := numberAtom{of: of, mark: alike, test: test}
	if n.Field != query.CountLo && n.Field != query.CountHi {
		a.mark, a.from = "", withoutValue
	}
	if lo, hi := n.Numbers(); hi >= 0 {
		a.spans = cover(uint64(max(lo, 0)), uint64(hi))
	}
	return a
}

func (a numberAtom) headed() bool { return true }

func (a numberAtom) keys(ctx context.Context, r *mentionReader, f func(string) error) error {
	return a.of.each(r, func(_ head, key string) error {
		before := numberKeys + key
		for _, s := range a.spans {
			err := r.walk(ctx, keySpan{before + s.from, before + s.to}, func(key string) error {
				if !strings.HasSuffix(key, a.mark) {
					return nil
				}
				return f(key)
			})
			if err != nil {
				return err
			}
		}
		return a.bounds(ctx, r, boundsKeys+key, f)
	})
}

// bounds calls f with the bounds that pass.
func (a numberAtom) bounds(ctx context.Context, r *mentionReader, before string, f func(string) error) error {
	var m query.Mention
	return r.walk(ctx, keySpan{before + a.from, before + a.from}, func(key string) error {
		if readBounds(key[len(before)+len(withValue):], &m); !a.test(&m) {
			return nil
		}
		return f(key)
	})
}

// placeAtom is mentions with a place or a code that passes. All places are
// read.
type placeAtom struct {
	code bool // not the place
	test func(string) bool
}

func (a placeAtom) headed() bool { return false }

func (a placeAtom) keys(ctx context.Context, r *mentionReader, f func(string) error) error {
	return r.walk(ctx, keySpan{placeKeys, placeKeys}, func(key string) error {
		code, place, _ := strings.Cut(key[len(placeKeys):], keySeparator)
		if a.code {
			place = code
		}
		if !a.test(place) {
			return nil
		}
		return f(key)
	})
}

// suffixAtom is mentions with a place that holds a text, which is without white
// space and not longer than maxSuffix.
type suffixAtom struct{ text string }

func (a suffixAtom) headed() bool { return false }

func (a suffixAtom) keys(ctx context.Context, r *mentionReader, f func(string) error) error {
	return r.walk(ctx, keySpan{suffixKeys + a.text, suffixKeys + a.text}, f)
}

// isSuffix reports whether a suffixAtom finds a text.
func isSuffix(text string) bool {
	return text != "" && !strings.ContainsFunc(text, unicode.IsSpace) && utf8.RuneCountInString(text) <= maxSuffix
}

// dayAtom is mentions as of a day from one to another.
type dayAtom struct{ from, to string }

func (a dayAtom) headed() bool { return false }

func (a dayAtom) keys(ctx context.Context, r *mentionReader, f func(string) error) error {
	return r.walk(ctx, keySpan{dayKeys + a.from, dayKeys + a.to}, f)
}
