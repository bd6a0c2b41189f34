package pipeline

import (
	"slices"
	"strings"
	"unicode"

	"jianbao/corpus"
	"jianbao/corpus/concordance"
	"jianbao/corpus/words"
	"jianbao/index"
	"jianbao/index/query"
)

// hitFinder finds the lines of one article after the other. It may be used from
// several goroutines at once.
type hitFinder struct {
	p      *Pipeline
	marker *index.Highlighter
	opts   KWICOptions
	lone   []string // what is looked for, unless there are phrases
	whole  bool     // texts must be cut from end to end
}

func newHitFinder(p *Pipeline, marker *index.Highlighter, o KWICOptions) *hitFinder {
	lone, ok := marker.Lone(query.Text)
	plain := func(w string) bool { // the index makes marks within a word narrow too
		return !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	}
	return &hitFinder{p, marker, o, lone, !ok || o.Window.Words || !all(lone, plain)}
}

func all[T any](values []T, is func(T) bool) bool {
	return !slices.ContainsFunc(values, func(v T) bool { return !is(v) })
}

func (f *hitFinder) lines(a *article) []concordance.Line {
	t := &concordance.Text{DocID: a.DocID, Title: a.Title, Source: a.Source, Published: a.published(), Printed: a.Text, Folded: fold(a.Text)}
	if f.whole {
		t.Tokens = f.p.segmenter.Append(nil, t.Folded)
	} else {
		t.Tokens = f.around(t.Folded)
	}
	return concordance.Cut(t, f.marker.SpansOf(query.Text, t.Folded, t.Tokens), f.opts.Window, f.opts.Lines.Order)
}

// around cuts those pieces of a text that may have a hit. No word reaches across
// the border of one, so that it has alone the words that it has in its text.
func (f *hitFinder) around(folded string) []corpus.Token {
	normal := words.Normal(folded)
	if len(normal) != len(folded) { // a letter that is longer when small: the offsets differ
		return f.p.segmenter.Append(nil, folded)
	}
	var tokens []corpus.Token
	for at := 0; at < len(folded); {
		hit := f.next(normal, at)
		if hit < 0 {
			break
		}
		start, end := concordance.Piece(folded, hit)
		first := len(tokens)
		tokens = f.p.segmenter.Append(tokens, folded[start:end])
		for i := range tokens[first:] {
			tokens[first+i].Start += start
			tokens[first+i].End += start
		}
		at = end
	}
	return tokens
}

// next is where the first of the words stands at or behind at; -1 for nowhere.
func (f *hitFinder) next(normal string, at int) int {
	found := -1
	for _, w := range f.lone {
		if i := strings.Index(normal[at:], w); i >= 0 && (found < 0 || at+i < found) {
			found = at + i
		}
	}
	return found
}
