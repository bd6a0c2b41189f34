package verify

import (
	"context"
	"encoding/hex"
	"sort"

	"jianbao/corpus/table"
)

// id is a doc_id, decoded.
type id [16]byte

// parseID reads 32 hex digits in small letters.
func parseID(s string) (out id, ok bool) {
	if len(s) != 2*len(out) {
		return out, false
	}
	_, err := hex.Decode(out[:], []byte(s))
	return out, err == nil && out.String() == s
}

func (i id) String() string { return hex.EncodeToString(i[:]) }

// catalog numbers the documents of the corpus in the order of their rows.
type catalog struct {
	number map[id]int
	ids    []id  // by number
	first  []int // by batch: the number of its first document
	twice  map[id]bool
}

// find is the number of a document.
func (c *catalog) find(docID string) (n int, ok bool) {
	key, ok := parseID(docID)
	if ok {
		n, ok = c.number[key]
	}
	return n, ok
}

// batch is the batch that holds document n.
func (c *catalog) batch(n int) int {
	return sort.Search(len(c.first), func(i int) bool { return c.first[i] > n }) - 1
}

// size is how many documents batch i has, those left out that came before.
func (c *catalog) size(i int) int {
	if i+1 < len(c.first) {
		return c.first[i+1] - c.first[i]
	}
	return len(c.ids) - c.first[i]
}

// loadDocuments reads the doc_ids of the corpus and finds those that are there
// twice.
func (c *Checker) loadDocuments(ctx context.Context) error {
	c.docs = &catalog{number: make(map[id]int, c.sum.Documents), twice: make(map[id]bool)}
	type document struct {
		DocID string `parquet:"doc_id"`
	}
	for i := range c.reader.Manifest().Batches {
		c.docs.first = append(c.docs.first, len(c.docs.ids))
		l := c.listedIn(i, table.Documents)
		if !c.usable(l) {
			continue
		}
		err := rowsOf(ctx, c, l, func(row int64, d document) error {
			c.addDocument(l, row, d.DocID)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *Checker) addDocument(l listed, row int64, docID string) {
	key, ok := parseID(docID)
	if !ok {
		c.wrongRow(l, row, docID, DocID, "%q is no doc_id", docID)
		return
	}
	if n, ok := c.docs.number[key]; ok {
		c.docs.twice[key] = true
		c.wrongRow(l, row, docID, Duplicate, "the document is in batch %s already", c.reader.Manifest().Batches[c.docs.batch(n)].ID)
		return
	}
	c.docs.number[key] = len(c.docs.ids)
	c.docs.ids = append(c.docs.ids, key)
}
