package clean

import (
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
}

// Clean reads the decoded source of one article. It never fails: what it
// cannot make sense of stays as it is.
func Clean(source string, media corpus.Media) Page {
	d := &draft{source: source, text: source}
	headTitle := ""
	if media == corpus.HTML {
		var patches []patch
		patches, headTitle = markupPatches(source)
		d.apply(patches)
	}
	d.apply(glossPatches(d.text))
	d.apply(debrisPatches(d.text))
	l := readLayout(d.text)
	page := Page{
		Title:     headTitle,
		Source:    l.credits.source,
		Authors:   l.credits.authors,
		Editors:   l.credits.editors,
		Published: l.credits.published,
	}
	if !l.title.Empty() {
		page.Title = l.title.Of(d.text)
		page.TitleSpan = corpus.NewRawMap(d.edits).Span(l.title)
	}
	d.apply(l.patches(d.text))
	page.Text, page.Edits = d.text, d.edits
	return page
}
