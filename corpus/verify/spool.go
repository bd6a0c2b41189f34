package verify

import (
	"bufio"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// placed is a row and where it stands in its file.
type placed[T any] struct {
	Row   int64
	Value T
}

// spool holds the rows of one table, dealt out to parts in temporary files.
// Gob drops a pointer to zero: such a value comes back as nil.
type spool[T any] struct {
	paths    []string
	files    []*os.File
	buffers  []*bufio.Writer
	encoders []*gob.Encoder
}

// newSpool makes one in dir, which the caller removes.
func newSpool[T any](dir, name string, parts int) (*spool[T], error) {
	s := &spool[T]{}
	for i := range parts {
		f, err := os.Create(filepath.Join(dir, name+strconv.Itoa(i)))
		if err != nil {
			return nil, errors.Join(err, s.close())
		}
		b := bufio.NewWriterSize(f, 16<<10)
		s.paths, s.files = append(s.paths, f.Name()), append(s.files, f)
		s.buffers, s.encoders = append(s.buffers, b), append(s.encoders, gob.NewEncoder(b))
	}
	return s, nil
}

func (s *spool[T]) add(part int, row int64, value T) error {
	if err := s.encoders[part].Encode(placed[T]{row, value}); err != nil {
		return fmt.Errorf("write to %s: %w", s.paths[part], err)
	}
	return nil
}

// close ends writing.
func (s *spool[T]) close() error {
	var err error
	for i, f := range s.files {
		err = errors.Join(err, s.buffers[i].Flush(), f.Close())
	}
	s.files, s.buffers, s.encoders = nil, nil, nil
	return err
}

// part is the rows of one part by document, those of each in their order.
func (s *spool[T]) part(i int, docID func(*T) string) (map[string][]placed[T], error) {
	f, err := os.Open(s.paths[i])
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows := make(map[string][]placed[T])
	for d := gob.NewDecoder(bufio.NewReader(f)); ; {
		var p placed[T]
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", s.paths[i], err)
		}
		key := docID(&p.Value)
		rows[key] = append(rows[key], p)
	}
}
