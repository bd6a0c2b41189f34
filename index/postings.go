package index

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// postings are the documents of one term, segment by segment. They may be read
// from several goroutines at once.
type postings struct {
	lists []segment.PostingsList
	count float64 // documents in all segments
}

func (v *view) postings(field, term string) (postings, error) {
	p := postings{lists: make([]segment.PostingsList, len(v.segments))}
	for _, s := range v.segments {
		terms, err := s.Segment().Dictionary(field)
		if err != nil {
			return p, fmt.Errorf("find %s in %s: %w", term, field, err)
		}
		list, err := terms.PostingsList([]byte(term), s.Deleted(), nil)
		if err != nil {
			return p, fmt.Errorf("find %s in %s: %w", term, field, err)
		}
		p.lists[s.n] = list
		p.count += float64(list.Count())
	}
	return p, nil
}

// in are the documents of a segment, of those within; of all for nil.
func (p postings) in(s segmentView, within *roaring.Bitmap) *roaring.Bitmap {
	return documents(p.lists[s.n], within)
}

// documents are those of a list that are within; all of them for nil. They are
// shared and not to be changed.
func documents(list segment.PostingsList, within *roaring.Bitmap) *roaring.Bitmap {
	all := unread(list.Iterator(false, false, false, nil))
	if within == nil {
		return all
	}
	return roaring.And(all, within)
}

// unread are the documents of postings of which none has been read.
func unread(it segment.PostingsIterator) *roaring.Bitmap {
	if o, ok := it.(segment.OptimizablePostingsIterator); ok {
		if doc, one := o.DocNum1Hit(); one { // of a term of one document the library keeps no set
			return roaring.BitmapOf(uint32(doc))
		}
		if docs := o.ActualBitmap(); docs != nil {
			return docs
		}
	}
	return roaring.New()
}

// cursor reads postings of some documents.
type cursor struct {
	segment.PostingsIterator
	at   segment.Posting // nil before the first and behind the last
	next uint64          // the first document that was not passed
}

// newCursor reads what list says of those of its documents that are within,
// with the positions of the term if asked.
func newCursor(list segment.PostingsList, within *roaring.Bitmap, positions bool) *cursor {
	c := &cursor{PostingsIterator: list.Iterator(true, true, positions, nil)}
	o, ok := c.PostingsIterator.(segment.OptimizablePostingsIterator)
	if !ok {
		return c
	}
	_, one := o.DocNum1Hit()
	if all := o.ActualBitmap(); !one && all != nil {
		if some := roaring.And(all, within); some.GetCardinality() < all.GetCardinality() {
			o.ReplaceActual(some)
		}
	}
	return c
}

// seek is what stands in a document, which is not before the last one that was
// sought; nil when the term is not in it.
func (c *cursor) seek(doc uint64) (segment.Posting, error) {
	if doc >= c.next {
		var err error
		if c.at, err = c.Advance(doc); err != nil {
			return nil, fmt.Errorf("read postings: %w", err)
		}
		c.next = doc + 1
		if c.at != nil {
			c.next = c.at.Number() + 1
		}
	}
	if c.at == nil || c.at.Number() != doc {
		return nil, nil
	}
	return c.at, nil
}
