package cluster

import (
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
)

// sorter sorts more records than fit in memory: it writes sorted files and merges
// them.
type sorter struct {
	dir    string
	limit  int // records in memory
	buffer []record
	files  []sortedFile
}

type sortedFile struct {
	f       *os.File
	records int64
}

func newSorter(dir string, memory int64) *sorter {
	return &sorter{dir: dir, limit: int(max(memory/recordMemory, 1))}
}

func (s *sorter) add(r record) error {
	s.buffer = append(s.buffer, r)
	if len(s.buffer) < s.limit {
		return nil
	}
	return s.spill()
}

// spill writes the buffer without what stands in it twice.
func (s *sorter) spill() error {
	slices.SortFunc(s.buffer, record.compare)
	s.buffer = slices.Compact(s.buffer)
	f, err := os.CreateTemp(s.dir, "sorted-*")
	if err != nil {
		return fmt.Errorf("sort on disk: %w", err)
	}
	s.files = append(s.files, sortedFile{f, int64(len(s.buffer))})
	if err := writeRecords(f, values(s.buffer)); err != nil {
		return fmt.Errorf("sort on disk: %w", err)
	}
	s.buffer = s.buffer[:0]
	return nil
}

// finish ends the adding and frees the buffer.
func (s *sorter) finish() error {
	err := s.spill()
	s.buffer = nil
	return err
}

// all yields all records in order, each once. It may be called again.
func (s *sorter) all() iter.Seq2[record, error] {
	readers := make([]*recordReader, len(s.files))
	for i, sorted := range s.files {
		section := io.NewSectionReader(sorted.f, 0, sorted.records*recordBytes+4)
		readers[i] = newRecordReader(sorted.f.Name(), section, sorted.records, 1, 0)
	}
	return func(yield func(record, error) bool) {
		var last record
		first := true
		for r, err := range merge(readers) {
			if !first && err == nil && r == last {
				continue
			}
			first, last = false, r
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

func (s *sorter) close() {
	for _, sorted := range s.files {
		sorted.f.Close()
	}
}
