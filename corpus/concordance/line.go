package concordance

import (
	"sort"
	"strings"

	"jianbao/corpus"
	"jianbao/corpus/words"
)

// Text is an article in which hits were found.
type Text struct {
	DocID     string
	Title     string
	Published string // 2020-03-20 or with time and zone; empty when unknown
	Source    string

	Printed string         // the body
	Folded  string         // the same, rune for rune
	Tokens  []corpus.Token // of Folded, in order; at least those of the pieces with hits
}

// FullStop ends a piece, as the end of a line does.
const FullStop = "。"

// Piece is the half-open range of bytes around at from a full stop or the end of
// a line to the next, which belongs to it. Words are sorted by within pieces.
func Piece(folded string, at int) (start, end int) {
	start = 1 + strings.LastIndexByte(folded[:at], '\n')
	if n := strings.LastIndex(folded[start:at], FullStop); n >= 0 {
		start += n + len(FullStop)
	}
	end = len(folded)
	if n := strings.IndexByte(folded[at:], '\n'); n >= 0 {
		end = at + n + 1
	}
	if n := strings.Index(folded[at:end], FullStop); n >= 0 {
		end = at + n + len(FullStop)
	}
	return start, end
}

// Line is one hit. Left, Hit and Right follow upon each other in the printed
// text.
type Line struct {
	DocID     string `json:"doc_id"`
	Start     int    `json:"start"` // of the hit, in code points of the text
	End       int    `json:"end"`
	Left      string `json:"left"`
	Hit       string `json:"hit"`
	Right     string `json:"right"`
	Title     string `json:"title"`
	Published string `json:"published"`
	Source    string `json:"source"`

	keys []string // what it is sorted by
}

// size is about how many bytes of memory a line takes.
func (l *Line) size() int64 {
	n := 256 + len(l.Left) + len(l.Hit) + len(l.Right)
	for _, k := range l.keys {
		n += 16 + len(k)
	}
	return int64(n)
}

// Window is how much is shown on either side of a hit.
type Window struct {
	Size  int
	Words bool // Size counts words; else code points
}

// Cut makes the lines of a text. Spans are bytes of Folded, ordered.
func Cut(t *Text, spans []corpus.Span, w Window, order Order) []Line {
	if len(spans) == 0 {
		return nil
	}
	c := cutter{Text: t, window: w, folded: corpus.NewCodePoints(t.Folded)}
	if c.printed = c.folded; t.Printed != t.Folded {
		c.printed = corpus.NewCodePoints(t.Printed)
	}
	lines := make([]Line, len(spans))
	for i, span := range spans {
		lines[i] = c.line(span)
		lines[i].keys = order.keys(t, span, &lines[i])
	}
	return lines
}

// cutter cuts one text.
type cutter struct {
	*Text
	window          Window
	folded, printed *corpus.CodePoints
}

func (c *cutter) line(span corpus.Span) Line {
	start, end := c.folded.Range(span)
	from, to := start-c.window.Size, end+c.window.Size
	if c.window.Words {
		from, to = c.folded.Range(c.around(span))
	}
	left, hit, right := c.printed.Bytes(from, start), c.printed.Bytes(start, end), c.printed.Bytes(end, to)
	piece := strings.Clone(c.Printed[left.Start:right.End]) // lines outlive their text
	return Line{
		DocID: c.DocID, Start: start, End: end, Title: c.Title, Published: c.Published, Source: c.Source,
		Left: piece[:left.Len()], Hit: piece[left.Len() : left.Len()+hit.Len()], Right: piece[left.Len()+hit.Len():],
	}
}

// around is a hit with the words of the window on either side. Marks come along
// with the words before which they stand.
func (c *cutter) around(span corpus.Span) corpus.Span {
	wide := span
	for n, t := range before(c.Text, span.Start) {
		if n == c.window.Size {
			break
		}
		wide.Start = t.Start
	}
	for n, t := range after(c.Text, span.End) {
		if n == c.window.Size {
			break
		}
		wide.End = t.End
	}
	return wide
}

// before yields the words that end at or before byte at, the nearest first,
// numbered from 0. Of a word that at parts, what stands before it is one.
func before(t *Text, at int) func(yield func(int, corpus.Token) bool) {
	return func(yield func(int, corpus.Token) bool) {
		i := sort.Search(len(t.Tokens), func(i int) bool { return t.Tokens[i].End >= at })
		n := 0
		for i = min(i, len(t.Tokens)-1); i >= 0; i-- {
			token := corpus.Token{Start: t.Tokens[i].Start, End: min(t.Tokens[i].End, at)}
			if token.Start >= token.End || words.KindOf(t.Folded[token.Start:token.End]) != words.Plain {
				continue
			}
			if !yield(n, token) {
				return
			}
			n++
		}
	}
}

// after is before to the other side.
func after(t *Text, at int) func(yield func(int, corpus.Token) bool) {
	return func(yield func(int, corpus.Token) bool) {
		i := sort.Search(len(t.Tokens), func(i int) bool { return t.Tokens[i].End > at })
		n := 0
		for ; i < len(t.Tokens); i++ {
			token := corpus.Token{Start: max(t.Tokens[i].Start, at), End: t.Tokens[i].End}
			if words.KindOf(t.Folded[token.Start:token.End]) != words.Plain {
				continue
			}
			if !yield(n, token) {
				return
			}
			n++
		}
	}
}
