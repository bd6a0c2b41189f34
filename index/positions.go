package index

import (
	"context"
	"errors"
	"fmt"
	"slices"

	bleveindex "github.com/blevesearch/bleve_index_api"
)

// partPlaces finds where a part stands in one document after the other.
type partPlaces struct {
	slots  []slotPlaces
	length int
	starts []int // in the document that was looked for last, ordered
}

// slotPlaces finds where a word stands.
type slotPlaces struct {
	pos   int
	words *places
	not   []*places
}

// places reads the positions of one word.
type places struct {
	reader bleveindex.TermFieldReader
	room   bleveindex.TermFieldDoc
	doc    *bleveindex.TermFieldDoc // where the reader stands
	ended  bool
	found  []int
}

// openPart opens the positions of a part. What was opened is closed by close,
// also after an error.
func openPart(ctx context.Context, i bleveindex.IndexReader, p part) (*partPlaces, error) {
	out := &partPlaces{length: p.length}
	for _, w := range p.slots {
		words, err := openPlaces(ctx, i, w.field, w.text)
		if err != nil {
			return out, err
		}
		out.slots = append(out.slots, slotPlaces{pos: w.pos, words: words})
		if w.not == nil {
			continue
		}
		any := pattern{w.text, w.not.text, func(string) bool { return true }, 0}
		forms, err := any.words(ctx, i, w.not.field)
		if err != nil {
			return out, err
		}
		last := &out.slots[len(out.slots)-1]
		for _, form := range forms {
			not, err := openPlaces(ctx, i, w.not.field, form)
			if err != nil {
				return out, err
			}
			last.not = append(last.not, not)
		}
	}
	return out, nil
}

func openPlaces(ctx context.Context, i bleveindex.IndexReader, field, word string) (*places, error) {
	reader, err := i.TermFieldReader(ctx, []byte(word), field, true, false, true)
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", word, err)
	}
	return &places{reader: reader}, nil
}

func (p *partPlaces) close() error {
	var err error
	for _, s := range p.slots {
		err = errors.Join(err, s.words.reader.Close())
		for _, n := range s.not {
			err = errors.Join(err, n.reader.Close())
		}
	}
	return err
}

// find looks for the part in a document.
func (p *partPlaces) find(id bleveindex.IndexInternalID) error {
	p.starts = p.starts[:0]
	for i := range p.slots {
		s := &p.slots[i]
		if err := s.find(id); err != nil {
			return err
		}
		if i == 0 {
			p.starts = append(p.starts, s.words.found...)
			continue
		}
		p.starts = slices.DeleteFunc(p.starts, func(start int) bool {
			_, ok := slices.BinarySearch(s.words.found, start+s.pos)
			return !ok
		})
	}
	return nil
}

func (s *slotPlaces) find(id bleveindex.IndexInternalID) error {
	if err := s.words.find(id); err != nil {
		return err
	}
	for _, n := range s.not {
		if err := n.find(id); err != nil {
			return err
		}
		s.words.found = slices.DeleteFunc(s.words.found, func(at int) bool {
			_, ok := slices.BinarySearch(n.found, at)
			return ok
		})
	}
	return nil
}

// find reads the positions in a document that is not before the last one.
func (p *places) find(id bleveindex.IndexInternalID) error {
	p.found = p.found[:0]
	if !p.ended && (p.doc == nil || p.doc.ID.Compare(id) < 0) {
		var err error
		if p.doc, err = p.reader.Advance(id, p.room.Reset()); err != nil {
			return fmt.Errorf("read positions: %w", err)
		}
		p.ended = p.doc == nil
	}
	if p.ended || !p.doc.ID.Equals(id) {
		return nil
	}
	p.found = appendPositions(p.found, p.doc)
	return nil
}
