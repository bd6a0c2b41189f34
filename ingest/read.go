package ingest

import (
	"bufio"
	"bytes"
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

// Options bounds what is read. The zero value has the defaults.
type Options struct {
	Format      Format // default Auto
	MaxDocument int64  // bytes of one document; default 20 MB
	MaxLine     int    // bytes of one line of a JSONL file; default 4 MiB
}

func (o Options) withDefaults() Options {
	if o.Format == "" {
		o.Format = Auto
	}
	if o.MaxDocument == 0 {
		o.MaxDocument = 20_000_000
	}
	if o.MaxLine == 0 {
		o.MaxLine = 4 << 20
	}
	return o
}

// Stdin is the path that stands for standard input.
const Stdin = "-"

// ErrNoDocuments says that the paths held nothing to read.
var ErrNoDocuments = errors.New("no documents")

// Read yields the documents of files, folders (all regular files below them
// whose names do not begin with a dot, in the order of their names) and, for
// [Stdin], of stdin. URIs of files are relative to the folder that was given.
// Every path is checked before the first document is read.
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
				r.stream(stdin, "stdin")
			} else {
				r.root(p)
			}
			if r.stopped {
				return
			}
		}
		if r.n == 0 {
			yield(nil, fmt.Errorf("read articles: %w in %s", ErrNoDocuments, strings.Join(paths, ", ")))
		}
	}
}

// Check reports a path that is not there or cannot be opened, before anything
// is done with the others.
func Check(paths ...string) error {
	for _, p := range paths {
		if p == Stdin {
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

func (r *reader) bad(b Bad) bool { return r.emit(nil, &b) }

// root reads one path of the command line.
func (r *reader) root(p string) {
	if info, err := os.Stat(p); err == nil && !info.IsDir() {
		dir, name := filepath.Split(p)
		r.file(os.DirFS(filepath.Clean("./"+dir)), name)
		return
	}
	r.walk(os.DirFS(p))
}

func (r *reader) walk(fsys fs.FS) {
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(path.Base(name), ".")
		switch {
		case err != nil:
			r.bad(Bad{URI: name, Stage: "read", Reason: Unreadable, Err: err})
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
		r.bad(Bad{URI: ".", Stage: "read", Reason: Unreadable, Err: err})
	}
}

func (r *reader) file(fsys fs.FS, name string) {
	f, err := fsys.Open(name)
	if err != nil {
		r.bad(Bad{URI: name, Stage: "read", Reason: Unreadable, Err: err})
		return
	}
	defer f.Close()
	r.stream(f, name)
}

// stream reads one file of any format.
func (r *reader) stream(in io.Reader, uri string) {
	b := bufio.NewReaderSize(in, 64<<10)
	head, _ := b.Peek(512)
	format := r.opts.Format
	if format == Auto {
		format = detect(uri, head)
	}
	if format == JSONL {
		r.jsonLines(b, uri)
		return
	}
	raw, err := io.ReadAll(io.LimitReader(b, r.opts.MaxDocument+1))
	switch {
	case err != nil:
		r.bad(Bad{URI: uri, Stage: "read", Reason: Unreadable, Err: err})
		return
	case int64(len(raw)) > r.opts.MaxDocument:
		r.bad(Bad{URI: uri, Stage: "read", Reason: TooLarge, Offset: r.opts.MaxDocument, Bytes: raw,
			Err: fmt.Errorf("more than %d bytes", r.opts.MaxDocument)})
		return
	}
	media := corpus.Text
	if format == HTML {
		media = corpus.HTML
	}
	r.document(&corpus.Raw{Bytes: raw, Media: media, URI: uri})
}

// document passes on one raw document unless its bytes cannot be text.
func (r *reader) document(raw *corpus.Raw) bool {
	if b := unfit(raw); b != nil {
		return r.bad(*b)
	}
	return r.emit(raw, nil)
}

// unfit says why bytes cannot be an article; nil when they can.
func unfit(raw *corpus.Raw) *Bad {
	b := Bad{URI: raw.URI, Stage: "read", Bytes: raw.Bytes}
	if len(bytes.TrimSpace(raw.Bytes)) == 0 {
		b.Reason = Empty
		return &b
	}
	utf16 := bytes.HasPrefix(raw.Bytes, []byte("\xff\xfe")) || bytes.HasPrefix(raw.Bytes, []byte("\xfe\xff"))
	if at := bytes.IndexByte(raw.Bytes, 0); at >= 0 && !utf16 {
		b.Reason, b.Offset, b.Err = Binary, int64(at), errors.New("a NUL byte")
		return &b
	}
	return nil
}
