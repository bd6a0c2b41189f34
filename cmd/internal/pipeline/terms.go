package pipeline

import (
	"context"
	"errors"
	"fmt"

	"jianbao/corpus"
	"jianbao/corpus/frequency"
	"jianbao/corpus/words"
	"jianbao/segment/lexicon"
)

// TermOptions say what is counted, and what of it is listed.
type TermOptions struct {
	Query     string // articles that it finds; empty: all
	N         int    // words of an n-gram, from 1
	Least     int64  // frequency from which on a row is listed
	Limit     int    // rows
	StopWords bool   // list stop words too
	Marks     bool   // marks are words too
	Reprints  bool   // count every reprint; else one article a cluster
	Most      int    // articles that are counted, drawn by chance; 0 for all
}

func (o *TermOptions) counting() frequency.Options {
	out := frequency.Options{N: o.N, Marks: o.Marks, Least: o.Least}
	if !o.StopWords {
		out.Stop = lexicon.IsStopWord
	}
	return out
}

// counting is an article while its words are counted.
type counting struct {
	docID  string
	day    *corpus.Date
	source string
	words  []words.Word
}

// eachText calls do with the words of the wanted articles, in the order of the
// tables.
func (c *Corpus) eachText(ctx context.Context, wanted func(docID string) bool, do func(*counting) error) error {
	cut := func(a *article) *counting {
		folded := fold(a.Text)
		tokens := c.p.segmenter.Append(make([]corpus.Token, 0, len(folded)/5), folded)
		return &counting{a.DocID, a.Published, a.Source, words.Of(make([]words.Word, 0, len(tokens)), folded, tokens)}
	}
	return overArticles(ctx, c.store, wanted, cut, func(t *counting) (bool, error) { return true, do(t) })
}

// WordList is the words of a sub-corpus: the shape of `terms -o json`.
type WordList struct {
	Query    string          `json:"query"`
	Articles int64           `json:"articles"`
	Found    int64           `json:"found,omitempty"` // articles, when they are more than are counted
	Total    int64           `json:"total"`           // words, or n-grams, in all
	Words    []frequency.Row `json:"words"`
}

// Words lists the words or n-grams of a corpus, the most frequent first. A wrong
// query is a *query.SyntaxError.
func (c *Corpus) Words(ctx context.Context, o TermOptions) (out WordList, err error) {
	s, err := c.choose(ctx, ExportOptions{Query: o.Query})
	if err != nil {
		return out, err
	}
	found := s.draw(o.Most, o.Reprints)
	l := frequency.NewList(o.counting())
	defer func() { err = errors.Join(err, l.Close()) }()
	out.Query = o.Query
	err = c.eachText(ctx, s.wanted(o.Reprints), func(t *counting) error {
		out.Articles++
		return l.Add(t.words, 0)
	})
	if err != nil {
		return out, err
	}
	out.Total, out.Found = l.Total(0), beyond(found, out.Articles)
	out.Words, err = frequency.Top(l.Rows(), o.Limit, frequency.MostFrequent)
	return out, err
}

// Collocates is what stands near a word: the shape of `terms --collocates -o json`.
type Collocates struct {
	Query      string                `json:"query"`
	Node       string                `json:"node"` // its words with a space between
	Articles   int64                 `json:"articles"`
	Found      int64                 `json:"found,omitempty"` // articles, when they are more than are counted
	Nodes      int64                 `json:"nodes"`           // how often it occurs
	Near       int64                 `json:"near"`            // words near it
	Others     int64                 `json:"others"`          // words in all, but those of the node
	Collocates []frequency.Collocate `json:"collocates"`
}

// Span is how many words to the left and to the right are near.
type Span struct{ Left, Right int }

// Collocates lists what stands near a word, in the order of compare. What is not
// a word is an error.
func (c *Corpus) Collocates(ctx context.Context, word string, near Span, compare func(a, b frequency.Collocate) int, o TermOptions) (out Collocates, err error) {
	node, err := c.node(word)
	if err != nil {
		return out, err
	}
	s, err := c.choose(ctx, ExportOptions{Query: o.Query})
	if err != nil {
		return out, err
	}
	found := s.draw(o.Most, o.Reprints)
	all := frequency.NewCollocations(node, near.Left, near.Right, o.counting())
	defer func() { err = errors.Join(err, all.Close()) }()
	out.Query, out.Node = o.Query, joined(node)
	err = c.eachText(ctx, s.wanted(o.Reprints), func(t *counting) error {
		out.Articles++
		return all.Add(t.words)
	})
	if err != nil {
		return out, err
	}
	out.Found = beyond(found, out.Articles)
	out.Nodes, out.Near, out.Others = all.Total()
	out.Collocates, err = frequency.Top(all.Rows(), o.Limit, compare)
	return out, err
}

// ErrNoWord is something typed for a word that has none in it.
var ErrNoWord = errors.New("no word")

// node is a word as typed, in either script, as the words that texts are cut into.
func (c *Corpus) node(typed string) ([]string, error) {
	folded := fold(typed)
	var node []string
	for _, w := range words.Of(nil, folded, c.p.segmenter.Append(nil, folded)) {
		if w.Kind == words.Plain {
			node = append(node, w.Text)
		}
	}
	if len(node) == 0 {
		return nil, fmt.Errorf("%q: %w", typed, ErrNoWord)
	}
	return node, nil
}
