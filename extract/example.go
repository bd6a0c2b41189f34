package extract

import (
	"fmt"
	"slices"
	"strings"

	"jianbao/corpus"
)

// Problem is something wrong with a rule file.
type Problem struct {
	File string
	Line int // 0 when it is the whole file
	Msg  string
}

// Error is file:line: message.
func (p Problem) Error() string {
	if p.Line == 0 {
		return p.File + ": " + p.Msg
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Msg)
}

// Reader reads the mentions of a printed text, in bytes of it.
type Reader func(text string) []corpus.Mention

// Test runs the examples of every pack, in each of the forms that forms gives of
// a text (the other script, say; nil is the text alone), and returns those that
// do not give what they must.
func (r Rules) Test(read Reader, forms func(text string) []string) []Problem {
	if forms == nil {
		forms = func(text string) []string { return []string{text} }
	}
	var out []Problem
	for i := range r.Packs {
		p := &r.Packs[i]
		for _, e := range p.Examples {
			for _, text := range forms(e.Text) {
				if msg := e.wrong(text, p.Category, read); msg != "" {
					out = append(out, Problem{p.File, e.Line, msg})
				}
			}
		}
	}
	return out
}

const (
	openMark  = "⟦"
	closeMark = "⟧"
)

// wrong says what a text with marked spans gives instead of what it must: in
// its pack's category just as many mentions as expected, each of its span. It
// is empty when all is right.
func (e Example) wrong(marked, category string, read Reader) string {
	text, spans := unmark(marked)
	if len(spans) != len(e.Expect) {
		return fmt.Sprintf("%q marks %d spans and expects %d mentions", marked, len(spans), len(e.Expect))
	}
	got := slices.DeleteFunc(read(text), func(m corpus.Mention) bool { return m.Category != category })
	if len(got) != len(e.Expect) {
		return fmt.Sprintf("%q gives %d mentions, not %d: %s", marked, len(got), len(e.Expect), Summary(got))
	}
	for i, want := range e.Expect {
		if m := got[i]; m.Span != spans[i] || !want.fits(m) {
			return fmt.Sprintf("%q gives %s at %q, not what is expected at %q", marked, Summary(got[i:i+1]), m.Span.Of(text), spans[i].Of(text))
		}
	}
	return ""
}

// unmark takes the marks out of a text and returns the spans between them.
func unmark(marked string) (text string, spans []corpus.Span) {
	for {
		before, rest, ok := strings.Cut(marked, openMark)
		inner, after, closed := strings.Cut(rest, closeMark)
		text += before
		if !ok || !closed {
			return text, spans
		}
		spans = append(spans, corpus.Span{Start: len(text), End: len(text) + len(inner)})
		text += inner
		marked = after
	}
}

// fits reports whether a mention is what is expected; what is not said does not
// matter.
func (want Expectation) fits(m corpus.Mention) bool {
	same := func(want *int64, got corpus.Int64) bool { return want == nil || got.Valid && got.N == *want }
	return same(want.Value, m.Count.Value) && same(want.Lo, m.Count.Lo) && same(want.Hi, m.Count.Hi) &&
		(want.Modifier == "" || want.Modifier == string(m.Count.Modifier)) &&
		(want.Unit == "" || want.Unit == m.Unit || otherForm[want.Unit] == m.Unit) &&
		(want.Category == "" || want.Category == m.Category)
}

// otherForm has the traditional forms of classifiers.
var otherForm = map[string]string{"个": "個", "处": "處", "员": "員", "队": "隊", "户": "戶", "条": "條", "则": "則", "间": "間", "项": "項", "辆": "輛", "台": "臺"}

// Summary is mentions in one line, for messages.
func Summary(mentions []corpus.Mention) string {
	var out []string
	for _, m := range mentions {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s%s %s %v", m.Category, m.NumberText, m.Unit, m.Head, m.Flags)))
	}
	return strings.Join(out, "; ")
}

// Check finds what is wrong with packs besides their examples: no example that
// matches or none that does not, a head that a pack itself excludes, and a head
// that two packs of the same priority name.
func (r Rules) Check() []Problem {
	var out []Problem
	owner := map[string]*Pack{}
	for i := range r.Packs {
		p := &r.Packs[i]
		hits := 0
		for _, e := range p.Examples {
			hits += min(1, len(e.Expect))
		}
		if hits == 0 || hits == len(p.Examples) {
			out = append(out, Problem{p.File, 0, "a pack needs an example that matches and one that does not"})
		}
		for _, h := range p.heads() {
			if slices.Contains(p.NotHeads, h.Term) {
				out = append(out, Problem{p.File, 0, fmt.Sprintf("the head %s can never match: not_heads has it too", h.Term)})
			}
			if q := owner[h.Term]; q != nil && q != p && q.Priority == p.Priority {
				out = append(out, Problem{p.File, 0, fmt.Sprintf("the head %s is also one of %s, of the same priority", h.Term, q.File)})
			}
			owner[h.Term] = p
		}
	}
	return out
}

// Over is r with the packs of own in place of those of the same category, and
// beside the others. What own shares is added to what r shares.
func (r Rules) Over(own Rules) Rules {
	out := Rules{Common: Common{
		Stops:   slices.Concat(r.Common.Stops, own.Common.Stops),
		Fillers: slices.Concat(r.Common.Fillers, own.Common.Fillers),
		Decoys:  slices.Concat(r.Common.Decoys, own.Common.Decoys),
	}}
	for _, p := range r.Packs {
		if !slices.ContainsFunc(own.Packs, func(q Pack) bool { return q.Category == p.Category }) {
			out.Packs = append(out.Packs, p)
		}
	}
	out.Packs = append(out.Packs, own.Packs...)
	return out
}
