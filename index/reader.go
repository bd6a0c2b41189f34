package index

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"
)

// Reader searches one generation of an index, which never changes. It may be
// used from several goroutines at once.
type Reader struct {
	lang       Language
	generation generation
	path       string
	idx        bleve.Index
	state      state
	packer     *packer // nil when no text was indexed
	columns    columns
	daysRead   atomic.Int64 // documents whose day was asked for before there was a column
}

// OpenReader opens the newest generation in dir. It never waits for a writer.
// It fails with ErrNoIndex, ErrStale or ErrCorrupt.
func OpenReader(dir string, lang Language) (*Reader, error) {
	if err := lang.check(); err != nil {
		return nil, err
	}
	g, err := newest(dir)
	for err == nil {
		r, openErr := openGeneration(dir, g, lang)
		if openErr == nil {
			return r, nil
		}
		tried := g
		if g, err = newest(dir); err == nil && g == tried {
			return nil, openErr
		}
		// A writer published another and removed this one meanwhile.
	}
	return nil, err
}

func openGeneration(dir string, g generation, lang Language) (*Reader, error) {
	path := filepath.Join(dir, g.String())
	if err := checkFiles(path); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", path, ErrCorrupt, err)
	}
	idx, st, err := openBleve(path, map[string]any{"read_only": true})
	if err != nil {
		return nil, err
	}
	if st.Format != format {
		err := fmt.Errorf("%s: %w (has %d; want %d)", path, ErrStale, st.Format, format)
		return nil, errors.Join(err, idx.Close())
	}
	p, err := openPacker(idx)
	if err != nil {
		return nil, errors.Join(err, idx.Close())
	}
	return &Reader{lang: lang, generation: g, path: path, idx: idx, state: st, packer: p}, nil
}

// Latest is the manifest number of the newest generation in dir, or
// ErrNoIndex: a server that compares it with Generation knows when to open
// another reader.
func Latest(dir string) (int64, error) {
	g, err := newest(dir)
	return g.manifest, err
}

// Generation is the number of the manifest that is searched.
func (r *Reader) Generation() int64 { return r.generation.manifest }

// Count is the number of documents.
func (r *Reader) Count(ctx context.Context) (n int, err error) {
	defer guard(r.path, &err)
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	count, err := r.idx.DocCount()
	if err != nil {
		return 0, fmt.Errorf("count documents: %w", err)
	}
	return int(count), nil
}

// Close ends the reader once the searches that run have returned.
func (r *Reader) Close() error {
	if err := r.idx.Close(); err != nil && !errors.Is(err, bleve.ErrorIndexClosed) {
		return fmt.Errorf("close index: %w", err)
	}
	return nil
}
