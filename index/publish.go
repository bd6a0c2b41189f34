package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2"
)

// Publish makes what has been indexed visible to readers that open from now
// on, as manifest number, and removes generations beyond Options.Keep. The
// number must be positive and must not go back; to publish an older one, open
// the writer with Options.Rebuild.
func (w *Writer) Publish(ctx context.Context, number int64) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := errors.Join(ctx.Err(), w.failed); err != nil {
		return err
	}
	if number <= 0 || number < w.state.Manifest {
		return fmt.Errorf("publish manifest %d: the index is at %d", number, w.state.Manifest)
	}
	if err := w.saveState(number); err != nil {
		return err
	}
	g, err := w.nextGeneration(number)
	if err != nil {
		return err
	}
	if err := w.makeGeneration(g); err != nil {
		return fmt.Errorf("publish manifest %d: %w", number, err)
	}
	return w.removeOld(g)
}

// saveState writes the state with the number of a manifest in its own
// transaction. All batches that it speaks of are on disk by then.
func (w *Writer) saveState(number int64) error {
	st := w.state
	st.Manifest = number
	value, err := st.marshal()
	if err != nil {
		return err
	}
	b := w.live.NewBatch()
	b.SetInternal([]byte(stateKey), value)
	if err := w.commit(b); err != nil {
		return err
	}
	w.state.Manifest = number
	return nil
}

// nextGeneration is a name for manifest number that is not taken.
func (w *Writer) nextGeneration(number int64) (generation, error) {
	g := generation{manifest: number}
	all, err := generations(w.dir)
	for _, h := range all {
		if h.manifest == number {
			g.again = max(g.again, h.again+1)
		}
	}
	return g, err
}

// makeGeneration links the live index's files under another name, makes them
// durable, and renames the whole.
func (w *Writer) makeGeneration(g generation) (err error) {
	temp, err := os.MkdirTemp(w.dir, tempPrefix)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	root := filepath.Join(temp, g.String())
	live, ok := w.live.(bleve.IndexCopyable)
	if !ok {
		return errors.New("the index cannot be copied")
	}
	if err := live.CopyTo(&linkDirectory{from: filepath.Join(w.dir, liveName), to: root}); err != nil {
		return err
	}
	if err := seal(root); err != nil {
		return err
	}
	if err := os.Rename(root, filepath.Join(w.dir, g.String())); err != nil {
		return err
	}
	return syncPath(w.dir)
}

// linkDirectory receives a copy of an index: it links segment files, which
// never change, and lets the library write the others.
type linkDirectory struct{ from, to string }

// GetWriter returns nil when the file is there already. It implements bleve's
// index.Directory.
func (d *linkDirectory) GetWriter(path string) (io.WriteCloser, error) {
	to := filepath.Join(d.to, path)
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return nil, err
	}
	if filepath.Ext(path) == segmentSuffix {
		if os.Link(filepath.Join(d.from, path), to) == nil {
			return nil, nil
		}
		// A file system without links: the library copies instead.
	}
	f, err := os.OpenFile(to, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err // not f: a nil *os.File is no nil writer
	}
	return f, nil
}

// seal lists the files of a generation and makes all of them durable.
func seal(root string) error {
	list, err := listFiles(root)
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, listName), append(b, '\n'), 0o644); err != nil {
		return err
	}
	return filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncPath(path)
	})
}

// removeOld keeps g and the newest before it. Newer ones belong to a corpus
// that has been rolled back.
func (w *Writer) removeOld(g generation) error {
	all, err := generations(w.dir)
	if err != nil {
		return err
	}
	kept := 0
	for _, h := range all {
		if h.compare(g) <= 0 && kept < w.opts.Keep {
			kept++
			continue
		}
		if err := discard(w.dir, h.String()); err != nil {
			return err
		}
	}
	return nil
}
