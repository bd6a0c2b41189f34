package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// maxPath is how long a listed path may be in bytes.
const maxPath = 64 << 10

// listed reads the files and folders that a list names. The URI of a file is
// its path as listed, cleaned; those of a folder's files are relative to it.
// A path that cannot be read is a bad document: the list may be longer than
// memory, so nothing is checked before.
func (r *reader) listed(list io.Reader) {
	b := bufio.NewReaderSize(&counter{ctx: r.ctx, in: list}, maxPath)
	head, _ := b.Peek(maxPath)
	end := byte('\n')
	if bytes.IndexByte(head, 0) >= 0 {
		end = 0
	}
	for n := 1; !r.stopped; n++ {
		line, err := b.ReadSlice(end)
		if errors.Is(err, bufio.ErrBufferFull) {
			r.bad(Bad{URI: "list of files", Reason: LineTooLong, Line: n, Bytes: bytes.Clone(line), Err: fmt.Errorf("a path of more than %d bytes", maxPath)})
			return
		}
		if err != nil && !errors.Is(err, io.EOF) {
			r.failed(Bad{URI: "list of files", Line: n, Err: err})
			return
		}
		p := strings.TrimSuffix(string(line), string(end))
		if end == '\n' {
			p = strings.TrimSuffix(p, "\r")
		}
		if p != "" {
			r.path(p, filepath.ToSlash(filepath.Clean(p)))
		}
		if err != nil {
			return
		}
	}
}
