package verify

import (
	"context"

	"jianbao/corpus/table"
)

// sightings checks that each is of a document and each document has one, which
// may be in a later batch.
func (c *Checker) sightings(ctx context.Context) error {
	seen, whole := c.members(), true
	for i := range c.reader.Manifest().Batches {
		l := c.listedIn(i, table.Sightings)
		if !c.usable(l) {
			whole = false
			continue
		}
		err := inOrder(ctx, c, l, func(s table.Sighting) string { return s.DocID }, func(row int64, s table.Sighting) error {
			if _, known := seen.mark(s.DocID); !known && c.isWhole() {
				c.wrongRow(l, row, s.DocID, Orphan, "there is no such document")
			}
			return nil
		})
		if err != nil {
			return err
		}
		whole = whole && c.usable(l)
	}
	if !whole {
		return nil
	}
	for n := range seen.missing() {
		l := c.listedIn(c.docs.batch(n), table.Documents)
		c.wrongRow(l, -1, c.docs.ids[n].String(), Unseen, "no sighting says where the document was found")
	}
	return nil
}
