package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jianbao/corpus"
)

// Reader reads the mentions of a printed text, in bytes of it.
type Reader func(text string) []corpus.Mention

// Outcome is what the examples of rules gave.
type Outcome struct {
	Examples, Todo int       // how many were run
	Problems       []Problem // examples that fail
	Notes          []Problem // examples under todo that no longer fail
}

// Test runs the examples of every pack, and those under todo, in each of the
// forms that forms gives of a text (the other script, say; nil is the text
// alone). An example that fails is a problem in the first form in which it
// does.
func (r Rules) Test(read Reader, forms func(text string) []string) Outcome {
	if forms == nil {
		forms = func(text string) []string { return []string{text} }
	}
	var out Outcome
	for i := range r.Packs {
		p := &r.Packs[i]
		for _, e := range p.Examples {
			out.Examples++
			if msg := e.wrong(forms(e.Text), p.Category, read); msg != "" {
				out.Problems = append(out.Problems, Problem{p.File, e.Line, msg})
			}
		}
		for _, e := range p.Todo {
			out.Todo++
			if e.wrong(forms(e.Text), p.Category, read) == "" {
				out.Notes = append(out.Notes, Problem{p.File, e.Line, fmt.Sprintf("%q is right now: move it from todo to examples", e.Text)})
			}
		}
	}
	return out
}

const (
	openMark  = "⟦"
	closeMark = "⟧"
)

// wrong says what the first form of a text that is not read as it must be gives
// instead; it is empty when all are right.
func (e Example) wrong(forms []string, category string, read Reader) string {
	for _, marked := range forms {
		if msg := e.wrongIn(marked, category, read); msg != "" {
			return msg
		}
	}
	return ""
}

// wrongIn says what a text with marked spans gives instead of what it must: in
// its pack's category just as many mentions as expected, each of its span.
func (e Example) wrongIn(marked, category string, read Reader) string {
	text, spans := unmark(marked)
	if len(spans) != len(e.Expect) {
		return fmt.Sprintf("%q marks %d spans and expects %d mentions", marked, len(spans), len(e.Expect))
	}
	got := slices.DeleteFunc(read(text), func(m corpus.Mention) bool { return m.Category != category })
	if len(got) != len(e.Expect) {
		return fmt.Sprintf("%q gives %d mentions, not %d%s", marked, len(got), len(e.Expect), found(text, got))
	}
	for i, want := range e.Expect {
		if m := got[i]; m.Span != spans[i] || !want.fits(m) {
			return fmt.Sprintf("%q gives %s, not %q with %s", marked, quoted(text, m), spans[i].Of(text), want)
		}
	}
	return ""
}

// found is mentions behind a colon, for messages.
func found(text string, got []corpus.Mention) string {
	var out []string
	for _, m := range got {
		out = append(out, quoted(text, m))
	}
	if len(out) == 0 {
		return ""
	}
	return ": " + strings.Join(out, "; ")
}

// quoted is a mention as it stands in its text, with what an example can
// expect of it.
func quoted(text string, m corpus.Mention) string {
	return fmt.Sprintf("%q with %s", m.Span.Of(text), expectation(m))
}

// expectation is what an example would have to say of a mention.
func expectation(m corpus.Mention) Expectation {
	number := func(n corpus.Int64) *int64 {
		if !n.Valid {
			return nil
		}
		return &n.N
	}
	return Expectation{
		Value: number(m.Count.Value), Lo: number(m.Count.Lo), Hi: number(m.Count.Hi),
		Modifier: string(m.Count.Modifier), Unit: m.Unit,
	}
}

// String is the expectation as a pack writes it: {value: 12, unit: 名}.
func (want Expectation) String() string {
	var out []string
	say := func(key, value string) {
		if value != "" {
			out = append(out, key+": "+value)
		}
	}
	number := func(key string, n *int64) {
		if n != nil {
			say(key, strconv.FormatInt(*n, 10))
		}
	}
	say("category", want.Category)
	number("value", want.Value)
	number("lo", want.Lo)
	number("hi", want.Hi)
	say("modifier", want.Modifier)
	say("unit", want.Unit)
	return "{" + strings.Join(out, ", ") + "}"
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
