package index

import (
	"errors"
	"fmt"

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
	Place     string
	Published corpus.Moment
	Script    corpus.Script

	Text    string         // the folded body; not stored
	Tokens  []corpus.Token // its words: they tile Text
	Printed string         // the body as printed; stored, for [Reader.Text]

	// Categories has, for the id of each category that was counted in the
	// article, the terms that were. Both are matched whole:
	// category:branch, branch:临时党支部. An id is query.IsExtra.
	Categories map[string][]string
}

// The names of stored fields that cannot be searched.
const (
	uriField       = "uri"
	publishedField = "published"
)

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
	add(&field{name: query.Text, options: wordsOptions | storeOptions,
		pack:  func() []byte { return p.pack(d.Printed) },
		terms: func() []term { return l.terms(d.Text, d.Tokens) }})
	add(l.plain(query.Title, d.Title, wordsOptions|storeOptions))
	add(l.plain(query.Source, d.Source, wordsOptions|storeOptions))
	add(l.plain(query.Place, d.Place, wordsOptions))
	add(l.keys(query.Script, string(d.Script)))
	add(&field{name: uriField, options: storeOptions, stored: d.URI})
	add(&field{name: publishedField, options: storeOptions, stored: d.Published.String()})
	return out, l.categories(d, add)
}

func (l *Language) categories(d *Doc, add func(*field)) error {
	var ids []string
	for id, terms := range d.Categories {
		if !query.IsExtra(id) || id == uriField || id == publishedField || id[0] == '_' {
			return fmt.Errorf("index document %s: a category cannot be named %q", d.ID, id)
		}
		ids = append(ids, id)
		add(l.keys(id, terms...))
	}
	add(l.keys(query.Category, ids...))
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
