package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/extract"
	"jianbao/index/query"
	"jianbao/segment"
	"jianbao/segment/lexicon"
	"jianbao/segment/newword"
	"jianbao/segment/script"
)

// Load is [New] with the words of dictionary files in gse's format.
func Load(rules extract.Rules, dictionaries ...string) (*Pipeline, error) {
	var own []segment.Word
	for _, path := range dictionaries {
		words, err := readDictionary(path)
		if err != nil {
			return nil, err
		}
		own = append(own, words...)
	}
	return New(rules, own...)
}

func readDictionary(path string) ([]segment.Word, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read dictionary: %w", err)
	}
	defer f.Close()
	words, err := segment.ReadDictionary(f, path)
	if err != nil {
		return nil, fmt.Errorf("read dictionary: %w", err)
	}
	return words, nil
}

// Segmented is a text and its words.
type Segmented struct {
	Text   string   `json:"text"`
	Tokens [][2]int `json:"tokens"` // half-open, in code points; they tile Text
}

// Segment cuts a printed text into words.
func (p *Pipeline) Segment(text string) Segmented {
	folded := script.Fold(text)
	at := corpus.NewCodePoints(folded.Text)
	out := Segmented{Text: text, Tokens: [][2]int{}}
	for _, t := range p.segmenter.Append(nil, folded.Text) {
		out.Tokens = append(out.Tokens, [2]int{at.At(t.Start), at.At(t.End)})
	}
	return out
}

// Words is the words as they are printed, white space left out.
func (s Segmented) Words() []string {
	at := corpus.NewCodePoints(s.Text)
	var out []string
	for _, t := range s.Tokens {
		if w := at.Bytes(t[0], t[1]).Of(s.Text); w != " " && w != "\t" && w != "\u3000" {
			out = append(out, w)
		}
	}
	return out
}

// Converter converts text in any script to a variant: hans, hant, tw or hk.
func Converter(variant string) (func(string) string, error) {
	to, err := script.ParseVariant(variant)
	if err != nil {
		return nil, err
	}
	return func(s string) string { return script.Convert(s, to) }, nil
}

// NewWord is a word that no dictionary holds, simplified.
type NewWord struct {
	Word      string   `json:"word"`
	Frequency int      `json:"frequency"`
	Documents int      `json:"documents"`
	Cohesion  float64  `json:"cohesion"` // of its weakest joint, in bits
	Left      float64  `json:"left"`     // entropy of what stands before it, in bits
	Right     float64  `json:"right"`    // of what stands behind it
	By        []string `json:"by"`       // entropy, hmm
	Example   string   `json:"example"`
}

// NewWords finds words of the corpus that no dictionary holds, the best first.
func (c *Corpus) NewWords(ctx context.Context, limit int) ([]NewWord, error) {
	var broken error
	found, err := newword.Find(ctx, c.foldedTexts(ctx, &broken), c.p.segmenter, newword.Options{Limit: limit})
	if err := errors.Join(broken, err); err != nil {
		return nil, err
	}
	out := []NewWord{}
	for _, x := range found.Candidates {
		w := NewWord{
			Word: x.Word, Frequency: x.Frequency, Documents: x.Documents, Cohesion: x.Cohesion, Left: x.Left, Right: x.Right, Example: x.Example,
		}
		for _, s := range x.Sources {
			w.By = append(w.By, string(s))
		}
		out = append(out, w)
	}
	return out, nil
}

// foldedTexts yields the folded bodies of all articles. The first error ends
// it and is kept.
func (c *Corpus) foldedTexts(ctx context.Context, broken *error) iter.Seq[string] {
	type body struct {
		Text string `parquet:"text"`
	}
	return func(yield func(string) bool) {
		for row, err := range store.Rows[body](ctx, c.store, table.Documents) {
			if err != nil {
				*broken = err
				return
			}
			if !yield(fold(row.Text)) {
				return
			}
		}
	}
}

// withSynonyms lets a word of a query be found in the vocabularies of Taiwan and
// Hong Kong too, and the other way round.
func withSynonyms(n query.Node) query.Node {
	switch n := n.(type) {
	case query.And:
		return query.And{Nodes: allWithSynonyms(n.Nodes)}
	case query.Or:
		return query.Or{Nodes: allWithSynonyms(n.Nodes)}
	case query.Not:
		return query.Not{Node: withSynonyms(n.Node)}
	case query.Term:
		if others := lexicon.SynonymsOf(fold(n.Text)); len(others) > 0 && (n.Field == "" || n.Field == query.Text || n.Field == query.Title) {
			either := query.Or{Nodes: []query.Node{n}}
			for _, word := range others {
				either.Nodes = append(either.Nodes, query.Term{Field: n.Field, Text: word})
			}
			return either
		}
	}
	return n
}

func allWithSynonyms(nodes []query.Node) []query.Node {
	out := make([]query.Node, len(nodes))
	for i, n := range nodes {
		out[i] = withSynonyms(n)
	}
	return out
}
