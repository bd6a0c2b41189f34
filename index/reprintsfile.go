package index

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// ReprintsFile is the name under which a generation keeps the reprints among its
// documents. It is put there after the generation was published, when articles
// are grouped, and is no part of it: without it they are looked up anew.
//
// The file has, in little-endian order: reprintsMagic; the key of what it was
// made from; the numbers of clusters and of documents; the cluster and the rank
// of each document; the CRC-32 (Castagnoli) of all before.
const ReprintsFile = "reprints"

// reprintsMagic has the version of the file's layout.
const reprintsMagic = "jbrepr01"

// Where things lie in the file.
const (
	reprintsKeyAt    = len(reprintsMagic)
	reprintsCountsAt = reprintsKeyAt + sha256.Size
	reprintsAt       = reprintsCountsAt + 4 + 4
	reprintBytes     = 4 + 4
	reprintsSumBytes = 4
)

// reprintsSum is the checksum of a file without its last bytes.
func reprintsSum(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }

// WriteReprints writes reprints that [Reader.Reprints] of r made, as
// [ReprintsFile] of its generation. Of names the clusters that they come from.
func (r *Reader) WriteReprints(w io.Writer, of string, reprints *Reprints) error {
	key, err := r.reprintsKey(of)
	if err != nil {
		return err
	}
	b := make([]byte, 0, reprintsAt+reprintBytes*len(reprints.of)+reprintsSumBytes)
	b = append(append(b, reprintsMagic...), key[:]...)
	b = binary.LittleEndian.AppendUint32(b, uint32(reprints.clusters))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(reprints.of)))
	for _, d := range reprints.of {
		b = binary.LittleEndian.AppendUint32(b, uint32(d.cluster))
		b = binary.LittleEndian.AppendUint32(b, uint32(d.rank))
	}
	if _, err := w.Write(binary.LittleEndian.AppendUint32(b, reprintsSum(b))); err != nil {
		return fmt.Errorf("write reprints: %w", err)
	}
	return nil
}

// SavedReprints reads what WriteReprints wrote. It is false when that is not
// there, is damaged, or was made from other clusters or for other documents.
func (r *Reader) SavedReprints(of string) (*Reprints, bool) {
	b, err := readReprints(r.path)
	if err != nil {
		return nil, false
	}
	key, err := r.reprintsKey(of)
	if err != nil || string(b[reprintsKeyAt:reprintsCountsAt]) != string(key[:]) {
		return nil, false
	}
	clusters, n := binary.LittleEndian.Uint32(b[reprintsCountsAt:]), (len(b)-reprintsAt-reprintsSumBytes)/reprintBytes
	out := &Reprints{of: slices.Grow([]reprint(nil), n), clusters: int(clusters)}
	for i := range n {
		at := b[reprintsAt+reprintBytes*i:]
		cluster, rank := binary.LittleEndian.Uint32(at), binary.LittleEndian.Uint32(at[4:])
		if cluster > clusters {
			return nil, false
		}
		out.of = append(out.of, reprint{int32(cluster), int32(rank)})
	}
	return out, true
}

// errReprints says that a file of reprints cannot be used.
var errReprints = errors.New("not what was written, or of another version")

// readReprints reads the file of a generation and checks that it is whole.
func readReprints(generation string) ([]byte, error) {
	path := filepath.Join(generation, ReprintsFile)
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	end := len(b) - reprintsSumBytes
	if end < reprintsAt || string(b[:reprintsKeyAt]) != reprintsMagic || binary.LittleEndian.Uint32(b[end:]) != reprintsSum(b[:end]) {
		return nil, fmt.Errorf("%s: %w", path, errReprints)
	}
	if n := binary.LittleEndian.Uint32(b[reprintsCountsAt+4:]); uint64(end-reprintsAt) != reprintBytes*uint64(n) {
		return nil, fmt.Errorf("%s: %w", path, errReprints)
	}
	return b, nil
}

// checkReprints is ErrCorrupt for a file that is damaged. One that is missing
// is missed by nobody.
func checkReprints(generation string) error {
	_, err := readReprints(generation)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrCorrupt, err)
}

// reprintsKey names clusters and the documents of the generation by their
// numbers: its segments, in the order in which the library opens them, and how
// many documents each of them has, with and without those that were deleted.
func (r *Reader) reprintsKey(of string) (key [sha256.Size]byte, err error) {
	v, err := r.view()
	if err != nil {
		return key, err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	sum := sha256.New()
	fmt.Fprintf(sum, "%q", of)
	for _, s := range v.segments {
		file, ok := s.Segment().(interface{ Path() string })
		if !ok {
			return key, errors.New("name documents: a segment has no file")
		}
		fmt.Fprintf(sum, " %q %d %d", filepath.Base(file.Path()), s.Segment().Count(), s.Count())
	}
	return [sha256.Size]byte(sum.Sum(nil)), nil
}
