package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
)

// layout is where the parts of a page stand in its printed text.
type layout struct {
	body    corpus.Span
	title   corpus.Span
	heading string // a title that no line of its own holds
	credits credits
	cuts    []patch // credits inside the body: dateline and names at the end
	marks   []patch // parts of the body that are not running text: captions
}

// readLayout finds the body among the lines of a page: from the first
// paragraph to the last one before a closing section, headings and captions
// between them included. A text of a line is all body.
func readLayout(text string, all []line) layout {
	first, last := bodyLines(all)
	if first < 0 {
		first, last = weakBody(text, all)
	}
	whole := trimmed(text, corpus.Span{Start: 0, End: len(text)})
	if first < 0 {
		l := layout{body: whole}
		for _, x := range all {
			l.readHead(text, x)
		}
		return l
	}
	l := layout{body: corpus.Span{Start: all[first].span.Start, End: all[last].span.End}}
	head, tail := all[:first], all[last+1:]
	l.title = titleOf(text, head)
	for _, x := range head {
		l.readHead(text, x)
	}
	for _, x := range tail {
		if x.kind == credit {
			l.credits.read(x.span.Of(text))
		}
		if x.kind == section {
			break
		}
	}
	l.readDateline(text, all[first].span)
	l.readSignature(text)
	l.readLastDate(text, all[:last+1])
	l.readCaptions(text, all[first:last+1])
	return l
}

// readHead takes what a line above the body says.
func (l *layout) readHead(text string, x line) {
	s := x.span.Of(text)
	switch {
	case x.kind == credit:
		if title := l.credits.readPublisherRecord(s); title != "" && l.title.Empty() {
			l.heading = title
			return
		}
		l.credits.read(s)
	case x.kind == preamble:
		l.credits.readNote(s)
	case x.kind == short && !l.title.Empty() && x.span.Start > l.title.End && l.credits.authors == nil && isName(s):
		l.credits.authors = names(s)
	}
}

// bodyLines is the first and the last line of the body; -1 without one.
func bodyLines(all []line) (first, last int) {
	first, last = -1, -1
	total := 0
	for _, x := range all {
		if x.kind == paragraph {
			total++
		}
	}
	seen := 0
	for i, x := range all {
		if first >= 0 && (x.kind == section || x.kind == credit && seen*2 > total) {
			break
		}
		if x.kind != paragraph {
			continue
		}
		seen++
		if first < 0 {
			first = i
		}
		last = i
	}
	for last >= 0 && last+1 < len(all) && all[last+1].kind == short {
		last++ // a table or a list that closes the article
	}
	return first, last
}

// weakBody is the body of a page that has credits but no paragraph: the lines
// below the credits, or those that end as sentences do.
func weakBody(text string, all []line) (first, last int) {
	first, last = -1, -1
	credits, printed := 0, 0
	for _, x := range all {
		if x.kind == credit {
			credits++
		}
		if x.kind != blank {
			printed++
		}
	}
	if credits == 0 && printed < 3 {
		return -1, -1
	}
	for i, x := range all {
		if x.kind == section && first >= 0 {
			break
		}
		if x.kind == short && endsSentence(x.span.Of(text)) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first >= 0 || credits == 0 {
		return first, last
	}
	below := false
	for i, x := range all {
		switch {
		case x.kind == credit:
			below = true
		case x.kind == short && below:
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// titleOf chooses the title among the lines above the body: the last heading
// before the credits or, without credits, before the body.
func titleOf(text string, head []line) corpus.Span {
	for i, x := range head {
		if x.kind == credit && hasTitle(text, head[:i]) {
			head = head[:i]
			break
		}
	}
	for i := len(head) - 1; i >= 0; i-- {
		if !isTitle(text, head[i]) {
			continue
		}
		span := head[i].span
		for i > 0 && isTitle(text, head[i-1]) && continuesBelow(head[i-1].span.Of(text)) {
			i--
			span.Start = head[i].span.Start
		}
		return span
	}
	return corpus.Span{}
}

func hasTitle(text string, head []line) bool {
	for _, x := range head {
		if isTitle(text, x) {
			return true
		}
	}
	return false
}

// isTitle reports whether a line above the body can be a title: a few words of
// Chinese, no name alone, no salutation.
func isTitle(text string, x line) bool {
	s := x.span.Of(text)
	han, _ := measure(s)
	return (x.kind == short || x.kind == paragraph) && han >= 5 && utf8.RuneCountInString(s) <= 120 &&
		!strings.HasSuffix(s, "：") && !strings.HasSuffix(s, ":") && !strings.HasSuffix(s, "..") && !isName(s)
}

// continuesBelow reports whether a title goes on in the next line, as those of
// official notices do: …关于印发 / …的通知.
func continuesBelow(s string) bool {
	return strings.HasSuffix(s, "印发") || strings.HasSuffix(s, "印發") || strings.HasSuffix(s, "关于") || strings.HasSuffix(s, "關於")
}

// patches cuts everything but the body.
func (l layout) patches(text string) []patch {
	out := make([]patch, 0, len(l.cuts)+2)
	if l.body.Start > 0 {
		out = append(out, patch{span: corpus.Span{Start: 0, End: l.body.Start}, kind: "head", confidence: 0.9})
	}
	out = append(out, l.cuts...)
	if l.body.End < len(text) {
		out = append(out, patch{span: corpus.Span{Start: l.body.End, End: len(text)}, kind: "tail", confidence: 0.9})
	}
	for i := range out {
		if strings.TrimFunc(out[i].span.Of(text), unicode.IsSpace) == "" {
			out[i].kind, out[i].confidence = "space", 1
		}
	}
	return out
}
