package cluster

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"iter"
)

// record is what is sorted on disk: a band's hash and a document, or a pair of
// candidates.
type record struct {
	key uint64
	doc uint32
}

// recordBytes is the length of a record on disk, recordMemory in memory.
const (
	recordBytes  = 8 + 4
	recordMemory = 16
)

// bufferBytes is what each open file reads ahead.
const bufferBytes = 64 << 10

func (r record) compare(o record) int {
	return cmp.Or(cmp.Compare(r.key, o.key), cmp.Compare(r.doc, o.doc))
}

func (r record) append(b []byte) []byte {
	b = binary.LittleEndian.AppendUint64(b, r.key)
	return binary.LittleEndian.AppendUint32(b, r.doc)
}

// writeRecords writes records and their checksum.
func writeRecords(w io.Writer, records iter.Seq2[record, error]) error {
	sum := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	out := bufio.NewWriterSize(io.MultiWriter(w, sum), bufferBytes)
	var b [recordBytes]byte
	for r, err := range records {
		if err != nil {
			return err
		}
		if _, err := out.Write(r.append(b[:0])); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err := w.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32()))
	return err
}

// recordReader reads what writeRecords wrote.
type recordReader struct {
	name  string // for errors
	in    *bufio.Reader
	left  int64 // records
	docs  uint32
	base  uint32
	head  record
	sum   hash.Hash32
	bytes [recordBytes]byte
}

// newRecordReader reads n records of so many documents, to whose numbers base is
// added.
func newRecordReader(name string, r io.Reader, n int64, docs, base uint32) *recordReader {
	return &recordReader{
		name: name,
		in:   bufio.NewReaderSize(r, bufferBytes),
		left: n,
		docs: docs,
		base: base,
		sum:  crc32.New(crc32.MakeTable(crc32.Castagnoli)),
	}
}

// next reads the next record into head. It reports false after the last one.
func (r *recordReader) next() (bool, error) {
	if r.left == 0 {
		return false, r.check()
	}
	if _, err := io.ReadFull(r.in, r.bytes[:]); err != nil {
		return false, fmt.Errorf("%w: %s: %w", ErrRun, r.name, err)
	}
	r.sum.Write(r.bytes[:])
	r.left--
	key, doc := binary.LittleEndian.Uint64(r.bytes[:]), binary.LittleEndian.Uint32(r.bytes[8:])
	if key < r.head.key || doc >= r.docs {
		return false, fmt.Errorf("%w: %s: record out of order or of no document", ErrRun, r.name)
	}
	r.head = record{key, doc + r.base}
	return true, nil
}

func (r *recordReader) check() error {
	var b [4]byte
	if _, err := io.ReadFull(r.in, b[:]); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrRun, r.name, err)
	}
	if binary.LittleEndian.Uint32(b[:]) != r.sum.Sum32() {
		return fmt.Errorf("%w: %s: checksum of its records", ErrRun, r.name)
	}
	return nil
}

// merge yields the records of all readers, each of them sorted, in one order.
func merge(readers []*recordReader) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		var h readerHeap
		for _, r := range readers {
			more, err := r.next()
			if err != nil {
				yield(record{}, err)
				return
			}
			if more {
				h = append(h, r)
			}
		}
		heap.Init(&h)
		for len(h) > 0 {
			if !yield(h[0].head, nil) {
				return
			}
			more, err := h[0].next()
			switch {
			case err != nil:
				yield(record{}, err)
				return
			case more:
				heap.Fix(&h, 0)
			default:
				heap.Pop(&h)
			}
		}
	}
}

// readerHeap has the reader with the least head first.
type readerHeap []*recordReader

func (h readerHeap) Len() int           { return len(h) }
func (h readerHeap) Less(i, j int) bool { return h[i].head.compare(h[j].head) < 0 }
func (h readerHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *readerHeap) Push(x any)        { *h = append(*h, x.(*recordReader)) }
func (h *readerHeap) Pop() any {
	last := len(*h) - 1
	r := (*h)[last]
	*h = (*h)[:last]
	return r
}
