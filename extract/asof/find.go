package asof

import (
	"sort"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/extract/number"
)

// Scope is a part of a text whose counts are of one day.
type Scope struct {
	Span corpus.Span
	Day  corpus.Date
}

// At is the day of which a text counts at an offset; false when it names none.
func At(scopes []Scope, offset int) (corpus.Date, bool) {
	i := sort.Search(len(scopes), func(i int) bool { return scopes[i].Span.End > offset })
	if i == len(scopes) || scopes[i].Span.Start > offset {
		return 0, false
	}
	return scopes[i].Day, true
}

// Find returns the scopes of a folded text with the given sentences, in order
// and without overlap. Published may be unknown. It takes linear time.
func Find(hans string, sentences []corpus.Span, published corpus.Moment) []Scope {
	f := finder{text: hans}
	f.published.day, f.published.known = published.Day()
	for i, span := range sentences {
		f.open = f.open && f.goesOn(sentences[i-1], span)
		w := walk{finder: &f, span: span, at: span.Start, clause: span.Start, fresh: true}
		for w.at < span.End {
			w.step()
		}
		f.reach(span.End)
	}
	return f.scopes
}

// finder reads one text.
type finder struct {
	text      string
	published published
	scopes    []Scope
	open      bool              // the last scope still holds
	numbers   []number.Quantity // for use again
}

// reach lets the open scope hold up to an offset.
func (f *finder) reach(at int) {
	if f.open {
		f.scopes[len(f.scopes)-1].Span.End = at
	}
}

// cut ends the open scope at an offset.
func (f *finder) cut(at int) {
	f.reach(at)
	if f.open && f.scopes[len(f.scopes)-1].Span.Empty() {
		f.scopes = f.scopes[:len(f.scopes)-1]
	}
	f.open = false
}

// goesOn reports whether a sentence goes on with the stocktaking of the one
// before it.
func (f *finder) goesOn(before, span corpus.Span) bool {
	if strings.Contains(f.text[before.End:span.Start], "\n") || !opens(span.Of(f.text)) {
		return false
	}
	f.numbers = number.Append(f.numbers[:0], span.Of(f.text))
	for _, q := range f.numbers {
		if q.Kind == number.Date {
			return false
		}
	}
	return true
}

// walk goes through one sentence.
type walk struct {
	*finder
	span   corpus.Span
	at     int
	clause int  // where the clause at hand begins
	fresh  bool // nothing of the clause, or of its bracket, was read yet
	depth  int  // of brackets
	begun  int  // the depth at which the open scope began
}

// step reads a phrase or one character.
func (w *walk) step() {
	if p, ok := w.phrase(); ok {
		w.take(p)
		return
	}
	if w.fresh && prefix(w.text[w.at:w.span.End], otherTimes) > 0 {
		w.cut(w.at)
	}
	r, n := utf8.DecodeRuneInString(w.text[w.at:])
	switch {
	case strings.ContainsRune("（(", r):
		w.depth++
		w.fresh = true
	case strings.ContainsRune("）)", r):
		w.depth--
		if w.depth < w.begun {
			w.cut(w.at)
		}
		w.fresh = false
	case isMark(r):
		w.clause, w.fresh = w.at+n, true
	case !strings.ContainsRune(" \u3000“‘「『【", r):
		w.fresh = false
	}
	w.at += n
}

// take ends the scope before a phrase and begins its own.
func (w *walk) take(p phrase) {
	start, begun := w.at, w.depth
	if w.depth > 0 && w.fresh && prefix(w.text[p.end:w.span.End], closings) > 0 {
		start, begun = w.clause, w.depth-1
	}
	w.cut(start)
	if p.known {
		if n := len(w.scopes); n > 0 {
			start = max(start, w.scopes[n-1].Span.End)
		}
		w.scopes = append(w.scopes, Scope{Span: corpus.Span{Start: start, End: p.end}, Day: p.day})
		w.open, w.begun = true, begun
	}
	w.at, w.fresh = p.end, false
}

func isMark(r rune) bool { return strings.ContainsRune("，,；;：:。！!？?…", r) }
