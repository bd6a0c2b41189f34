package index

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
)

// format is the version of what this package writes. A live index of another
// is ErrStale.
const format = 5

// stateKey is where the state lies among bleve's internal values.
const stateKey = "jianbao.state"

// state is what an index knows of itself. It is written in the same
// transaction as the batch that it describes.
type state struct {
	Format   int    `json:"format"`
	Language string `json:"language"`
	Manifest int64  `json:"manifest"`

	// Lengths is for BM25: by field, all that was ever indexed. Deleted
	// documents stay in the sums, since only the mean is used.
	Lengths map[string]length `json:"lengths"`
}

// length is the number of terms in a number of fields.
type length struct {
	Fields int64 `json:"fields"`
	Terms  int64 `json:"terms"`
}

func (s *state) marshal() ([]byte, error) {
	b, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("write state of index: %w", err)
	}
	return b, nil
}

// readState reads the state of an open index.
func readState(idx bleve.Index) (state, error) {
	s := state{}
	b, err := idx.GetInternal([]byte(stateKey))
	if err != nil {
		return s, fmt.Errorf("read state of index: %w", err)
	}
	if b == nil {
		return s, errors.New("read state of index: there is none")
	}
	if err := json.Unmarshal(b, &s); err != nil {
		return s, fmt.Errorf("read state of index: %w", err)
	}
	if s.Lengths == nil {
		s.Lengths = map[string]length{}
	}
	return s, nil
}

// count adds the fields of an indexed document to the lengths.
func (s *state) count(doc *document.Document) {
	for _, df := range doc.Fields {
		if f, ok := df.(*field); ok && f.length > 0 {
			l := s.Lengths[f.name]
			s.Lengths[f.name] = length{l.Fields + 1, l.Terms + int64(f.length)}
		}
	}
}

// mean is the mean number of terms in a field; 0 when it was never indexed.
func (s *state) mean(field string) float64 {
	l := s.Lengths[field]
	if l.Fields == 0 {
		return 0
	}
	return float64(l.Terms) / float64(l.Fields)
}
