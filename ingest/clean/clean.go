package clean

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/ingest/clean/recode"
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

// Cleaner cleans articles. It may be used by many goroutines.
type Cleaner struct {
	model *recode.Model
}

// New opens the character model that the repair of encodings needs.
func New() (*Cleaner, error) {
	model, err := recode.OpenModel()
	if err != nil {
		return nil, fmt.Errorf("open cleaner: %w", err)
	}
	return &Cleaner{model}, nil
}

// Clean reads the decoded source of one article. It never fails: what it
// cannot make sense of stays as it is.
func (c *Cleaner) Clean(source string, media corpus.Media) Page {
	d := &draft{source: source, text: source}
	encoding := c.recode(d)
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
	tellPreambles(all)
	l := readLayout(d.text, all)
	page := Page{
		Title:     withoutSite(tags.title),
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
	page.Marks = append(encoding, d.marks(doubts)...)
	d.apply(l.patches(d.text))
	page.Text, page.Edits = d.text, d.edits
	return page
}

// tellPreambles takes the paragraph below a lone 核心提示 for what it is.
func tellPreambles(all []line) {
	const label = len("核心提示") + len("【】")
	for i, x := range all {
		if x.kind != preamble || x.span.Len() > label {
			continue
		}
		for k := i + 1; k < len(all); k++ {
			if all[k].kind != blank {
				all[k].kind = preamble
				break
			}
		}
	}
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

// withoutSite is the title of a window without the name of the site behind it.
func withoutSite(s string) string {
	for _, dash := range []string{" - ", "_", " | ", "-", "|", "–"} {
		if head, _, ok := strings.Cut(s, dash); ok && utf8.RuneCountInString(head) >= 5 {
			return strings.TrimSpace(head)
		}
	}
	return s
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

// recode repairs what was decoded wrongly and returns marks of what it leaves.
func (c *Cleaner) recode(d *draft) []corpus.Edit {
	var patches, doubts []patch
	for _, r := range recode.Repairs(d.text, c.model, isReading) {
		p := patch{span: r.Span, after: r.After, kind: r.Kind, confidence: r.Confidence, note: r.Note}
		if r.Applied {
			patches = append(patches, p)
		} else {
			doubts = append(doubts, p)
		}
	}
	marks := d.marks(doubts)
	d.apply(patches)
	for _, m := range marks {
		d.damaged = append(d.damaged, m.Raw)
	}
	return marks
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
