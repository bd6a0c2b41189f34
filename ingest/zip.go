package ingest

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
)

// zipFile reads the members of a ZIP archive in the order of its directory.
func (r *reader) zipFile(it item, in io.Reader) {
	if r.refuseNested(it) {
		return
	}
	at, size, done, err := r.spool(it, in)
	if err != nil {
		r.failed(Bad{URI: it.uri, Err: err})
		return
	}
	defer done()
	directory := &bounded{at: at, left: int64(r.opts.MaxEntries)*maxEntry + 1<<20}
	z, err := zip.NewReader(directory, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		r.failed(Bad{URI: it.uri, Err: zipFault(noEnd(err))})
		return
	}
	directory.left = math.MaxInt64
	if isOffice(z) {
		r.bad(Bad{URI: it.uri, Reason: Binary, Err: errors.New("an office document, not an archive of articles")})
		return
	}
	a := r.archive(it)
	a.size = size
	for _, f := range z.File {
		if !a.next() {
			return
		}
		r.zipMember(a, f)
	}
}

// maxEntry is how many bytes of directory an entry may take on the average.
const maxEntry = 1 << 10

// bounded keeps archive/zip, which reads the whole directory at once, from
// reading more than the allowed number of entries take.
type bounded struct {
	at   io.ReaderAt
	left int64
}

func (b *bounded) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 { // what a damaged directory leads archive/zip to
		return 0, &fault{Damaged, fmt.Errorf("the directory points %d bytes before the archive", -off)}
	}
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, &fault{TooManyEntries, errors.New("the directory of the archive is too large")}
	}
	return b.at.ReadAt(p, off)
}

func (r *reader) zipMember(a *archive, f *zip.File) {
	if f.Mode().IsDir() {
		return
	}
	uri, ok := a.member(f.Name)
	if !ok {
		return
	}
	if !f.Mode().IsRegular() {
		a.refuseSpecial(uri, "an entry of the kind", f.Mode().Type().String())
		return
	}
	if f.Flags&1 != 0 {
		r.bad(Bad{URI: uri, Reason: Encrypted, Err: errors.New("the member needs a password")})
		return
	}
	start, err := f.DataOffset()
	if err != nil {
		r.failed(Bad{URI: uri, Err: zipFault(noEnd(err))})
		return
	}
	in, err := f.Open()
	if err != nil {
		r.failed(Bad{URI: uri, Offset: start, Err: zipFault(noEnd(err))})
		return
	}
	defer in.Close()
	within := &meter{in: &faultyZip{in}, source: func() int64 { return int64(min(f.CompressedSize64, uint64(a.size))) }, ratio: r.opts.MaxExpansion}
	r.stream(item{uri: uri, name: uri, in: within, archive: a.uri, archiveAt: start, total: a.total})
}

// isOffice reports whether an archive is a document of an office suite or an
// electronic book.
func isOffice(z *zip.Reader) bool {
	for _, f := range z.File {
		if f.Name == "[Content_Types].xml" || f.Name == "mimetype" || f.Name == "META-INF/MANIFEST.MF" {
			return true
		}
	}
	return false
}

// faultyZip makes the errors of a member faults.
type faultyZip struct{ in io.Reader }

func (f *faultyZip) Read(p []byte) (int, error) {
	n, err := f.in.Read(p)
	return n, zipFault(err)
}

// noEnd makes an end where something should stand an error.
func noEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// zipFault says that the archive is at fault, unless the system is.
func zipFault(err error) error {
	var known *fault
	var system *fs.PathError
	if err == nil || err == io.EOF || errors.As(err, &known) || errors.As(err, &system) {
		return err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return &fault{Truncated, fmt.Errorf("zip: %w", err)}
	}
	return &fault{Damaged, fmt.Errorf("zip: %w", err)}
}
