package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"

	"jianbao/corpus"
)

// Stdin is the path that stands for standard input.
const Stdin = "-"

// ErrNoDocuments says that the paths held nothing to read.
var ErrNoDocuments = errors.New("no documents")

// Read yields the documents of files, folders and, for [Stdin], of stdin, then
// those of the paths that Options.FilesFrom lists. Of a folder it takes all
// regular files below it whose names do not begin with a dot, in the order of
// their names; links in it are not followed. Every path but the listed ones is
// checked before the first document is read.
func Read(ctx context.Context, opts Options, stdin io.Reader, paths ...string) iter.Seq2[*corpus.Raw, error] {
	r := &reader{ctx: ctx, opts: opts.withDefaults()}
	return func(yield func(*corpus.Raw, error) bool) {
		r.yield = yield
		if err := Check(paths...); err != nil {
			yield(nil, err)
			return
		}
		for _, p := range paths {
			if p == Stdin {
				r.stream(item{uri: "stdin", name: "stdin", in: stdin})
			} else {
				r.path(p, filepath.Base(p))
			}
			if r.stopped {
				return
			}
		}
		if opts.FilesFrom != nil {
			r.listed(opts.FilesFrom)
		}
		if r.n == 0 && !r.stopped {
			yield(nil, fmt.Errorf("read articles: %w in %s", ErrNoDocuments, strings.Join(paths, ", ")))
		}
	}
}

// Check reports a path that is not there or cannot be opened, before anything
// is done with the others. Pipes and devices are not opened: that could take
// what they hold.
func Check(paths ...string) error {
	for _, p := range paths {
		if p == Stdin {
			continue
		}
		if info, err := os.Stat(p); err == nil && !info.IsDir() && !info.Mode().IsRegular() {
			continue
		}
		f, err := os.Open(p)
		if err != nil {
			return fmt.Errorf("read articles: %w", err)
		}
		if err := f.Close(); err != nil {
			return fmt.Errorf("read articles: %w", err)
		}
	}
	return nil
}

// FS yields the documents of a file system, in the order of their names.
func FS(ctx context.Context, opts Options, fsys fs.FS) iter.Seq2[*corpus.Raw, error] {
	r := &reader{ctx: ctx, opts: opts.withDefaults()}
	return func(yield func(*corpus.Raw, error) bool) {
		r.yield = yield
		r.walk(fsys)
	}
}

// reader is the state of one Read.
type reader struct {
	ctx     context.Context
	opts    Options
	yield   func(*corpus.Raw, error) bool
	stopped bool
	n       int // documents and bad ones so far
	broken  int // of the bad ones: those after which their stream cannot be read on
}

func (r *reader) emit(raw *corpus.Raw, err error) bool {
	if r.stopped {
		return false
	}
	if cause := r.ctx.Err(); cause != nil {
		r.stopped = true
		r.yield(nil, cause)
		return false
	}
	r.n++
	r.stopped = !r.yield(raw, err)
	return !r.stopped
}

func (r *reader) bad(b Bad) bool {
	b.Stage = "read"
	return r.emit(nil, &b)
}

// failed passes on an error of a stream.
func (r *reader) failed(b Bad) bool {
	b.Reason = reasonOf(b.Err)
	r.broken++
	return r.bad(b)
}

// path reads one file or folder. The user named it, so a link is followed.
func (r *reader) path(p, uri string) {
	info, err := os.Stat(p)
	if err != nil {
		r.bad(Bad{URI: uri, Reason: Unreadable, Err: err})
		return
	}
	if info.IsDir() {
		r.folder(p)
		return
	}
	f, err := os.Open(p)
	if err != nil {
		r.bad(Bad{URI: uri, Reason: Unreadable, Err: err})
		return
	}
	defer f.Close()
	r.open(f, uri)
}

// folder reads a folder through an [os.Root], which no link leads out of.
func (r *reader) folder(p string) {
	root, err := os.OpenRoot(p)
	if err != nil {
		r.bad(Bad{URI: ".", Reason: Unreadable, Err: err})
		return
	}
	defer root.Close()
	r.walk(root.FS())
}

func (r *reader) walk(fsys fs.FS) {
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(path.Base(name), ".")
		switch {
		case err != nil:
			r.bad(Bad{URI: name, Reason: Unreadable, Err: err})
		case hidden && d.IsDir():
			return fs.SkipDir
		case d.Type().IsRegular() && !hidden:
			r.file(fsys, name)
		}
		if r.stopped {
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		r.bad(Bad{URI: ".", Reason: Unreadable, Err: err})
	}
}

func (r *reader) file(fsys fs.FS, name string) {
	f, err := fsys.Open(name)
	if err != nil {
		r.bad(Bad{URI: name, Reason: Unreadable, Err: err})
		return
	}
	defer f.Close()
	r.open(f, name)
}

// open reads a file, at any place where the system lets it.
func (r *reader) open(f fs.File, uri string) {
	it := item{uri: uri, name: uri, in: f}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		if at, ok := f.(io.ReaderAt); ok {
			it.at, it.size = at, info.Size()
		}
	}
	r.stream(it)
}
