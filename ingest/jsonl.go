package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"jianbao/corpus"
)

// jsonLines reads one JSON object a line. A bad line is one bad document.
func (r *reader) jsonLines(it item, in *bufio.Reader) {
	offset := int64(0)
	for n := 1; !r.stopped; n++ {
		line, size, err := readLine(in, r.opts.MaxLine)
		bad := Bad{URI: it.uri, Line: n, Offset: offset, Bytes: line}
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			bad.Err = err
			r.failed(bad)
			return
		case size > r.opts.MaxLine:
			bad.Reason, bad.Err = LineTooLong, fmt.Errorf("%d bytes, more than %d", size, r.opts.MaxLine)
			r.bad(bad)
		case len(bytes.TrimSpace(line)) > 0:
			r.line(bad)
		}
		offset += int64(size)
		if err != nil {
			return
		}
	}
}

// readLine reads to the end of a line, keeping at most limit bytes of it.
func readLine(in *bufio.Reader, limit int) (line []byte, size int, err error) {
	for {
		part, err := in.ReadSlice('\n')
		size += len(part)
		line = append(line, part[:min(len(part), max(0, limit-len(line)))]...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, size, err
		}
	}
}

// line reads one object. A line in GB18030 or Big5 is decoded whole; one that
// is UTF-8 but for a few bytes keeps these. at is where it stands.
func (r *reader) line(at Bad) bool {
	line, skipped := bytes.CutPrefix(at.Bytes, byteOrderMark) // one at each seam of joined files
	decoded := false
	if !utf8.Valid(line) {
		text, charset, err := Decode(line)
		if decoded = err == nil && charset != "UTF-8"; decoded {
			line = []byte(text)
		}
	}
	fs, err := parseObject(line)
	if err != nil {
		var syntax *jsonError
		if errors.As(err, &syntax) && !decoded { // offsets in decoded text are not those of the line
			at.Offset += int64(syntax.offset)
			if skipped {
				at.Offset += int64(len(byteOrderMark))
			}
		}
		at.Reason, at.Err = NotJSON, err
		return r.bad(at)
	}
	raw := &corpus.Raw{Container: at.URI, ContainerOffset: at.Offset}
	return r.filled(raw, fs, at)
}

// filled passes on the document of a record. One without an address is named
// for its container and at.Line.
func (r *reader) filled(raw *corpus.Raw, fs fields, at Bad) bool {
	if f := fill(raw, fs); f != nil {
		at.Reason, at.Err = f.reason, f.err
		return r.bad(at)
	}
	if len(bytes.TrimSpace(raw.Bytes)) == 0 {
		at.Reason = Empty
		return r.bad(at)
	}
	if raw.URI == "" {
		raw.URI = fmt.Sprintf("%s#%d", at.URI, at.Line)
	}
	return r.document(raw)
}
