package index

import (
	"cmp"
	"slices"

	"jianbao/corpus"
)

// nearFinder finds parts, each of words side by side, that stand close together.
type nearFinder struct {
	parts [][]term
	nearness
}

// markedPart is where one part stands, and what there is to mark.
type markedPart struct {
	places
	spans []corpus.Span // by place
}

// find marks parts that stand together: from each place the nearest of the
// others behind it, and from each the nearest of those before it. A part that
// stands alone is not marked.
func (f nearFinder) find(dst []corpus.Span, in *scene) []corpus.Span {
	parts := make([]*markedPart, len(f.parts))
	for i, words := range f.parts {
		if parts[i] = markedBy(words, in); len(parts[i].starts) == 0 {
			return dst
		}
	}
	if len(parts) == 1 {
		return append(dst, parts[0].spans...)
	}
	dst = f.together(dst, parts)
	return f.together(dst, mirrored(parts))
}

// markedBy is where words stand side by side.
func markedBy(words []term, in *scene) *markedPart {
	f, out := phraseFinder{words}, &markedPart{places: places{length: extent(words)}}
	for _, first := range in.at[words[0].text] {
		if span, ok := f.follow(first, in, func(int, term) bool { return true }); ok {
			out.starts, out.spans = append(out.starts, first.pos), append(out.spans, span)
		}
	}
	return out
}

// together marks what stands close together.
func (f nearFinder) together(dst []corpus.Span, parts []*markedPart) []corpus.Span {
	all := make([]*places, len(parts))
	for i, p := range parts {
		all[i] = &p.places
	}
	f.each(all, func(at []int) bool {
		for i, p := range parts {
			dst = append(dst, p.spans[at[i]])
		}
		return true
	})
	return dst
}

// mirrored is the text from its end to its start.
func mirrored(parts []*markedPart) []*markedPart {
	out := make([]*markedPart, len(parts))
	for i, p := range parts {
		back := &markedPart{places: places{length: p.length}}
		for j := range slices.Backward(p.starts) {
			back.starts, back.spans = append(back.starts, -p.end(j)), append(back.spans, p.spans[j])
		}
		out[len(parts)-1-i] = back
	}
	return out
}

func (f nearFinder) anchor() (word string, reach int) {
	for _, words := range f.parts {
		word = slices.MaxFunc([]string{word, longest(words)}, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
		reach += extent(words)
	}
	return word, reach + max(0, f.distance)
}
