package index

import (
	"fmt"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// idWalk finds the numbers of documents whose ids come in order, as a table has
// them: it walks the ids of all segments once, side by side. To look up each
// id in each segment takes five times as long.
type idWalk struct {
	view     *view
	segments []*idSegment
	last     []byte // the id that was asked for last; a copy, since rows may share their memory
}

// idField is the library's field of ids.
const idField = "_id"

// newIDWalk stands before the first id.
func newIDWalk(v *view) (*idWalk, error) {
	w := &idWalk{view: v}
	for _, s := range v.segments {
		words, walk, err := listWords(s, idField)
		if err != nil {
			return nil, fmt.Errorf("list ids: %w", err)
		}
		w.segments = append(w.segments, &idSegment{segmentView: s, words: words, walk: walk})
	}
	return w, nil
}

// find is the number of a document; false when it is not there. An id that
// comes before the last one is looked up.
func (w *idWalk) find(id string) (doc uint64, ok bool, err error) {
	if id < string(w.last) {
		number, err := w.view.InternalID(id)
		if number == nil || err != nil {
			return 0, false, err
		}
		return number.Value(), true, nil
	}
	w.last = append(w.last[:0], id...)
	for _, s := range w.segments {
		if doc, ok, err = s.find(id); ok || err != nil {
			return doc, ok, err
		}
	}
	return 0, false, nil
}

// idSegment walks the ids of one segment.
type idSegment struct {
	segmentView
	words segment.TermDictionary
	walk  segment.DictionaryIterator
	at    string // where it stands; "" before the first id
	ended bool

	list segment.PostingsList
	docs segment.PostingsIterator
}

// find walks on to id. A document that was deleted is not there.
func (s *idSegment) find(id string) (doc uint64, ok bool, err error) {
	for s.at < id && !s.ended {
		word, err := s.walk.Next()
		if err != nil {
			return 0, false, err
		}
		if s.ended = word == nil; !s.ended {
			s.at = word.Term
		}
	}
	if s.ended || s.at != id {
		return 0, false, nil
	}
	if s.list, err = s.words.PostingsList([]byte(id), s.Deleted(), s.list); err != nil {
		return 0, false, err
	}
	s.docs = s.list.Iterator(false, false, false, s.docs)
	posting, err := s.docs.Next()
	if posting == nil || err != nil {
		return 0, false, err
	}
	return uint64(s.first) + posting.Number(), true, nil
}

// listWords lists the words of a field in a segment without reading their
// documents, where the library can.
func listWords(s segmentView, field string) (segment.TermDictionary, segment.DictionaryIterator, error) {
	words, err := s.Segment().Dictionary(field)
	if err != nil {
		return nil, nil, err
	}
	return words, wordsBetween(words, nil, nil), nil
}

// wordsBetween lists the words from one on that are before another; nil is no
// bound.
func wordsBetween(words segment.TermDictionary, from, behind []byte) segment.DictionaryIterator {
	type lister interface {
		AutomatonIteratorOmitCount(a segment.Automaton, from, behind []byte) segment.DictionaryIterator
	}
	if l, ok := words.(lister); ok {
		return l.AutomatonIteratorOmitCount(nil, from, behind)
	}
	return words.AutomatonIterator(nil, from, behind)
}
