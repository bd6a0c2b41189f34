package index

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/index/query"
)

const (
	snippetRunes = 80 // about; a longer phrase is shown whole
	maxSnippets  = 3
)

// Snippet is a piece of a text with at least one highlight in it. All spans
// are bytes of the folded text that was given; since folding keeps runes they
// carry over to the printed text rune by rune.
type Snippet struct {
	Span       corpus.Span
	Highlights []corpus.Span // ordered, not overlapping, within Span
}

// Snippets are up to three pieces of a document's text, which is given folded
// and as printed, that show best why it matches: those with the most different
// terms of the query, in the order of the text, cut between words. Mentions are
// those of the document as they are stored; what the query asks of mentions is
// found among these. If it is found there and words are found too, both are shown.
// There are no snippets when the query is found in other fields only.
func (h *Highlighter) Snippets(folded, printed string, mentions []Mention) []Snippet {
	tokens := h.lang.Segment(nil, folded)
	found := h.matches(query.Text, folded, tokens, newPrintedForms(folded, printed))
	if counts := h.mentioned(folded, mentions); len(counts) > 0 {
		found = append(found, counts...)
		slices.SortFunc(found, compareMatches)
	}
	r := newRuler(folded, tokens)
	cores := apart(r.windows(found))
	var out []Snippet
	from := 0
	for i, core := range cores {
		to := len(tokens)
		if i+1 < len(cores) {
			to = cores[i+1].from
		}
		wide := r.widen(core, from, to)
		span := trimmed(folded, corpus.Span{Start: tokens[wide.from].Start, End: tokens[wide.to-1].End})
		out = append(out, Snippet{span, within(found, span)})
		from = wide.to
	}
	return out
}

// ruler measures tokens in runes.
type ruler struct {
	folded string
	tokens []corpus.Token
	runes  []int // before each token; one more for the end
}

func newRuler(folded string, tokens []corpus.Token) ruler {
	r := ruler{folded, tokens, make([]int, 1, len(tokens)+1)}
	n := 0
	for _, t := range tokens {
		n += utf8.RuneCountInString(folded[t.Start:t.End])
		r.runes = append(r.runes, n)
	}
	return r
}

// window is a run of tokens from the start of a match to the end of one.
type window struct {
	from, to int // half-open
	terms    int // how many different ones it shows

	words, mentions bool // it shows some
}

func (r ruler) length(from, to int) int { return r.runes[to] - r.runes[from] }

// around is the window of one match: the tokens that it touches.
func (r ruler) around(s corpus.Span) window {
	from := sort.Search(len(r.tokens), func(i int) bool { return r.tokens[i].End > s.Start })
	to := sort.Search(len(r.tokens), func(i int) bool { return r.tokens[i].Start >= s.End })
	return window{from: from, to: to}
}

// windows are, for each match, the tokens from it to the last match that fits
// into a snippet with it.
func (r ruler) windows(found []match) []window {
	out := make([]window, len(found))
	shown := tally{asked: map[int]int{}}
	next, end := 0, 0
	for i, m := range found {
		w := r.around(m.span)
		for ; next < len(found); next++ {
			n := r.around(found[next].span)
			if next > i && r.length(w.from, n.to) > snippetRunes {
				break
			}
			end = max(end, n.to)
			shown.add(found[next], 1)
		}
		out[i] = window{w.from, end, len(shown.asked), shown.words > 0, shown.mentions > 0}
		shown.add(m, -1)
	}
	return out
}

// tally is what the matches in a window are of.
type tally struct {
	asked           map[int]int // how many matches, by what was asked for
	words, mentions int
}

// add counts a match in, or out with -1.
func (t *tally) add(m match, n int) {
	if t.asked[m.asked] += n; t.asked[m.asked] == 0 {
		delete(t.asked, m.asked)
	}
	if m.mention {
		t.mentions += n
	} else {
		t.words += n
	}
}

// apart are up to maxSnippets of the windows with the most terms that do not
// overlap, in order; one that shows mentions and one that shows words among them
// if there are any.
func apart(windows []window) []window {
	slices.SortStableFunc(windows, func(a, b window) int { return cmp.Compare(b.terms, a.terms) })
	toFront(windows, func(w window) bool { return w.words })
	toFront(windows, func(w window) bool { return w.mentions })
	var chosen []window
	for _, w := range windows {
		overlaps := func(c window) bool { return w.from < c.to && c.from < w.to }
		if len(chosen) < maxSnippets && !slices.ContainsFunc(chosen, overlaps) {
			chosen = append(chosen, w)
		}
	}
	slices.SortFunc(chosen, func(a, b window) int { return a.from - b.from })
	return chosen
}

// toFront moves the first window that passes a test before the others.
func toFront(windows []window, test func(window) bool) {
	if i := slices.IndexFunc(windows, test); i > 0 {
		first := windows[i]
		copy(windows[1:], windows[:i])
		windows[0] = first
	}
}

// endsLine reports whether token i holds a line end: a snippet stays within its
// paragraph.
func (r ruler) endsLine(i int) bool {
	return strings.IndexByte(r.folded[r.tokens[i].Start:r.tokens[i].End], '\n') >= 0
}

// widen grows a window by a token on either side in turn, within [from, to),
// within the paragraph and as far as a snippet's runes allow.
func (r ruler) widen(w window, from, to int) window {
	for before, after := true, true; before || after; {
		before = before && w.from > from && r.length(w.from-1, w.to) <= snippetRunes && !r.endsLine(w.from-1)
		if before {
			w.from--
		}
		after = after && w.to < to && r.length(w.from, w.to+1) <= snippetRunes && !r.endsLine(w.to)
		if after {
			w.to++
		}
	}
	return w
}

// trimmed is span without the white space at its ends and without marks that
// close what stands before it.
func trimmed(folded string, span corpus.Span) corpus.Span {
	for span.Start < span.End {
		r, size := utf8.DecodeRuneInString(span.Of(folded))
		if !unicode.IsSpace(r) && !strings.ContainsRune("，,。；;、：:！？!?…”’」』）)》】", r) {
			break
		}
		span.Start += size
	}
	for span.Start < span.End {
		r, size := utf8.DecodeLastRuneInString(span.Of(folded))
		if !unicode.IsSpace(r) {
			break
		}
		span.End -= size
	}
	return span
}

// within are the highlights of the matches that lie in span.
func within(found []match, span corpus.Span) []corpus.Span {
	var spans []corpus.Span
	for _, m := range found {
		if span.Contains(m.span) {
			spans = append(spans, m.span)
		}
	}
	return merged(spans)
}
