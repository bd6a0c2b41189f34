package warc

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Entity is what an HTTP response carried, with all codings of the transfer
// undone.
type Entity struct {
	Status int
	Header Header
	Body   []byte
}

// ErrHTTP says that a block is no HTTP response.
var ErrHTTP = errors.New("no HTTP response")

// ErrCoding says that a body does not decode as its header says.
var ErrCoding = errors.New("content coding")

// ParseHTTP reads an HTTP response as crawlers store it. Chunks are put
// together and gzip, deflate, br and zstd are decoded, up to max bytes; more
// is ErrTooLarge. Archives that store a body decoded under the old header are
// common: a body that has no sign of the coding is taken as it is.
func ParseHTTP(block []byte, max int64) (*Entity, error) {
	head, body := cutHead(block)
	status, fields, _ := bytes.Cut(head, []byte("\n"))
	proto, rest, ok := strings.Cut(strings.TrimSpace(string(status)), " ")
	if !ok || !strings.HasPrefix(proto, "HTTP/") && proto != "ICY" {
		return nil, ErrHTTP
	}
	code, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	e := &Entity{Header: parseFields(fields), Body: body}
	var err error
	if e.Status, err = strconv.Atoi(code); err != nil {
		return nil, fmt.Errorf("%w: status %q", ErrHTTP, code)
	}
	if strings.Contains(strings.ToLower(e.Header.Get("Transfer-Encoding")), "chunked") {
		e.Body = dechunk(e.Body)
	}
	codings := strings.Split(e.Header.Get("Content-Encoding"), ",")
	for i := len(codings) - 1; i >= 0; i-- { // the last was applied last
		e.Body, err = decode(strings.ToLower(strings.TrimSpace(codings[i])), e.Body, max)
		if err != nil {
			return e, err
		}
	}
	return e, nil
}

// cutHead splits a message at its first empty line.
func cutHead(block []byte) (head, body []byte) {
	for at := 0; ; {
		i := bytes.IndexByte(block[at:], '\n')
		if i < 0 {
			return block, nil
		}
		at += i + 1
		switch rest := block[at:]; {
		case bytes.HasPrefix(rest, []byte("\n")):
			return block[:at], rest[1:]
		case bytes.HasPrefix(rest, []byte("\r\n")):
			return block[:at], rest[2:]
		}
	}
}

// dechunk puts chunks together. A body without chunks stays as it is; of one
// that is cut off, as crawlers do at a size of their own, what is there is
// taken.
func dechunk(body []byte) []byte {
	line, _, ok := bytes.Cut(body, []byte("\n"))
	size, _, _ := strings.Cut(strings.TrimSpace(string(line)), ";")
	if _, err := strconv.ParseUint(strings.TrimSpace(size), 16, 63); !ok || err != nil {
		return body
	}
	out, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(body)))
	if err != nil && len(out) == 0 {
		return body
	}
	return out
}

// decode undoes one coding.
func decode(coding string, body []byte, max int64) ([]byte, error) {
	var in io.Reader
	var err error
	switch coding {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(body, []byte("\x1f\x8b")) {
			return body, nil
		}
		in, err = gzip.NewReader(bytes.NewReader(body))
	case "deflate":
		in, err = inflater(body)
	case "br":
		in = brotli.NewReader(bytes.NewReader(body))
	case "zstd":
		if !bytes.HasPrefix(body, []byte("\x28\xb5\x2f\xfd")) {
			return body, nil
		}
		return unzstd(body, max)
	default:
		return body, nil
	}
	if err != nil {
		return body, fmt.Errorf("%w %s: %w", ErrCoding, coding, err)
	}
	out, err := readBounded(in, max)
	if err != nil && len(out) == 0 && (coding == "br" || coding == "deflate") && looksLikeText(body) {
		return body, nil // these have no sign; stored decoded
	}
	if errors.Is(err, ErrTooLarge) {
		return out, err
	}
	if err != nil {
		return out, fmt.Errorf("%w %s: %w", ErrCoding, coding, err)
	}
	return out, nil
}

// inflater reads "deflate", which servers send with and without the wrapping
// of zlib.
func inflater(body []byte) (io.Reader, error) {
	if len(body) >= 2 && body[0]&0x0f == 8 && (uint(body[0])<<8|uint(body[1]))%31 == 0 {
		return zlib.NewReader(bytes.NewReader(body))
	}
	return flate.NewReader(bytes.NewReader(body)), nil
}

func unzstd(body []byte, max int64) ([]byte, error) {
	d, err := zstd.NewReader(bytes.NewReader(body), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20))
	if err != nil {
		return body, fmt.Errorf("%w zstd: %w", ErrCoding, err)
	}
	defer d.Close()
	out, err := readBounded(d, max)
	if err != nil && !errors.Is(err, ErrTooLarge) {
		err = fmt.Errorf("%w zstd: %w", ErrCoding, err)
	}
	return out, err
}

func readBounded(in io.Reader, max int64) ([]byte, error) {
	out, err := io.ReadAll(io.LimitReader(in, max+1))
	if err == nil && int64(len(out)) > max {
		return out[:max], fmt.Errorf("%w: more than %d bytes", ErrTooLarge, max)
	}
	return out, err
}

// looksLikeText reports whether bytes begin as a page or a text does and not as
// compressed ones.
func looksLikeText(b []byte) bool {
	for _, c := range b[:min(len(b), 64)] {
		if c < ' ' && c != '\t' && c != '\r' && c != '\n' {
			return false
		}
	}
	return len(b) > 0
}
