package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"
)

var (
	gzipMagic = []byte("\x1f\x8b\x08")
	zstdMagic = []byte("\x28\xb5\x2f\xfd")
)

// compressed reports whether a stream that begins with head is compressed.
func compressed(head []byte) bool {
	return bytes.HasPrefix(head, gzipMagic) || bytes.HasPrefix(head, zstdMagic) || skippableFrame(head)
}

// skippableFrame reports whether head begins a frame of zstd without content,
// as some tools put one first.
func skippableFrame(head []byte) bool {
	return len(head) >= 4 && head[0]&0xf0 == 0x50 && bytes.Equal(head[1:4], []byte("\x2a\x4d\x18"))
}

// plainName is the name of what is in a compressed file.
func plainName(name string) string {
	switch ext := path.Ext(name); strings.ToLower(ext) {
	case ".gz", ".zst", ".zstd":
		return strings.TrimSuffix(name, ext)
	case ".tgz", ".tzst":
		return strings.TrimSuffix(name, ext) + ".tar"
	}
	return name
}

// expand undoes a stream's compression. Errors of the decoder are faults;
// those of in stay what they are.
func (r *reader) expand(in *bufio.Reader, source *counter) (out io.Reader, done func(), err error) {
	head, _ := in.Peek(4)
	if bytes.HasPrefix(head, gzipMagic) {
		return newMembers(in, source), func() {}, nil
	}
	d, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1),
		zstd.WithDecoderMaxWindow(max(r.opts.MaxWindow, zstd.MinWindowSize)), zstd.WithDecoderMaxMemory(max(r.opts.MaxWindow, zstd.MinWindowSize)))
	if err != nil {
		return nil, nil, &fault{Damaged, fmt.Errorf("zstd: %w", err)}
	}
	return &decoder{in: d, source: source}, d.Close, nil
}

// decoder makes the errors of a zstd stream faults.
type decoder struct {
	in     io.Reader
	source *counter
}

func (d *decoder) Read(p []byte) (int, error) {
	n, err := d.in.Read(p)
	return n, compressionFault("zstd", d.source, err)
}

// compressionFault says whose fault an error of a decoder is.
func compressionFault(kind string, source *counter, err error) error {
	switch {
	case err == nil, err == io.EOF:
		return err
	case source.err != nil:
		return source.err
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return &fault{Bomb, fmt.Errorf("%s: %w", kind, err)}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &fault{Truncated, fmt.Errorf("%s: %w", kind, err)}
	}
	return &fault{Damaged, fmt.Errorf("%s: %w", kind, err)}
}
