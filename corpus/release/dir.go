package release

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// tmpSuffix is added to the name of a release while it is written.
const tmpSuffix = ".tmp"

// Errors to branch on.
var (
	// ErrExists is a directory that holds something already.
	ErrExists = errors.New("already exists and is not empty")
	// ErrBusy is a release that another process writes, or that was killed.
	ErrBusy = errors.New("another export is writing it, or one was killed: remove it if none is running")
)

// File is a file of a release.
type File struct {
	Path   string `json:"path"` // in the release, with slashes
	Rows   int64  `json:"rows,omitempty"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // hex
}

// Dir is a release that is being written. It is used by one goroutine.
type Dir struct {
	final, tmp string
	files      []File
	tables     []Table
	open       map[*os.File]bool
	published  bool
}

// Create begins a release that will be dir. It refuses one that holds
// something ([ErrExists]) or is being written ([ErrBusy]).
func Create(dir string) (*Dir, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("create release: %w", err)
	}
	if err := checkFree(dir); err != nil {
		return nil, fmt.Errorf("create release: %w", err)
	}
	d := &Dir{final: dir, tmp: dir + tmpSuffix, open: map[*os.File]bool{}}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return nil, fmt.Errorf("create release: %w", err)
	}
	if err := os.Mkdir(d.tmp, 0o755); err != nil {
		if errors.Is(err, fs.ErrExist) {
			err = fmt.Errorf("%s: %w", d.tmp, ErrBusy)
		}
		return nil, fmt.Errorf("create release: %w", err)
	}
	return d, nil
}

// checkFree wants nothing at dir, or an empty directory.
func checkFree(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(entries) > 0:
		return fmt.Errorf("%s: %w", dir, ErrExists)
	}
	return nil
}

// Discard removes what was written, unless it was published.
func (d *Dir) Discard() error {
	if d.published {
		return nil
	}
	for f := range d.open {
		f.Close() // what it holds goes anyway
	}
	return os.RemoveAll(d.tmp)
}

// Publish adds what is said of the release, with its tables, and makes it
// appear.
func (d *Dir) Publish(about About) (About, error) {
	about.Format, about.Tables = Format, d.tables
	for _, step := range []func() error{
		func() error { return d.writeCard(about) },
		func() error { return d.writeCroissant(about) },
		func() error { return d.writeAbout(about) },
		d.writeSums,
		d.syncFolders,
		d.appear,
	} {
		if err := step(); err != nil {
			return About{}, fmt.Errorf("publish release: %w", err)
		}
	}
	return about, nil
}

// appear gives the release its name. An empty directory may have it: a rename
// does not replace that everywhere.
func (d *Dir) appear() error {
	if err := os.Remove(d.final); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(d.tmp, d.final); err != nil {
		return err
	}
	d.published = true
	return syncFolder(filepath.Dir(d.final))
}

// writeSums lists the files so that `sha256sum -c SHA256SUMS` checks them.
func (d *Dir) writeSums() error {
	slices.SortFunc(d.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return d.writeText("SHA256SUMS", func(w io.Writer) error {
		for _, f := range d.files {
			if _, err := fmt.Fprintf(w, "%s  %s\n", f.SHA256, f.Path); err != nil {
				return err
			}
		}
		return nil
	})
}

// syncFolders makes the names of all files durable.
func (d *Dir) syncFolders() error {
	return filepath.WalkDir(d.tmp, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		return syncFolder(path)
	})
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// writeText writes a file in one go.
func (d *Dir) writeText(name string, write func(io.Writer) error) error {
	f, err := d.create(name)
	if err != nil {
		return err
	}
	err = write(f)
	_, closing := f.close()
	return errors.Join(err, closing)
}

// file is a file that is being written; its sum is made on the way.
type file struct {
	*bufio.Writer
	dir *Dir
	out *os.File
	sum hash.Hash
	File
}

// create makes the file of that name in the release.
func (d *Dir) create(name string) (*file, error) {
	full := filepath.Join(d.tmp, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return nil, err
	}
	out, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	d.open[out] = true
	f := &file{dir: d, out: out, sum: sha256.New(), File: File{Path: name}}
	f.Writer = bufio.NewWriterSize(counter{f}, 1<<16)
	return f, nil
}

// counter writes through to the file, its sum and its size.
type counter struct{ f *file }

func (c counter) Write(b []byte) (int, error) {
	n, err := c.f.out.Write(b)
	c.f.sum.Write(b[:n]) // a hash never fails
	c.f.Bytes += int64(n)
	return n, err
}

// close ends the file, durably, and lists it.
func (f *file) close() (File, error) {
	delete(f.dir.open, f.out)
	if err := errors.Join(f.Flush(), f.out.Sync(), f.out.Close()); err != nil {
		return File{}, fmt.Errorf("write %s: %w", f.out.Name(), err)
	}
	f.SHA256 = hex.EncodeToString(f.sum.Sum(nil))
	f.dir.files = append(f.dir.files, f.File)
	return f.File, nil
}
