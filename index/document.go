package index

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/document"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"jianbao/corpus"
	"jianbao/index/query"
)

// Doc is an article as the index takes it.
type Doc struct {
	ID        string
	URI       string
	Title     string // as printed
	Source    string // as printed
	Authors   []string
	Site      string // a host name; found by the domains above it too
	Place     string
	Province  string // the divisions in which the place lies, as far as known
	City      string
	County    string
	Published corpus.Moment
	Script    corpus.Script

	Text    string         // the folded body; not stored
	Tokens  []corpus.Token // its words: they tile Text
	Printed string         // the body as printed, for exact and for [Reader.Stored]: of as many characters as Text

	// Mentions are the counts in the article, for their categories, terms and
	// rules and for count( ), and to show them. A category is query.IsExtra.
	Mentions []Mention
}

// uriField is stored and cannot be searched.
const uriField = "uri"

// sourceField is the source as a whole, for facets and sorting.
const sourceField = "_source"

// document is d as the library takes it.
func (l *Language) document(d *Doc, p *packer) (*document.Document, error) {
	if d.ID == "" {
		return nil, errors.New("index document: it has no id")
	}
	if err := checkTiles(d.Text, d.Tokens); err != nil {
		return nil, fmt.Errorf("index document %s: %w", d.ID, err)
	}
	out := document.NewDocument(d.ID)
	add := func(f *field) { out.AddField(f) }
	mentions := sync.OnceValue(func() []Mention { return l.foldMentions(d.Mentions) }) // by two fields
	body := &field{name: query.Text, options: wordsOptions | storeOptions,
		pack:  func() []byte { return p.pack(kept(d.Printed, mentions())) },
		terms: func() []term { return l.terms(d.Text, d.Tokens) }}
	for _, f := range l.withPrinted(body, func() string { return d.Text }, d.Printed) {
		add(f)
	}
	title := l.plain(query.Title, d.Title, wordsOptions|storeOptions)
	for _, f := range l.withPrinted(title, func() string { return l.Fold(d.Title) }, d.Title) {
		add(f)
	}
	add(l.plain(query.Source, d.Source, wordsOptions|storeOptions))
	add(l.plain(query.Author, strings.Join(d.Authors, listed), wordsOptions))
	add(l.plain(query.Place, strings.Join(distinct(d.Place, d.Province, d.City, d.County), listed), wordsOptions))
	add(l.keys(query.Province, d.Province))
	add(l.keys(query.City, d.City))
	add(l.keys(query.County, d.County))
	add(l.keys(query.Site, domains(d.Site)...))
	add(l.keys(query.Script, string(d.Script)))
	add(&field{name: sourceField, options: keyOptions, terms: func() []term { return key(l.Fold(strings.TrimSpace(d.Source))) }})
	add(&field{name: uriField, options: storeOptions, stored: d.URI})
	add(&field{name: query.Published, options: keyOptions | storeOptions, stored: d.Published.String(),
		terms: func() []term { return key(day(d.Published)) }})
	add(l.mentions(mentions))
	return out, l.counts(d, add)
}

// listed stands between the parts of a list, so that no phrase reaches across.
const listed = "、"

// distinct are the texts that are not empty, each once.
func distinct(texts ...string) []string {
	var out []string
	for _, t := range texts {
		if t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// domains are a host name and the domains above it that have a dot.
func domains(host string) []string {
	var out []string
	for strings.Contains(host, ".") {
		out = append(out, host)
		_, host, _ = strings.Cut(host, ".")
	}
	if len(out) == 0 {
		return distinct(host)
	}
	return out
}

// day is the day of publication; empty when it is unknown.
func day(m corpus.Moment) string {
	d, ok := m.Day()
	if !ok {
		return ""
	}
	return d.String()
}

// counts are the fields of what an article's mentions have, whichever has it.
func (l *Language) counts(d *Doc, add func(*field)) error {
	terms := map[string][]string{}
	var rules []string
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if !query.IsExtra(m.Category) || m.Category == uriField || m.Category[0] == '_' {
			return fmt.Errorf("index document %s: a category cannot be named %q", d.ID, m.Category)
		}
		if m.Start < 0 || m.End < m.Start {
			return fmt.Errorf("index document %s: a mention stands at [%d,%d)", d.ID, m.Start, m.End)
		}
		terms[m.Category] = append(terms[m.Category], m.Term)
		rules = append(rules, m.Rule)
	}
	categories := slices.Sorted(maps.Keys(terms))
	for _, id := range categories {
		add(l.keys(id, terms[id]...))
	}
	add(l.keys(query.Category, categories...))
	add(l.keys(query.Rule, distinct(rules...)...))
	return nil
}

// plain is a field whose text is segmented here.
func (l *Language) plain(name, text string, options bleveindex.FieldIndexingOptions) *field {
	return &field{name: name, options: options, stored: text, terms: func() []term {
		folded := l.Fold(text)
		return l.terms(folded, l.Segment(nil, folded))
	}}
}

// keys is a field whose values are matched whole.
func (l *Language) keys(name string, values ...string) *field {
	return &field{name: name, options: keyOptions, terms: func() []term {
		var terms []term
		for i, v := range values {
			if key := l.normalText(v); key != "" && len(key) <= maxTermBytes {
				terms = append(terms, term{text: key, pos: i + 1})
			}
		}
		return terms
	}}
}

// key is one value that is matched whole, as it is.
func key(value string) []term {
	if value == "" || len(value) > maxTermBytes {
		return nil
	}
	return []term{{text: value, pos: 1}}
}
