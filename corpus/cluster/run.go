package cluster

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"iter"
	"math"
	"os"
	"slices"

	"jianbao/corpus"
)

// ErrRun is a file that is no run of this version, or a damaged one.
var ErrRun = errors.New("not a run of bands")

// A run is a file of one set of documents:
//
//	magic and version     8 bytes
//	documents, records    8 bytes each, little-endian as all numbers
//	documents             doc_id (16), half of text_sha256 (16), day (4)
//	CRC-32C of the above  4
//	records               sorted: hash of a band (8), number of its document (4)
//	CRC-32C of the records
const (
	runMagic  = "jbbands"
	runHeader = 8 + 8 + 8
)

// WriteRun writes the documents and sorted bands of items to w: what [GroupRuns]
// and [MergeRuns] read. It holds them in memory, 272 bytes an item. An error of
// items ends it, as does an item that wraps [ErrItem].
func WriteRun(w io.Writer, items iter.Seq2[Item, error]) error {
	var b runBuilder
	for it, err := range items {
		if err != nil {
			return fmt.Errorf("read documents to group: %w", err)
		}
		if err := b.add(&it); err != nil {
			return err
		}
	}
	return b.write(w)
}

// runBuilder collects one run in memory.
type runBuilder struct {
	docs    []doc
	records []record
}

// itemMemory is what an item takes in a runBuilder.
const itemMemory = Bands*recordMemory + docBytes + 12

func (b *runBuilder) add(it *Item) error {
	d, err := it.doc()
	if err != nil {
		return err
	}
	n := uint32(len(b.docs))
	b.docs = append(b.docs, d)
	if it.Signature.Empty() {
		return nil
	}
	for i := range Bands {
		b.records = append(b.records, record{it.Signature.band(i), n})
	}
	return nil
}

func (b *runBuilder) write(w io.Writer) error {
	slices.SortFunc(b.records, record.compare)
	return writeRun(w, b.docs, int64(len(b.records)), values(b.records))
}

func writeRun(w io.Writer, docs []doc, nRecords int64, records iter.Seq2[record, error]) error {
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	out := bufio.NewWriterSize(io.MultiWriter(w, sum), bufferBytes)
	head := append([]byte(runMagic), SignatureVersion)
	head = binary.LittleEndian.AppendUint64(head, uint64(len(docs)))
	head = binary.LittleEndian.AppendUint64(head, uint64(nRecords))
	out.Write(head)
	var b [docBytes]byte
	for _, d := range docs {
		out.Write(d.append(b[:0]))
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write run: %w", err)
	}
	if _, err := w.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32())); err != nil {
		return fmt.Errorf("write run: %w", err)
	}
	if err := writeRecords(w, records); err != nil {
		return fmt.Errorf("write run: %w", err)
	}
	return nil
}

func (d doc) append(b []byte) []byte {
	b = append(b, d.id[:]...)
	b = append(b, d.text[:]...)
	return binary.LittleEndian.AppendUint32(b, uint32(d.published))
}

func parseDoc(b []byte) (d doc) {
	copy(d.id[:], b)
	copy(d.text[:], b[16:])
	d.published = corpus.Date(binary.LittleEndian.Uint32(b[32:]))
	return d
}

// run is an open run file.
type run struct {
	f       *os.File
	nDocs   int64
	records int64
}

// openRun reads the header. The sizes it tells are those of the file.
func openRun(path string) (*run, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open run: %w", err)
	}
	r := &run{f: f}
	if err := r.readHeader(); err != nil {
		f.Close()
		return nil, fmt.Errorf("%w: %s: %w", ErrRun, path, err)
	}
	return r, nil
}

func (r *run) readHeader() error {
	var head [runHeader]byte
	if _, err := r.f.ReadAt(head[:], 0); err != nil {
		return err
	}
	if string(head[:7]) != runMagic || head[7] != SignatureVersion {
		return fmt.Errorf("begins with %q", head[:8])
	}
	docs, records := binary.LittleEndian.Uint64(head[8:]), binary.LittleEndian.Uint64(head[16:])
	info, err := r.f.Stat()
	if err != nil {
		return err
	}
	if docs > math.MaxUint32 || records > Bands*docs {
		return fmt.Errorf("%d documents with %d bands", docs, records)
	}
	r.nDocs, r.records = int64(docs), int64(records)
	if want := r.recordsAt() + r.records*recordBytes + 4; info.Size() != want {
		return fmt.Errorf("%d bytes, not %d", info.Size(), want)
	}
	return nil
}

func (r *run) recordsAt() int64 { return runHeader + r.nDocs*docBytes + 4 }

// appendDocs appends the documents of r, once their checksum is right.
func (r *run) appendDocs(docs []doc) ([]doc, error) {
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	all := io.NewSectionReader(r.f, 0, r.recordsAt())
	in := io.TeeReader(bufio.NewReaderSize(io.LimitReader(all, r.recordsAt()-4), bufferBytes), sum)
	var b [docBytes]byte
	if _, err := io.ReadFull(in, b[:runHeader]); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrRun, r.f.Name(), err)
	}
	docs = slices.Grow(docs, int(r.nDocs))
	for range r.nDocs {
		if _, err := io.ReadFull(in, b[:]); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrRun, r.f.Name(), err)
		}
		docs = append(docs, parseDoc(b[:]))
	}
	if _, err := r.f.ReadAt(b[:4], r.recordsAt()-4); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrRun, r.f.Name(), err)
	}
	if binary.LittleEndian.Uint32(b[:]) != sum.Sum32() {
		return nil, fmt.Errorf("%w: %s: checksum of its documents", ErrRun, r.f.Name())
	}
	return docs, nil
}

func (r *run) reader(base uint32) *recordReader {
	section := io.NewSectionReader(r.f, r.recordsAt(), r.records*recordBytes+4)
	return newRecordReader(r.f.Name(), section, r.records, uint32(r.nDocs), base)
}
