package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
	"jianbao/corpus/table"
)

// partSize is about how many bytes of an article a page shows.
const partSize = 120_000

// The forms in which an article can be shown.
const (
	asPrinted = ""
	asHans    = "hans"
	asHant    = "hant"
	asCrawled = "raw"
)

// articleView is the page of an article.
type articleView struct {
	view
	Q         string
	Problem   *problem
	Article   pipeline.Marked
	Heading   string
	Forms     []option // Value is an address
	TextLang  string
	Segments  []segment
	Part      int // from 1
	Parts     []option
	HitCount  int
	Repairs   int
	Doubts    int
	Mentions  []mentionView
	Edits     []editView
	MoreEdits int
	Facts     []fact
	Reprints  string // how many there are; empty without any
	Near      string // the address of the reprints and of others like it
	Form      string
}

// fact is a row of the metadata.
type fact struct{ Key, Value string }

// mentionView is a mention as the table shows it.
type mentionView struct {
	table.Mention
	Number  int
	Address string // of its place in the text
	Amount  string
	Why     []string // what made it
	Rules   string   // the address of the page of rules with its sentence; may be empty
}

// editView is a repair or a doubt as the table shows it.
type editView struct {
	Kinds, Before, After, Note string
	Applied                    bool
}

// The bounds of what a table of repairs shows.
const (
	maxEdits     = 100
	maxEditRunes = 60
)

func (s *Server) articlePage(w http.ResponseWriter, r *http.Request, c *volume) error {
	v := articleView{view: s.newView(w, r, "article"), Q: strings.TrimSpace(r.FormValue("q"))}
	a, err := c.ShowMarked(r.Context(), r.PathValue("id"), v.Q)
	if p := problemOf(err); err != nil && v.Q != "" && p.Offset != nil {
		v.Problem = &p // the article is there all the same
		a, err = c.ShowMarked(r.Context(), r.PathValue("id"), "")
	}
	if err != nil {
		return err
	}
	form := r.FormValue("form")
	if !slices.Contains([]string{asPrinted, asHans, asHant, asCrawled}, form) {
		return requestError{"unknown form " + strconv.Quote(form) + ": hans, hant or raw"}
	}
	slices.SortStableFunc(a.Mentions, func(x, y table.Mention) int { return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End)) })
	v.Form = form
	v.fill(a)
	place, err := placeOf(r.FormValue("at"), a.Document.Text)
	if err != nil {
		return err
	}
	if err := v.showText(form, r.FormValue("part"), place); err != nil {
		return err
	}
	if v.Lag, err = c.Lag(); err != nil {
		return err
	}
	s.render(w, r, http.StatusOK, "article", v)
	return nil
}

// fill prepares all but the text.
func (v *articleView) fill(a pipeline.Marked) {
	v.Article, v.HitCount = a, len(a.Hits)
	v.Heading = shorten(a.Document.Title, 160)
	if strings.TrimSpace(a.Document.Title) == "" {
		v.Heading = v.T("untitled")
	}
	v.Title = shorten(v.Heading, 60)
	for _, e := range a.Edits {
		if e.Applied {
			v.Repairs++
		} else {
			v.Doubts++
		}
		if len(v.Edits) == maxEdits {
			v.MoreEdits++
			continue
		}
		v.Edits = append(v.Edits, editView{strings.Join(e.Kinds, ", "), shorten(e.Before, maxEditRunes), shorten(e.After, maxEditRunes), e.Note, e.Applied})
	}
	v.Facts = v.facts(a)
	v.Near = articleAddress(a.Document.DocID) + "/reprints"
	if a.Cluster != nil && a.Cluster.Size > 1 {
		v.Reprints = v.N("reprints.cluster", int(a.Cluster.Size-1))
	}
}

// facts is what is known of an article beside its text.
func (v *articleView) facts(a pipeline.Marked) []fact {
	row := a.Document
	var out []fact
	add := func(key, value string) {
		if value != "" {
			out = append(out, fact{v.T(key), visible(value)})
		}
	}
	add("meta.title", shorten(row.Title, 2000))
	add("meta.source", row.Source)
	add("meta.published", row.Moment().String())
	add("meta.authors", strings.Join(row.Authors, "、"))
	add("meta.editors", strings.Join(row.Editors, "、"))
	add("meta.place", strings.TrimSpace(row.Place+" "+row.Adcode))
	add("meta.script", v.T("script."+row.Script))
	add("meta.charset", row.Charset)
	for _, s := range a.Sightings[:min(len(a.Sightings), 5)] {
		add("meta.seen", strings.TrimSpace(s.URI+"  "+s.SeenAt.Time().Format("2006-01-02 15:04")+" UTC"))
	}
	add("meta.length", v.N("characters", int(row.NChars)))
	add("meta.version", row.PipelineVersion+"  "+row.BatchID)
	add("meta.id", row.DocID)
	return out
}

