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
	if first >= 0 {
		first, last = opening(text, all, first), closing(text, all, last)
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
	l.readLastDate(text, all[:min(len(all), last+6)])
	if l.credits.source == "" {
		l.credits.source = l.credits.outlet
	}
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
		l.credits.readOutlet(s)
	case x.kind == short && x.span != l.title && isOutlet(s):
		l.credits.readOutlet(s)
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
		if first >= 0 && (x.kind == section || x.kind == ending && seen*2 > total || x.kind == credit && seen*2 > total) {
			break
		}
		if x.kind != paragraph || first < 0 && x.question && isCredit(all[i+1:]) {
			continue
		}
		seen++
		if first < 0 {
			first = i
		}
		last = i
	}
	return first, last
}

// isCredit reports whether the next printed line is one of credits: what
// stands above it is a title, though it may end as a sentence does.
func isCredit(rest []line) bool {
	for _, x := range rest {
		if x.kind != blank {
			return x.kind == credit
		}
	}
	return false
}

// closing is the last line of a table or a list that closes the article.
func closing(text string, all []line, last int) int {
	for i := last + 1; i < len(all); i++ {
		switch s := all[i].span.Of(text); {
		case all[i].kind == blank:
		case all[i].kind == short && (isItem(s) || i == last+1 && isTableRow(s)):
			last = i
		default:
			return last
		}
	}
	return last
}

// isItem reports whether a line is an item of a list.
func isItem(s string) bool {
	head := strings.TrimLeft(s, "（(")
	mark := strings.TrimLeft(head, "0123456789一二三四五六七八九十")
	return mark != head && strings.ContainsAny(firstRunes(mark, 1), ".、．）)") && utf8.RuneCountInString(mark) > 2
}

// isTableRow reports whether a line holds Chinese and numbers in columns, or
// ends as a sentence does.
func isTableRow(s string) bool {
	han, _ := measure(s)
	return han > 0 && (strings.ContainsAny(s, "0123456789") && hasAny(s, "\t", "  ", "\u3000", "|") || endsSentence(s))
}

// opening is the first line of a body whose first paragraph is line first: a
// salutation or the beginning of a sentence right above it belongs to it.
func opening(text string, all []line, first int) int {
	for first > 0 && all[first-1].kind == short {
		last, _ := utf8.DecodeLastRuneInString(all[first-1].span.Of(text))
		if !strings.ContainsRune("，,、：:；;", last) {
			break
		}
		first--
	}
	return first
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
		if han, _ := measure(x.span.Of(text)); han > 0 && x.kind == short && endsSentence(x.span.Of(text)) {
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
// before the credits or, without credits, before the body. A subtitle belongs
// to it.
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
		for i > 0 && (isTitle(text, head[i-1]) || head[i-1].kind == short) && goesOn(head[i-1].span.Of(text), span.Of(text)) {
			i--
			span.Start = head[i].span.Start
		}
		return span
	}
	return shortTitle(text, head)
}

// shortTitle is a heading of a few characters that stands alone above the
// credits.
func shortTitle(text string, head []line) corpus.Span {
	var only corpus.Span
	for _, x := range head {
		s := x.span.Of(text)
		if han, _ := measure(s); x.kind != short || han < 2 || han*3 != len(s) || isOutlet(s) || isName(s) {
			continue
		}
		if !only.Empty() {
			return corpus.Span{}
		}
		only = x.span
	}
	return only
}

func hasTitle(text string, head []line) bool {
	for _, x := range head {
		if isTitle(text, x) {
			return true
		}
	}
	return !shortTitle(text, head).Empty()
}

// isTitle reports whether a line above the body can be a title: a few words of
// Chinese; no name alone, no salutation, no number of a document, no counters.
func isTitle(text string, x line) bool {
	s := x.span.Of(text)
	if x.kind != short && x.kind != paragraph || len(s) > 3*120 {
		return false
	}
	han, _ := measure(s)
	return han >= 5 && !hasSuffix(s, "：", ":", "..", "数字报", "數字報") && !isName(s) && !isOutlet(s) &&
		!(strings.Contains(s, "〔") && hasSuffix(s, "号", "號")) && !hasAny(s, "第01版", "第02版", "版：", "积分 ", "帖子 ", "阅读约", "官方帐号", "官方账号", "上一版", "_")
}

func hasSuffix(s string, words ...string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// goesOn reports whether a title goes on in the next line: …关于印发 / …的通知,
// or with a subtitle behind a dash.
func goesOn(s, next string) bool {
	return hasSuffix(s, "印发", "印發", "关于", "關於", "——") || strings.HasPrefix(next, "——") || strings.HasPrefix(next, "─")
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
