package clean

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus"
)

// layout is where the parts of a page stand in its printed text.
type layout struct {
	body    corpus.Span
	title   corpus.Span
	credits credits
	cuts    []patch // credits inside the body: dateline and names at the end
}

// readLayout finds the body among the lines of a page: from the first
// paragraph to the last one before a closing section, headings and captions
// between them included. A text without a paragraph is all body.
func readLayout(text string) layout {
	all := lines(text)
	first, last := bodyLines(all)
	if first < 0 {
		return layout{body: trimmed(text, corpus.Span{Start: 0, End: len(text)})}
	}
	l := layout{body: corpus.Span{Start: all[first].span.Start, End: all[last].span.End}}
	l.title = titleOf(text, all[:first])
	for _, x := range all[:first] {
		if x.kind == credit {
			l.credits.read(x.span.Of(text))
		}
	}
	for _, x := range all[last+1:] {
		if x.kind == credit {
			l.credits.read(x.span.Of(text))
		}
	}
	l.readDateline(text, all[first].span)
	l.readSignature(text)
	return l
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
		!strings.HasSuffix(s, "：") && !strings.HasSuffix(s, ":") && !strings.HasSuffix(s, "..")
}

// continuesBelow reports whether a title goes on in the next line, as those of
// official notices do: …关于印发 / …的通知.
func continuesBelow(s string) bool {
	return strings.HasSuffix(s, "印发") || strings.HasSuffix(s, "印發") || strings.HasSuffix(s, "关于") || strings.HasSuffix(s, "關於")
}

var (
	dateline  = regexp.MustCompile(`^([\p{Han}]{2,12}?)[讯訊](?:[\s\x{3000}:：]+|([(（][^)）]{2,40}[)）])\s*)`)
	signature = regexp.MustCompile(`[。！？!?”」』…]\s*([(（]([\p{Han}·、\s\x{2002}\x{3000}]{2,40})[)）]?)$`)
)

// readDateline takes 某某日报讯(记者 某某) off the first line of the body.
func (l *layout) readDateline(text string, first corpus.Span) {
	m := dateline.FindStringSubmatchIndex(first.Of(text))
	if m == nil {
		return
	}
	at := first.Start
	if name := text[at+m[2] : at+m[3]]; l.credits.source == "" && !strings.HasPrefix(name, "本") {
		l.credits.source = name
	}
	if m[4] >= 0 && l.credits.authors == nil {
		l.credits.authors = names(strings.Trim(text[at+m[4]:at+m[5]], "()（）"))
	}
	l.cuts = append(l.cuts, patch{span: corpus.Span{Start: at, End: at + m[1]}, kind: "dateline", confidence: 0.95})
}

// readSignature takes the writers' names in parentheses off the last line.
func (l *layout) readSignature(text string) {
	m := signature.FindStringSubmatchIndex(l.body.Of(text))
	if m == nil {
		return
	}
	people := names(l.body.Of(text)[m[4]:m[5]])
	for _, name := range people {
		if n := utf8.RuneCountInString(name); n > 4 && !strings.ContainsRune(name, '·') {
			return
		}
	}
	if l.credits.authors == nil {
		l.credits.authors = people
	}
	start := l.body.Start + m[2]
	l.cuts = append(l.cuts, patch{span: corpus.Span{Start: start, End: l.body.End}, kind: "signature", confidence: 0.95})
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
