package clean

import (
	"strings"

	"jianbao/corpus"
)

// Page is a cleaned article.
type Page struct {
	Text      string        // the body, in the script in which it was printed
	Edits     []corpus.Edit // source to Text: ordered, no overlaps
	Title     string
	TitleSpan corpus.Span // in the source; empty when no title was printed
	Source    string
	Authors   []string
	Editors   []string
	Published corpus.Moment
	Place     string        // of the dateline
	Marks     []corpus.Edit // doubts and parts told apart; they change nothing
}

// Clean reads the decoded source of one article. It never fails: what it
// cannot make sense of stays as it is.
func Clean(source string, media corpus.Media) Page {
	d := &draft{source: source, text: source}
	var tags markup
	if media == corpus.HTML {
		tags = readMarkup(source)
		d.apply(tags.patches)
	}
	found := d.repair()
	all := lines(d.text)
	if len(tags.links) > 0 {
		d.tellMenus(all, &tags)
	}
	l := readLayout(d.text, all)
	page := Page{
		Title:     tags.title,
		Source:    l.credits.source,
		Authors:   l.credits.authors,
		Editors:   l.credits.editors,
		Published: l.credits.published,
		Place:     l.credits.place,
	}
	switch {
	case !l.title.Empty():
		page.Title = titleText(l.title.Of(d.text))
		page.TitleSpan = corpus.NewRawMap(d.edits).Span(l.title)
	case l.heading != "":
		page.Title = l.heading
	}
	doubts := l.marks
	if found&lostNumber != 0 {
		doubts = append(doubts, lostPatches(d.text)...)
	}
	page.Marks = d.marks(doubts)
	d.apply(l.patches(d.text))
	page.Text, page.Edits = d.text, d.edits
	return page
}

// tellMenus takes lines that are mostly links for what they are, unless they
// are running text.
func (d *draft) tellMenus(all []line, tags *markup) {
	const most = 0.6
	source := corpus.NewRawMap(d.edits)
	for i, x := range all {
		if (x.kind == short || x.kind == credit) && tags.linked(source.Span(x.span), x.span.Len()) > most {
			all[i].kind = navigation
		}
	}
}

// titleText is a title on one line: the parts of a longer one belong together.
func titleText(s string) string {
	if strings.IndexByte(s, '\n') >= 0 {
		parts := strings.Split(s, "\n")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		s = strings.Join(parts, "")
	}
	if !strings.Contains(s, "  ") && !strings.ContainsAny(s, "\t") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// marks are patches of the current text that are not to be applied, as places
// of the source.
func (d *draft) marks(patches []patch) []corpus.Edit {
	source := corpus.NewRawMap(d.edits)
	var out []corpus.Edit
	for _, p := range patches {
		raw := source.Span(p.span)
		out = append(out, corpus.Edit{
			Kinds: []string{p.kind}, Raw: raw, Before: raw.Of(d.source), After: raw.Of(d.source), Confidence: p.confidence, Note: p.note,
		})
	}
	return out
}

// steps are the repairs of printed text, in their order, each with what a text
// must show for it to be tried.
var steps = []struct {
	trait   traits
	patches func(string) []patch
}{
	{angleBracket, tagPatches},
	{bracketedLatin, glossPatches},
	{oddCharacter | ampersand, debrisPatches},
	{bareEntity, bareEntityPatches},
	{mixedCase, watermarkPatches},
	{doubledMark, doubledMarkPatches},
	{questionRun, questionIndentPatches},
	{spacedHan, spacedPatches},
}

// repair runs the steps that a text asks for and returns what it showed.
func (d *draft) repair() traits {
	found := survey(d.text)
	for _, s := range steps {
		if found&s.trait != 0 {
			d.apply(s.patches(d.text))
		}
	}
	if mayBeWrapped(d.text) {
		d.apply(wrapPatches(d.text))
	}
	return found
}
