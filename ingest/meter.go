package ingest

import (
	"context"
	"fmt"
	"io"
)

// counter counts the bytes that come out of a reader, and ends it when the
// run is cancelled.
type counter struct {
	ctx   context.Context
	in    io.Reader
	n     int64
	err   error  // the first error that was none of the end
	total *total // of the archive that these are members' bytes of; nil outside of one
	held  error  // what the next Read returns: a look ahead met it and went by
}

func (c *counter) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	if err := c.held; err != nil {
		c.held = nil
		return 0, err
	}
	n, err := c.in.Read(p)
	c.n += int64(n)
	if err != nil && err != io.EOF && c.err == nil {
		c.err = err
	}
	if tooMuch := c.total.add(int64(n)); tooMuch != nil {
		return n, tooMuch
	}
	return n, err
}

// meter refuses what expands too much: more than ratio times what was read
// from the source, after the first MB.
type meter struct {
	in     io.Reader
	source func() int64 // compressed bytes so far
	ratio  int64
	n      int64
	err    error
}

func (m *meter) Read(p []byte) (int, error) {
	if m.err != nil {
		return 0, m.err
	}
	n, err := m.in.Read(p)
	m.n += int64(n)
	if tooMuch := m.check(); tooMuch != nil {
		return n, tooMuch
	}
	return n, err
}

func (m *meter) check() error {
	if source := m.source(); m.n > freeExpansion && m.n/m.ratio > source {
		m.err = &fault{Bomb, fmt.Errorf("%d bytes became %d and more", source, m.n)}
	}
	return m.err
}

// total is what the members of one archive have expanded to.
type total struct{ n, max int64 }

func (t *total) add(n int64) error {
	if t == nil {
		return nil
	}
	if t.n += n; t.n > t.max {
		return &fault{ArchiveTooLarge, fmt.Errorf("the members come to more than %d bytes", t.max)}
	}
	return nil
}
