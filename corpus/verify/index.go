package verify

import (
	"context"
	"fmt"
	"iter"
)

// Index is a generation of the index, as this package must know it.
type Index struct {
	Path     string // absolute
	Manifest int64  // that it was made from
	Check    func(context.Context) error
	IDs      func(context.Context) iter.Seq2[string, error]
}

// Index checks a generation that was opened before the manifest was. Call it
// after Tables.
func (c *Checker) Index(ctx context.Context, x Index) error {
	file := c.relative(x.Path)
	state := fmt.Sprintf("made from manifest %d, the corpus is at %d", x.Manifest, c.sum.Manifest)
	if x.Manifest > c.sum.Manifest {
		c.wrongIndex(file, Metadata, "", state)
		return nil
	}
	if !c.isCurrent(x.Manifest) {
		c.behind(file, state, catchUp+", as does "+reindex)
	}
	if c.opts.Quick {
		return nil
	}
	if err := x.Check(ctx); err != nil {
		c.wrongIndex(file, Unreadable, "", err.Error())
		return ctx.Err()
	}
	if !c.isCurrent(x.Manifest) {
		return nil
	}
	return c.indexed(ctx, file, x)
}

// indexed checks that the index holds the documents of the corpus, each once.
func (c *Checker) indexed(ctx context.Context, file string, x Index) error {
	met := c.members()
	for docID, err := range x.IDs(ctx) {
		if err != nil {
			c.wrongIndex(file, Unreadable, "", err.Error())
			return ctx.Err()
		}
		before, known := met.mark(docID)
		if before {
			c.wrongIndex(file, Duplicate, docID, "the document is in it twice")
		}
		if !known && c.isWhole() {
			c.wrongIndex(file, Excess, docID, "there is no such document")
		}
	}
	c.lacks(file, reindex, met)
	return nil
}

func (c *Checker) wrongIndex(file string, check Check, docID, message string) {
	c.report.add(Problem{Severity: Error, Check: check, File: file, DocID: docID, Message: message, Mend: reindex})
}

// NoIndex reports an index that cannot be opened; a nil error says that there is
// none.
func (c *Checker) NoIndex(path string, err error) {
	file := c.relative(path)
	switch {
	case err != nil:
		c.wrongIndex(file, Unreadable, "", err.Error())
	case c.sum.Documents > 0:
		c.behind(file, "there is none", catchUp+", as does "+reindex)
	}
}
