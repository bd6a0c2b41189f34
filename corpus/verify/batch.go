package verify

import (
	"context"
	"errors"
	"fmt"
	"os"

	"jianbao/corpus/table"
)

// How the documents of a batch are parted: the rows that belong to those of one
// part are held in memory.
const (
	partDocuments = 1024
	maxParts      = 256 // files open at once; a batch of more documents has larger parts
)

// parting deals the documents of a batch out to parts, in their order.
type parting struct{ parts, size int }

func newParting(documents int) parting {
	p := parting{size: partDocuments}
	if documents > maxParts*partDocuments {
		p.size = (documents + maxParts - 1) / maxParts
	}
	p.parts = max(1, (documents+p.size-1)/p.size)
	return p
}

// batch checks the rows of the i-th batch, sightings aside.
func (c *Checker) batch(ctx context.Context, i int) (err error) {
	dir, err := os.MkdirTemp(c.opts.TempDir, "jianbao-verify-")
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b := &batch{Checker: c, i: i, parting: newParting(c.docs.size(i))}
	b.documents, b.files = c.listedIn(i, table.Documents), map[string]listed{}
	if b.origins, err = c.originsOf(ctx, i); err != nil {
		return err
	}
	if b.edits, err = deal(ctx, b, dir, editID, nil); err != nil {
		return err
	}
	if b.sentences, err = deal(ctx, b, dir, sentenceID, nil); err != nil {
		return err
	}
	if b.mentions, err = deal(ctx, b, dir, mentionID, b.mentionAlone); err != nil {
		return err
	}
	if !c.usable(b.documents) {
		return nil
	}
	return b.join(ctx)
}

// batch is a batch whose rows are being checked. A spool is nil when its table
// is of no use.
type batch struct {
	*Checker
	i         int
	parting   parting
	documents listed
	files     map[string]listed
	origins   map[string]bool // batch_ids that its documents may have; nil when that is not known
	edits     *spool[table.Edit]
	sentences *spool[table.Sentence]
	mentions  *spool[table.Mention]
}

// originsOf is the batches of which the i-th was made: itself, unless it lists
// others.
func (c *Checker) originsOf(ctx context.Context, i int) (map[string]bool, error) {
	l := c.listedIn(i, table.Batches)
	if _, made := l.batch.Files[table.Batches]; !made {
		return map[string]bool{l.batch.ID: true}, nil
	}
	if !c.usable(l) {
		return nil, nil
	}
	all := make(map[string]bool)
	err := inOrder(ctx, c, l, func(table.Batch) string { return "" }, func(_ int64, b table.Batch) error {
		all[b.BatchID] = true
		return nil
	})
	if err != nil || !c.usable(l) {
		return nil, err
	}
	return all, nil
}

func editID(e *table.Edit) string         { return e.DocID }
func sentenceID(s *table.Sentence) string { return s.DocID }
func mentionID(m *table.Mention) string   { return m.DocID }

// deal checks the rows of a table that can be judged alone, and deals them out
// to the parts of their documents.
func deal[T table.Row[T]](ctx context.Context, b *batch, dir string, docID func(*T) string, alone func(l listed, row int64, r *T)) (_ *spool[T], err error) {
	l := b.listedIn(b.i, table.Name[T]())
	b.files[l.table] = l
	if !b.usable(l) {
		return nil, nil
	}
	s, err := newSpool[T](dir, l.table, b.parting.parts)
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	err = inOrder(ctx, b.Checker, l, func(r T) string { return docID(&r) }, func(row int64, r T) error {
		if alone != nil {
			alone(l, row, &r)
		}
		n, ok := b.owner(l, row, docID(&r))
		if !ok {
			return nil
		}
		return s.add((n-b.docs.first[b.i])/b.parting.size, row, r)
	})
	if err := errors.Join(err, s.close()); err != nil {
		return nil, err
	}
	if !b.usable(l) {
		return nil, nil
	}
	return s, nil
}

// owner is the number of the document that a row of this batch belongs to. One
// that is not in this batch is reported.
func (b *batch) owner(l listed, row int64, docID string) (n int, ok bool) {
	n, ok = b.docs.find(docID)
	switch {
	case !ok && b.usable(b.documents):
		b.wrongRow(l, row, docID, Orphan, "there is no such document")
	case ok && b.docs.batch(n) != b.i && b.docs.twice[b.docs.ids[n]]:
		return n, false // that was reported
	case ok && b.docs.batch(n) != b.i:
		b.wrongRow(l, row, docID, Orphan, "its document is in batch %s", b.reader.Manifest().Batches[b.docs.batch(n)].ID)
		return n, false
	}
	return n, ok
}

// join reads the documents part by part, each with the rows that belong to it.
func (b *batch) join(ctx context.Context) error {
	at := -1
	var edits map[string][]placed[table.Edit]
	var sentences map[string][]placed[table.Sentence]
	var mentions map[string][]placed[table.Mention]
	return inOrder(ctx, b.Checker, b.documents, func(d table.Document) string { return d.DocID }, func(row int64, d table.Document) error {
		n, ok := b.docs.find(d.DocID)
		part := (n - b.docs.first[b.i]) / b.parting.size
		if !ok || b.docs.batch(n) != b.i || part < at {
			return nil // reported when the doc_ids were read
		}
		if part > at {
			at = part
			var errs [3]error
			edits, errs[0] = partOf(b.edits, part, editID)
			sentences, errs[1] = partOf(b.sentences, part, sentenceID)
			mentions, errs[2] = partOf(b.mentions, part, mentionID)
			if err := errors.Join(errs[:]...); err != nil {
				return fmt.Errorf("verify: %w", err)
			}
		}
		b.document(row, &d, edits[d.DocID], sentences[d.DocID], mentions[d.DocID])
		return nil
	})
}

// partOf is a part of a spool; nothing of one that is not there.
func partOf[T any](s *spool[T], i int, docID func(*T) string) (map[string][]placed[T], error) {
	if s == nil {
		return nil, nil
	}
	return s.part(i, docID)
}
