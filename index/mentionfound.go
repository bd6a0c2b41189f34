package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
)

// atomFound is what an atom found in a block: its documents, and what is needed
// to find its mentions without walking and opening its keys again.
type atomFound struct {
	docs *roaring.Bitmap
	keys []string   // of many documents
	few  []mentions // of keys of few documents, which most keys are
	left bool       // there are more than may be kept
}

// mentions are some of one document, as bits.
type mentions struct{ doc, set uint32 }

const (
	fewDocs = 8       // of a key that is read at once
	maxKept = 1 << 16 // keys and mentions of all atoms of a question
)

// keep keeps what append adds to f, if there is room for it.
func (r *mentionReader) keep(f *atomFound, add func()) {
	if r.room--; r.room < 0 {
		f.left = true
		return
	}
	add()
}

// find is what an atom finds.
func (r *mentionReader) find(ctx context.Context, n *atomNode) (*atomFound, error) {
	if f, ok := r.found[n]; ok {
		return f, nil
	}
	f, docs := &atomFound{}, newDenseDocs(r.docs)
	err := n.keys(ctx, r, func(key string) error { return r.open(f, docs, key) })
	f.docs = docs.bitmap()
	r.found[n] = f
	return f, err
}

// open adds what is found by one key.
func (r *mentionReader) open(f *atomFound, docs *denseDocs, key string) error {
	hits, err := r.postings(key, r.sets)
	if err != nil {
		return err
	}
	n := uint64(1)
	if doc, ok := hits.DocNum1Hit(); ok {
		docs.addOne(uint32(doc))
	} else if all := hits.ActualBitmap(); all != nil {
		n = all.GetCardinality()
		docs.add(all, n)
	}
	switch {
	case !r.sets:
		return nil
	case n > fewDocs:
		r.keep(f, func() { f.keys = append(f.keys, key) })
		return nil
	}
	return r.eachSet(func(doc, set uint32) {
		r.keep(f, func() { f.few = append(f.few, mentions{doc, set}) })
	})
}

// denseDocs are documents as bits, which small sets are added to much faster
// than to each other.
type denseDocs struct {
	bits  []uint64
	large *roaring.Bitmap
}

// A part of a roaring set with fewer documents than smallSet is a list or has
// ranges, which can be added to bits. Its parts have rangeWords words.
const (
	smallSet   = 4096
	rangeWords = 1 << 16 / 64
)

func newDenseDocs(docs int) *denseDocs {
	return &denseDocs{make([]uint64, (docs/64/rangeWords+1)*rangeWords), roaring.New()}
}

func (d *denseDocs) addOne(doc uint32) { d.bits[doc/64] |= 1 << (doc % 64) }

// add adds n documents.
func (d *denseDocs) add(docs *roaring.Bitmap, n uint64) {
	if n < smallSet {
		docs.WriteDenseTo(d.bits)
	} else {
		d.large.Or(docs)
	}
}

// bitmap takes what was added.
func (d *denseDocs) bitmap() *roaring.Bitmap {
	out := roaring.FromDense(d.bits, false)
	out.Or(d.large)
	return out
}
