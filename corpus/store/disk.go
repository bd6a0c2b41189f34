package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// disk is every step by which a writer changes the corpus, its lock aside. The
// tests stop it at each of them.
type disk interface {
	MkdirAll(path string) error
	Mkdir(path string) error
	Create(path string) (diskFile, error) // or truncate
	Rename(from, to string) error
	RemoveAll(path string) error
	SyncDir(path string) error
}

type diskFile interface {
	io.WriteCloser
	Sync() error
}

// osDisk is the file system.
type osDisk struct{}

func (osDisk) MkdirAll(path string) error   { return os.MkdirAll(path, 0o755) }
func (osDisk) Mkdir(path string) error      { return os.Mkdir(path, 0o755) }
func (osDisk) Rename(from, to string) error { return os.Rename(from, to) }
func (osDisk) RemoveAll(path string) error  { return os.RemoveAll(path) }

func (osDisk) Create(path string) (diskFile, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
}

// SyncDir makes the names in a directory durable.
func (osDisk) SyncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// ensureDir makes path, and its name durable.
func ensureDir(d disk, path string) error {
	if err := d.MkdirAll(path); err != nil {
		return err
	}
	return d.SyncDir(filepath.Dir(path))
}

const tmpSuffix = ".tmp"

// writeFile writes a new file and syncs it. Its name is durable only when its
// directory is synced too.
func writeFile(d disk, path string, write func(io.Writer) error) error {
	f, err := d.Create(path)
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Sync()); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), f.Close())
	}
	return f.Close()
}

// replaceFile puts what write writes at path: the old content or the new is
// there, whatever happens, and the new one once it returns.
func replaceFile(d disk, path string, write func(io.Writer) error) error {
	tmp := path + tmpSuffix
	if err := writeFile(d, tmp, write); err != nil {
		return err
	}
	if err := d.Rename(tmp, path); err != nil {
		return err
	}
	return d.SyncDir(filepath.Dir(path))
}

// these is a write function for bytes that are at hand.
func these(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}
