package table

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"os"
)

// Stamp names a file by its size and its footer, which holds the file's
// metadata and where the pages of each column lie: 64 hex digits. A derived
// table that was made again from another manifest has another stamp.
func Stamp(r io.ReaderAt, size int64) (string, error) {
	if err := checkEnds(r, size); err != nil {
		return "", err
	}
	var tail [8]byte // the length of the footer, and a magic number
	if _, err := r.ReadAt(tail[:], size-int64(len(tail))); err != nil {
		return "", fmt.Errorf("read table: %w", err)
	}
	length := int64(binary.LittleEndian.Uint32(tail[:])) + int64(len(tail))
	sum := sha256.New()
	fmt.Fprintln(sum, size)
	if _, err := io.Copy(sum, io.NewSectionReader(r, size-length, length)); err != nil {
		return "", fmt.Errorf("read footer: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// StampFile is [Stamp] of the file at path, which its errors name.
func StampFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("open table: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", fmt.Errorf("open table: %w", err)
	}
	stamp, err := Stamp(f, info.Size())
	if err != nil {
		return "", fmt.Errorf("read %s: %w", path, err)
	}
	return stamp, nil
}
