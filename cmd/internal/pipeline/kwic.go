package pipeline

import (
	"context"

	"jianbao/corpus/concordance"
	"jianbao/index/query"
)

// KWICOptions say what a concordance shows.
type KWICOptions struct {
	Window   concordance.Window
	Lines    concordance.Options
	Reprints bool // lines of every reprint; else of one article a cluster
	Most     int  // articles that are looked at, drawn by chance; 0 for all
}

// KWIC is what a concordance is of.
type KWIC struct {
	Query    string `json:"query"`
	Parsed   string `json:"parsed"`
	Hits     int    `json:"hits"`     // that were found
	Articles int    `json:"articles"` // that have them
	Complete bool   `json:"complete"` // false when the search ended with the last line that was asked for

	Found int `json:"-"` // articles that the query finds
	Drawn int `json:"-"` // of them were looked at, or would have been
}

// KWIC finds every place in a text that has what a query asks for, in the articles
// that match it, and calls emit with the lines that o asks for. Those that need no
// sorting are emitted as they are found, in the order of the tables. A wrong query
// is a *query.SyntaxError; other errors are those of emit, concordance.ErrTooMany
// and of an index that is behind the tables.
func (c *Corpus) KWIC(ctx context.Context, typed string, o KWICOptions, emit func(concordance.Line) error) (KWIC, error) {
	parsed, err := query.Parse(typed, c.p.categories...)
	if err != nil {
		return KWIC{}, err
	}
	k := &kwic{opts: o, emit: emit, about: KWIC{Query: typed, Parsed: parsed.String(), Complete: true}}
	s, err := c.choose(ctx, ExportOptions{Query: typed})
	if err != nil || len(s.articles) == 0 {
		return k.about, err
	}
	k.about.Found = s.draw(o.Most, o.Reprints)
	k.about.Drawn = k.about.Found
	if o.Most > 0 {
		k.about.Drawn = min(o.Most, k.about.Found)
	}
	idx, err := c.Index()
	if err != nil {
		return KWIC{}, err
	}
	k.lines = concordance.NewCollector(o.Lines)
	finder := &hitFinder{idx, idx.Highlighter(withSynonyms(parsed)), o}
	if err := inOrder(ctx, s.inOrder(o.Reprints), finder.lines, k.add); err != nil {
		return KWIC{}, err
	}
	return k.about, k.finish()
}

// wanted chooses articles: all of the selection, or one a cluster of reprints.
func (s *selection) wanted(reprints bool) func(docID string) bool {
	return func(docID string) bool {
		a := s.find(docID)
		return a != nil && (reprints || a.representative)
	}
}

// inOrder are the articles of the selection, or one a cluster of reprints, in the
// order of the tables.
func (s *selection) inOrder(reprints bool) []articleID {
	out := make([]articleID, 0, len(s.order))
	for _, id := range s.order {
		if reprints || s.articles[id].representative {
			out = append(out, id)
		}
	}
	return out
}

// kwic takes lines and hands them on.
type kwic struct {
	opts  KWICOptions
	emit  func(concordance.Line) error
	lines *concordance.Collector
	about KWIC
}

// add takes the lines of one article.
func (k *kwic) add(lines []concordance.Line) (more bool, err error) {
	if len(lines) > 0 {
		k.about.Articles++
	}
	for _, l := range lines {
		if k.full() {
			k.about.Complete = false
			return false, nil
		}
		k.about.Hits++
		if k.opts.Lines.Streams() {
			err = k.emit(l)
		} else {
			err = k.lines.Add(l)
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// full reports whether no further line can be shown.
func (k *kwic) full() bool {
	return k.opts.Lines.Streams() && k.opts.Lines.Limit > 0 && k.about.Hits == k.opts.Lines.Limit
}

func (k *kwic) finish() error {
	for _, l := range k.lines.Lines() {
		if err := k.emit(l); err != nil {
			return err
		}
	}
	return nil
}
