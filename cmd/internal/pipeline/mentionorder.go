package pipeline

import (
	"context"
	"errors"

	"jianbao/corpus/table"
)

// MentionsInTableOrder is [Corpus.Mentions] in the order that the table has as a
// whole: the tables of several batches have it each for itself. What does not
// fit in memory waits in temporary files.
func (c *Corpus) MentionsInTableOrder(ctx context.Context, o MentionOptions, emit func(*table.Mention) error) (found MentionsFound, err error) {
	sorter := newMentionSorter("", o.Limit)
	defer func() { err = errors.Join(err, sorter.close()) }()
	o.Order, o.Limit = "", -1
	if found, err = c.Mentions(ctx, o, sorter.add); err != nil {
		return found, err
	}
	return found, sorter.each(emit)
}
