package clean

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"jianbao/corpus"
)

// markup is what the tags of a page say.
type markup struct {
	patches []patch
	title   string        // of the title element
	links   []corpus.Span // printed text inside links, in the source
}

// hiding is an element whose text is not printed or not part of an article.
type hiding struct {
	name     atom.Atom
	depth    int                // of elements of that name within each other
	unclosed map[atom.Atom]bool // names that no tag closes any more
}

// readMarkup takes the tags, scripts and comments out of a page source and
// decodes its character references, so that what remains are the printed
// lines, each piece still at its own offset of the source. The tokenizer is
// that of golang.org/x/net/html, which follows the HTML5 specification; no tree
// is built, so depth costs nothing.
func readMarkup(source string) markup {
	var m markup
	z := html.NewTokenizer(strings.NewReader(source))
	at, inLink := 0, false
	hidden := hiding{unclosed: map[atom.Atom]bool{}}
	for {
		kind := z.Next()
		span := corpus.Span{Start: at, End: at + len(z.Raw())}
		at = span.End
		switch kind {
		case html.ErrorToken:
			if !span.Empty() {
				m.patches = addTag(m.patches, span, "")
				continue
			}
			return m
		case html.TextToken:
			m.text(source, span, hidden.name, inLink)
			continue
		}
		name := atom.Atom(0)
		if kind == html.StartTagToken || kind == html.EndTagToken || kind == html.SelfClosingTagToken {
			b, _ := z.TagName()
			name = atom.Lookup(b)
		}
		if name == atom.A {
			inLink = kind == html.StartTagToken
		}
		hidden.step(kind, name, source[at:])
		m.patches = addTag(m.patches, span, breakOf(name))
	}
}

// text takes one text node.
func (m *markup) text(source string, span corpus.Span, hidden atom.Atom, inLink bool) {
	if hidden != 0 {
		if hidden == atom.Title && m.title == "" {
			m.title = strings.TrimSpace(html.UnescapeString(span.Of(source)))
		}
		m.patches = addTag(m.patches, span, "")
		return
	}
	if inLink {
		m.links = append(m.links, span)
	}
	m.patches = addText(m.patches, source, span)
}

// step follows a tag into or out of a hiding element. One that is never closed
// hides nothing.
func (h *hiding) step(kind html.TokenType, name atom.Atom, rest string) {
	switch {
	case h.name == 0 && kind == html.StartTagToken && isHidden(name) && h.closes(rest, name):
		h.name, h.depth = name, 1
	case h.name != name || name == 0:
	case kind == html.StartTagToken:
		h.depth++
	case kind == html.EndTagToken:
		if h.depth--; h.depth == 0 {
			h.name = 0
		}
	}
}

// closes reports whether a tag further on closes an element of that name.
func (h *hiding) closes(rest string, name atom.Atom) bool {
	if !h.unclosed[name] && !strings.Contains(rest, "</"+name.String()) && !strings.Contains(rest, "</"+strings.ToUpper(name.String())) {
		h.unclosed[name] = true
	}
	return !h.unclosed[name]
}

// isHidden reports whether an element's text is never printed, or is a part of
// the site and not of the article.
func isHidden(name atom.Atom) bool {
	switch name {
	case atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Template, atom.Textarea, atom.Select, atom.Iframe,
		atom.Nav, atom.Footer, atom.Aside, atom.Button:
		return true
	}
	return false
}

// breakOf is the white space that an element's tag stands for.
func breakOf(name atom.Atom) string {
	switch name {
	case atom.P, atom.Div, atom.Br, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Ul, atom.Ol,
		atom.Tr, atom.Table, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Nav, atom.Aside, atom.Main,
		atom.Blockquote, atom.Pre, atom.Dl, atom.Dt, atom.Dd, atom.Figure, atom.Figcaption, atom.Form, atom.Hr, atom.Center:
		return "\n"
	case atom.Td, atom.Th:
		return "\t"
	}
	return ""
}

// addTag deletes a tag, leaving one break for a run of them.
func addTag(patches []patch, span corpus.Span, after string) []patch {
	k := len(patches) - 1
	if k < 0 || patches[k].span.End != span.Start || patches[k].kind != "tag" {
		return append(patches, patch{span: span, after: after, kind: "tag", confidence: 1})
	}
	patches[k].span.End = span.End
	if after == "\n" || patches[k].after == "" {
		patches[k].after = after
	}
	return patches
}

// addText decodes the character references of a text node and takes out the
// line breaks of the source, which mean nothing in HTML.
func addText(patches []patch, source string, span corpus.Span) []patch {
	for at := span.Start; at < span.End; {
		i := strings.IndexAny(source[at:span.End], "&\n\r\t")
		if i < 0 {
			break
		}
		at += i
		if source[at] == '&' {
			after, n := entityAt(source[at:span.End])
			if n > 0 {
				patches = append(patches, patch{span: corpus.Span{Start: at, End: at + n}, after: after, kind: "entity", confidence: 1})
			}
			at += max(n, 1)
			continue
		}
		end := at
		for end < span.End && strings.IndexByte(" \t\r\n", source[end]) >= 0 {
			end++
		}
		gap := corpus.Span{Start: at, End: end}
		if k := len(patches) - 1; k >= 0 && patches[k].span.End == at && patches[k].kind == "tag" || end == span.End {
			patches = addTag(patches, gap, "")
		} else {
			patches = append(patches, patch{span: gap, after: spaceBetween(source[:at], source[end:]), kind: "line_break", confidence: 1})
		}
		at = end
	}
	return patches
}

// spaceBetween is the space that a line break of the source stands for: none
// next to Chinese.
func spaceBetween(left, right string) string {
	l, _ := utf8.DecodeLastRuneInString(left)
	r, _ := utf8.DecodeRuneInString(right)
	if l < utf8.RuneSelf && r < utf8.RuneSelf && !unicode.IsSpace(l) {
		return " "
	}
	return ""
}

// linked is the share of a piece of the source that is text of links, among
// that and other printed text.
func (m *markup) linked(piece corpus.Span, printed int) float64 {
	first := sort.Search(len(m.links), func(i int) bool { return m.links[i].End > piece.Start })
	n := 0
	for _, l := range m.links[first:] {
		if l.Start >= piece.End {
			break
		}
		n += min(l.End, piece.End) - max(l.Start, piece.Start)
	}
	return float64(n) / float64(max(printed, 1))
}
