package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// Read yields the records of an archive that Options.Want asks for. What is no
// whole record is an error of type *Damage, after which the sequence goes on;
// there is no other error.
//
// A reader may return an error and then more bytes, as one does that steps over
// a damaged gzip member: the record at that place is damaged, and the search
// for the next one begins behind it.
func Read(in io.Reader, opts Options) iter.Seq2[*Record, error] {
	if opts.MaxBlock <= 0 {
		opts.MaxBlock = 20_000_000
	}
	r := &reader{source: pushback{in: in}, opts: opts}
	r.in = bufio.NewReaderSize(&r.source, 128<<10)
	return func(yield func(*Record, error) bool) {
		for {
			rec, err := r.next()
			if errors.Is(err, errEnd) {
				return
			}
			if rec == nil && err == nil {
				continue
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// errEnd is the end of the archive, or of what can be read of it.
var errEnd = errors.New("end of the archive")

type reader struct {
	source   pushback
	in       *bufio.Reader // over source
	opts     Options
	off      int64
	lost     bool  // the last record was damaged: look for the next one
	returned int64 // bytes that went back to source so far
}

// pushback is a stream to which bytes, and then an error, can be given back.
type pushback struct {
	back []byte
	held error
	in   io.Reader
}

func (p *pushback) Read(b []byte) (int, error) {
	if len(p.back) == 0 {
		if err := p.held; err != nil {
			p.held = nil
			return 0, err
		}
		return p.in.Read(b)
	}
	n := copy(b, p.back)
	p.back = p.back[n:]
	return n, nil
}

// next is the next record; nil when it was passed over.
func (r *reader) next() (*Record, error) {
	if r.lost {
		if err := r.find(); err != nil {
			return nil, errEnd // what was wrong has been told
		}
		r.lost = false
	}
	if err := r.skipBlank(); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, errEnd
		}
		return nil, r.damage(r.off, nil, err)
	}
	start := r.off
	head, err := r.header()
	if err != nil {
		return nil, r.damage(start, head, err)
	}
	_, fields, _ := bytes.Cut(head, []byte("\n"))
	rec := &Record{Offset: start, Header: parseFields(fields)}
	rec.Type = strings.ToLower(rec.Header.Get("WARC-Type"))
	length, err := strconv.ParseInt(rec.Header.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return nil, r.damage(start, head, fmt.Errorf("%w: Content-Length %q", ErrHeader, rec.Header.Get("Content-Length")))
	}
	if r.opts.Want != nil && !r.opts.Want(rec) {
		if err := r.discard(length); err != nil {
			return nil, r.damage(start, head, err)
		}
		return nil, nil
	}
	return r.block(rec, head, length)
}

// block reads the block of a record and makes sure that it ends where the
// header says.
func (r *reader) block(rec *Record, head []byte, length int64) (*Record, error) {
	keep := min(length, r.opts.MaxBlock)
	var b bytes.Buffer
	n, err := io.CopyN(&b, r.in, keep)
	r.off += n
	rec.Block = b.Bytes()
	if err != nil {
		return nil, r.overrun(rec, head, cutOff(err))
	}
	if err := r.discard(length - keep); err != nil {
		return nil, r.damage(rec.Offset, append(head, rec.Block...), err)
	}
	// The checksum of a gzip member comes after the record: only what follows
	// proves it right.
	err = r.skipBlank()
	if errors.Is(err, ErrBoundary) {
		r.source.held = err
	} else if err != nil && !errors.Is(err, io.EOF) {
		return nil, r.damage(rec.Offset, append(head, rec.Block...), err)
	}
	if next, whole := r.peekMagic(); whole && !bytes.Equal(next, magic) {
		return nil, r.overrun(rec, head, fmt.Errorf("%w: no record follows after %d bytes", ErrHeader, length))
	}
	if keep < length {
		return nil, &Damage{rec.Offset, append(head, rec.Block...), fmt.Errorf("%w: %d bytes, more than %d", ErrTooLarge, length, keep)}
	}
	return rec, nil
}

// overrun is the damage of a record whose length may be wrong: the records that
// it swallowed go back to the stream.
func (r *reader) overrun(rec *Record, head []byte, err error) error {
	ahead, _ := r.in.Peek(r.in.Buffered())
	joined := slices.Concat(rec.Block, ahead[:min(len(ahead), len(magic))]) // it may end within the magic
	i := bytes.Index(joined, append([]byte("\n"), magic...))
	// A hostile archive must not make every byte be read many times.
	if tail := int64(len(rec.Block) - i - 1); i >= 0 && r.returned+tail <= 4*r.off+64<<20 && tail > 0 {
		r.returned += tail
		r.off -= tail
		r.source.back = slices.Concat(rec.Block[i+1:], ahead, r.source.back)
		r.in.Reset(&r.source)
		rec.Block = rec.Block[:i+1]
	}
	return r.damage(rec.Offset, append(head, rec.Block...), err)
}

// damage notes that the next record must be looked for.
func (r *reader) damage(off int64, b []byte, err error) error {
	r.lost = true
	return &Damage{Offset: off, Bytes: b, Err: err}
}

// cutOff makes the end of a stream in the middle of something an error.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

var magic = []byte("WARC/")

// peekMagic is the next bytes, as many as the magic has if there are so many.
// An error that it meets is not lost.
func (r *reader) peekMagic() (b []byte, whole bool) {
	b, err := r.in.Peek(len(magic))
	if err != nil && !errors.Is(err, io.EOF) {
		r.source.held = err
	}
	return b, err == nil
}

// skipBlank reads over the line ends between records and makes sure that
// something follows.
func (r *reader) skipBlank() error {
	for {
		b, err := r.in.Peek(1)
		if err != nil {
			return err
		}
		if b[0] != '\r' && b[0] != '\n' {
			return nil
		}
		if err := r.discard(1); err != nil {
			return err
		}
	}
}

// header reads to the empty line after the fields.
func (r *reader) header() (head []byte, err error) {
	for {
		line, err := r.in.ReadSlice('\n')
		r.off += int64(len(line))
		head = append(head, line...)
		switch {
		case len(head) >= len(magic) && !bytes.HasPrefix(head, magic):
			return head, ErrNoRecord
		case len(head) > maxHeader || errors.Is(err, bufio.ErrBufferFull):
			return head, fmt.Errorf("%w: more than %d bytes", ErrHeader, maxHeader)
		case err != nil:
			return head, cutOff(err)
		case len(bytes.TrimRight(line, "\r\n")) == 0:
			return head, nil
		}
	}
}

func (r *reader) discard(n int64) error {
	for n > 0 {
		k, err := r.in.Discard(int(min(n, 1<<20)))
		r.off += int64(k)
		n -= int64(k)
		if err != nil {
			return cutOff(err)
		}
	}
	return nil
}

// find goes to the next line that begins as a record does. One error on the
// way is the damage that has been told already; the second ends the search.
func (r *reader) find() error {
	for failures, lineStart := 0, true; ; {
		if lineStart {
			if b, _ := r.peekMagic(); bytes.Equal(b, magic) {
				return nil
			}
		}
		line, err := r.in.ReadSlice('\n')
		r.off += int64(len(line))
		lineStart = err == nil
		if err == nil || errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if failures++; errors.Is(err, io.EOF) || failures > 1 {
			return err
		}
		lineStart = true // behind a member that was stepped over
	}
}
