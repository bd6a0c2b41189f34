package ingest

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
)

// tarFile reads the members of a tar archive in the order in which they stand.
func (r *reader) tarFile(it item, in io.Reader) {
	if r.refuseNested(it) {
		return
	}
	a := r.archive(it)
	position := &counter{ctx: r.ctx, in: in}
	for t := tar.NewReader(position); ; {
		broken := r.broken
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			r.failed(Bad{URI: it.uri, Offset: position.n, Err: tarFault(err)})
			return
		}
		if !a.next() {
			return
		}
		r.tarMember(a, h, &faulty{t}, position.n)
		if r.stopped || r.broken > broken && !intact(t) {
			return
		}
	}
}

// intact reports whether the rest of the member can be read, so that the next
// one can be found.
func intact(t *tar.Reader) bool {
	_, err := io.Copy(io.Discard, t)
	return err == nil
}

func (r *reader) tarMember(a *archive, h *tar.Header, in io.Reader, at int64) {
	if h.Typeflag == tar.TypeXGlobalHeader || h.Typeflag == tar.TypeDir {
		return
	}
	uri, ok := a.member(h.Name)
	switch {
	case !ok:
	case h.Typeflag == tar.TypeSymlink, h.Typeflag == tar.TypeLink:
		a.refuseSpecial(uri, "a link to", h.Linkname)
	case h.Typeflag != tar.TypeReg:
		a.refuseSpecial(uri, "an entry of the kind", string(rune(h.Typeflag)))
	default:
		r.stream(item{uri: uri, name: uri, in: in, archive: a.uri, archiveAt: at, total: a.total})
	}
}

// faulty makes the errors of a tar archive faults.
type faulty struct{ in io.Reader }

func (f *faulty) Read(p []byte) (int, error) {
	n, err := f.in.Read(p)
	return n, tarFault(err)
}

func tarFault(err error) error {
	if errors.Is(err, tar.ErrHeader) || errors.Is(err, tar.ErrFieldTooLong) {
		return &fault{Damaged, fmt.Errorf("tar: %w", err)}
	}
	return err
}
