package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"jianbao/corpus"
)

// markupPatches takes the tags, scripts and comments out of a page source and
// decodes its character references, so that what remains are the printed
// lines, each piece still at its own offset of the source. The tokenizer is
// that of golang.org/x/net/html, which follows the HTML5 specification.
func markupPatches(source string) (patches []patch, title string) {
	z := html.NewTokenizer(strings.NewReader(source))
	at, hidden := 0, atom.Atom(0)
	for {
		kind := z.Next()
		span := corpus.Span{Start: at, End: at + len(z.Raw())}
		at = span.End
		if kind == html.ErrorToken {
			if span.Empty() {
				return patches, title
			}
			patches = addTag(patches, span, "")
			continue
		}
		if kind == html.TextToken {
			switch hidden {
			case 0:
				patches = addText(patches, source, span)
			case atom.Title:
				title = strings.TrimSpace(html.UnescapeString(span.Of(source)))
				fallthrough
			default:
				patches = addTag(patches, span, "")
			}
			continue
		}
		name := atom.Atom(0)
		if kind != html.CommentToken && kind != html.DoctypeToken {
			b, _ := z.TagName()
			name = atom.Lookup(b)
		}
		switch {
		case kind == html.StartTagToken && hidden == 0 && isHidden(name):
			hidden = name
		case kind == html.EndTagToken && name == hidden:
			hidden = 0
		}
		patches = addTag(patches, span, breakOf(name))
	}
}

// isHidden reports whether an element's text is never printed.
func isHidden(name atom.Atom) bool {
	switch name {
	case atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Template, atom.Textarea, atom.Select, atom.Iframe:
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
		switch c := source[at]; c {
		case '&':
			if after, n := entityAt(source[at:span.End]); n > 0 {
				patches = append(patches, patch{span: corpus.Span{Start: at, End: at + n}, after: after, kind: "entity", confidence: 1})
				at += n
				continue
			}
			at++
		case '\n', '\r', '\t':
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
		default:
			at++
		}
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
