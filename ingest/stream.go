package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"jianbao/corpus"
)

// item is a stream of any format under any wrapper.
type item struct {
	uri  string
	name string // by which its format goes
	in   io.Reader
	at   io.ReaderAt // the same bytes, where they can be read at any place; else nil
	size int64       // of what at reads

	expanded  bool   // was compressed
	archive   string // the archive that it is a member of; "" for none
	archiveAt int64  // where in the archive it begins
	total     *total // of the archive
}

// stream finds out what a stream is and reads it.
func (r *reader) stream(it item) {
	source := &counter{ctx: r.ctx, in: it.in}
	b := bufio.NewReaderSize(source, 64<<10)
	head, err := b.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) {
		source.held = err
	}
	if compressed(head) {
		r.decompress(it, b, source)
		return
	}
	source.total = it.total
	if err := it.total.add(int64(b.Buffered())); err != nil {
		r.failed(Bad{URI: it.uri, Err: err})
		return
	}
	switch {
	case isZip(head):
		r.zipFile(it, b)
	case isTar(head, it.name):
		r.tarFile(it, b)
	default:
		r.format(it, b, head)
	}
}

// decompress reads what is in a compressed stream.
func (r *reader) decompress(it item, b *bufio.Reader, source *counter) {
	if it.expanded {
		r.bad(Bad{URI: it.uri, Reason: Nested, Err: errors.New("compressed twice")})
		return
	}
	out, done, err := r.expand(b, source)
	if err != nil {
		r.failed(Bad{URI: it.uri, Err: err})
		return
	}
	defer done()
	it.in = &meter{in: out, source: func() int64 { return source.n }, ratio: r.opts.MaxExpansion}
	it.name, it.at, it.expanded = plainName(it.name), nil, true
	r.stream(it)
}

// format reads a stream without wrappers.
func (r *reader) format(it item, b *bufio.Reader, head []byte) {
	format := r.opts.Format
	if format == Auto {
		format = detect(it.name, head)
	}
	switch format {
	case JSONL:
		r.jsonLines(it, b)
	case WARC, WET:
		r.warc(it, b)
	case Parquet:
		r.parquet(it, b)
	case HTML:
		r.page(it, b, corpus.HTML)
	default:
		r.page(it, b, corpus.Text)
	}
}

// page reads one article that is a file or a member of an archive.
func (r *reader) page(it item, b *bufio.Reader, media corpus.Media) {
	raw, err := io.ReadAll(io.LimitReader(b, r.opts.MaxDocument+1))
	switch {
	case err != nil:
		r.failed(Bad{URI: it.uri, Offset: int64(len(raw)), Bytes: raw, Err: err})
		return
	case int64(len(raw)) > r.opts.MaxDocument:
		r.tooLarge(it.uri, raw)
		return
	}
	if kind := foreignKind(raw[:min(len(raw), headSize)]); kind != "" {
		r.bad(Bad{URI: it.uri, Reason: Binary, Bytes: raw, Err: fmt.Errorf("a file of kind %s", kind)})
		return
	}
	r.document(&corpus.Raw{Bytes: raw, Media: media, URI: it.uri, Container: it.archive, ContainerOffset: it.archiveAt})
}

func (r *reader) tooLarge(uri string, raw []byte) bool {
	return r.bad(Bad{URI: uri, Reason: TooLarge, Offset: r.opts.MaxDocument, Bytes: raw[:r.opts.MaxDocument],
		Err: fmt.Errorf("more than %d bytes", r.opts.MaxDocument)})
}

// document passes on one raw document unless its bytes cannot be text.
func (r *reader) document(raw *corpus.Raw) bool {
	b := Bad{URI: raw.URI, Bytes: raw.Bytes}
	if int64(len(raw.Bytes)) > r.opts.MaxDocument {
		return r.tooLarge(raw.URI, raw.Bytes)
	}
	if len(bytes.TrimSpace(bytes.TrimPrefix(raw.Bytes, byteOrderMark))) == 0 {
		b.Reason = Empty
		return r.bad(b)
	}
	if at := bytes.IndexByte(raw.Bytes, 0); at >= 0 && !isUTF16(raw) {
		b.Reason, b.Offset, b.Err = Binary, int64(at), errors.New("a NUL byte")
		return r.bad(b)
	}
	return r.emit(raw, nil)
}

// isUTF16 reports whether the NUL bytes of a document belong to its encoding.
func isUTF16(raw *corpus.Raw) bool {
	if raw.UTF8 {
		return false
	}
	text, charset, err := DecodeRaw(raw)
	return err == nil && (charset == "UTF-16LE" || charset == "UTF-16BE") && !bytes.ContainsRune([]byte(text), 0)
}

// spool gives a stream that can be read at any place: the file itself, or a
// copy of the stream in a temporary file that done removes.
func (r *reader) spool(it item, in io.Reader) (at io.ReaderAt, size int64, done func(), err error) {
	if it.at != nil {
		return it.at, it.size, func() {}, nil
	}
	f, err := os.CreateTemp("", "jianbao-*")
	if err != nil {
		return nil, 0, nil, err
	}
	done = func() {
		f.Close()
		os.Remove(f.Name())
	}
	size, err = io.Copy(f, io.LimitReader(in, r.opts.MaxArchive+1))
	if err == nil && size > r.opts.MaxArchive {
		err = &fault{ArchiveTooLarge, fmt.Errorf("more than %d bytes", r.opts.MaxArchive)}
	}
	if err != nil {
		done()
		return nil, 0, nil, err
	}
	return f, size, done, nil
}
