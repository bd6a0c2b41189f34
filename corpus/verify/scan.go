package verify

import (
	"context"

	"jianbao/corpus/table"
)

// rowsOf calls f with the rows of a file, numbered from 0. A file that does not
// decode is reported, and no more is looked at of it. An error is one of f or
// of ctx.
func rowsOf[T any](ctx context.Context, c *Checker, l listed, f func(row int64, r T) error) error {
	var n int64
	for r, err := range table.ReadFile[T](l.path) {
		if err != nil {
			c.spoiled[l.name] = true
			c.wrong(l, Unreadable, "after row %d: %v", n, err)
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f(n, r); err != nil {
			return err
		}
		n++
	}
	return nil
}

// inOrder is rowsOf of whole rows. It reports those that are out of the order
// of their table, and the same row twice.
func inOrder[T table.Row[T]](ctx context.Context, c *Checker, l listed, docID func(T) string, f func(row int64, r T) error) error {
	var last T
	return rowsOf(ctx, c, l, func(row int64, r T) error {
		if row > 0 {
			switch order := table.Compare(last, r); {
			case order > 0:
				c.wrongRow(l, row, docID(r), Order, "the row belongs before the one that it comes after")
			case order == 0:
				c.wrongRow(l, row, docID(r), Duplicate, "the row before it is of the same place")
			}
		}
		last = r
		return f(row, r)
	})
}