// showText fills in one part of the text in one form, with its marks: the part
// that is asked for, or else that of the place to which a link leads.
func (v *articleView) showText(form, part string, place corpus.Span) error {
	text, marks, err := layOut(v.Article, form, place)
	if err != nil {
		return err
	}
	all := parts(text, partSize)
	v.Part = 1
	for _, m := range marks {
		if m.kind == isPlace {
			v.Part = partOf(all, m.span.Start)
		}
	}
	if n, err := strconv.Atoi(part); err == nil {
		v.Part = max(1, min(n, len(all)))
	}
	v.Segments = segments(text, all[v.Part-1], marks)
	v.TextLang = map[string]string{asHans: "zh-Hans", asHant: "zh-Hant"}[form]
	if v.TextLang == "" {
		v.TextLang = langOf(v.Article.Document.Script)
	}
	for _, f := range []string{asPrinted, asHans, asHant, asCrawled} {
		label := v.T("form." + f)
		v.Forms = append(v.Forms, option{withParams(v.address, "form", f, "part", "", "lang", ""), label, f == form})
	}
	if len(all) > 1 {
		for i := range all {
			v.Parts = append(v.Parts, option{withParams(v.address, "part", strconv.Itoa(i+1), "lang", ""), strconv.Itoa(i + 1), i+1 == v.Part})
		}
	}
	v.showMentions(all, marks)
	return nil
}

// partOf is the number of the part in which a byte lies, from 1.
func partOf(all []corpus.Span, at int) int {
	return max(1, slices.IndexFunc(all, func(s corpus.Span) bool { return at < s.End })+1)
}

// showMentions fills in the table; each row leads to its place.
func (v *articleView) showMentions(all []corpus.Span, marks []mark) {
	place := map[int]int{}
	for _, m := range marks {
		if m.kind == isMention {
			place[m.mention] = m.span.Start
		}
	}
	for i, m := range v.Article.Mentions {
		address := "#m" + strconv.Itoa(i+1)
		if part := partOf(all, place[i+1]); part != v.Part {
			address = withParams(v.address, "part", strconv.Itoa(part), "lang", "") + address
		}
		v.Mentions = append(v.Mentions, mentionView{
			Mention: m, Number: i + 1, Address: address, Amount: amount(m), Why: whyMention(v.Lang, m), Rules: rulesAddress(m.Sentence),
		})
	}
}

// BackToSearch is the address of the search that led here.
func (v articleView) BackToSearch() string {
	return searchAddress(v.Q)
}

// searchAddress is the page of a search.
func searchAddress(q string) string {
	address := url.URL{Path: "/", RawQuery: url.Values{"q": {q}}.Encode()}
	return address.String()
}

// SourceText is who published the article.
func (v articleView) SourceText() string { return shorten(v.Article.Document.Source, 120) }

// Published is when.
func (v articleView) Published() string { return v.Article.Document.Moment().String() }

// Flagged is the flags of a mention in the language of the page.
func (v articleView) Flagged(m mentionView) string {
	var out []string
	for _, f := range m.Flags {
		out = append(out, v.T("flag."+f))
	}
	return strings.Join(out, ", ")
}

// amount is the value of a mention with its bounds.
func amount(m table.Mention) string {
	bound := func(n *int64, open string) string {
		if n == nil {
			return open
		}
		return grouped(*n)
	}
	switch {
	case m.Value != nil && m.Lo != nil && m.Hi != nil && *m.Lo == *m.Value && *m.Hi == *m.Value:
		return grouped(*m.Value)
	case m.Value == nil && m.Lo == nil && m.Hi == nil:
		return "?"
	case m.Lo == nil && m.Hi == nil:
		return "≈ " + grouped(*m.Value)
	}
	between := fmt.Sprintf("%s–%s", bound(m.Lo, "…"), bound(m.Hi, "…"))
	if m.Value == nil {
		return between
	}
	return grouped(*m.Value) + " (" + between + ")"
}
