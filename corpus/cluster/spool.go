package cluster

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
)

// Text is the folded body of a document.
type Text struct {
	DocID string
	Hans  string
}

// Texts yields the folded bodies of the given documents, those that their hashes
// and signatures were made of, in any order. The
// doc_ids are sorted and each stands there once; whatever else is yielded is
// passed over. It is called at most once a grouping, so that a caller reads each
// file once: by look-up when the doc_ids are few, else from end to end.
type Texts func(ctx context.Context, docIDs []string) iter.Seq2[Text, error]

// spool keeps bodies in a file, and the gram sets used last in memory.
type spool struct {
	catalog *catalog
	f       *os.File
	numbers []uint32 // by doc_id
	at      []extent // of numbers[i]

	limit      int64 // bytes of either generation
	young, old map[uint32]content
	youngBytes int64
}

// extent is where a body stands in the file.
type extent struct {
	offset int64
	length int64 // -1 before it came
}

func newSpool(dir string, c *catalog, numbers []uint32, memory int64) (*spool, error) {
	f, err := os.Create(filepath.Join(dir, "texts"))
	if err != nil {
		return nil, fmt.Errorf("keep texts: %w", err)
	}
	c.sortByID(numbers)
	s := &spool{catalog: c, f: f, numbers: numbers, at: make([]extent, len(numbers)), limit: memory / 2}
	s.young, s.old = make(map[uint32]content), make(map[uint32]content)
	for i := range s.at {
		s.at[i].length = -1
	}
	return s, nil
}

func (s *spool) close() { s.f.Close() }

// fetch asks for all bodies and writes them down.
func (s *spool) fetch(ctx context.Context, texts Texts) error {
	if len(s.numbers) == 0 {
		return nil
	}
	out := bufio.NewWriterSize(s.f, bufferBytes)
	var offset int64
	for t, err := range texts(ctx, s.docIDs()) {
		if err != nil {
			return fmt.Errorf("fetch texts: %w", err)
		}
		i, ok := s.find(t.DocID)
		if !ok || s.at[i].length >= 0 {
			continue
		}
		s.at[i] = extent{offset, int64(len(t.Hans))}
		offset += int64(len(t.Hans))
		if _, err := out.WriteString(t.Hans); err != nil {
			return fmt.Errorf("keep texts: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("keep texts: %w", err)
	}
	return s.complete()
}

func (s *spool) docIDs() []string {
	ids := make([]string, len(s.numbers))
	for i, n := range s.numbers {
		ids[i] = s.catalog.docs[n].id.String()
	}
	return ids
}

func (s *spool) find(docID string) (int, bool) {
	d, err := parseID(docID, 2*len(id{}))
	if err != nil {
		return 0, false
	}
	return s.place(d)
}

func (s *spool) place(d id) (int, bool) {
	return slices.BinarySearchFunc(s.numbers, d, func(n uint32, d id) int { return s.catalog.docs[n].id.compare(d) })
}

func (s *spool) complete() error {
	for i, e := range s.at {
		if e.length < 0 {
			return fmt.Errorf("%w: %s", ErrNoText, s.catalog.docs[s.numbers[i]].id)
		}
	}
	return nil
}

// content is that of one of the documents asked for.
func (s *spool) content(number uint32) (content, error) {
	if set, ok := s.young[number]; ok {
		return set, nil
	}
	set, ok := s.old[number]
	if !ok {
		hans, err := s.read(number)
		if err != nil {
			return content{}, err
		}
		set = contentOf(hans)
	}
	s.keep(number, set)
	return set, nil
}

// keep puts set into the young generation. When that is full it becomes the old
// one, and what is old then is forgotten.
func (s *spool) keep(number uint32, set content) {
	if s.youngBytes > s.limit {
		s.old, s.young, s.youngBytes = s.young, make(map[uint32]content), 0
	}
	s.young[number] = set
	s.youngBytes += set.bytes()
}

func (s *spool) read(number uint32) (string, error) {
	i, ok := s.place(s.catalog.docs[number].id)
	if !ok {
		return "", fmt.Errorf("%w: %s was not asked for", ErrNoText, s.catalog.docs[number].id)
	}
	b := make([]byte, s.at[i].length)
	if _, err := s.f.ReadAt(b, s.at[i].offset); err != nil {
		return "", fmt.Errorf("read kept text: %w", err)
	}
	return string(b), nil
}
