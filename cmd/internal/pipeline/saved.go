package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/index/query"
)

// savedFile is the note in a corpus that holds its saved queries.
const savedFile = "saved.json"

// What a saved query shows when it is watched.
const (
	ForSearch   = "search"   // articles
	ForMentions = "mentions" // their counts
)

// Saved is a query under a name.
type Saved struct {
	Name  string `json:"name"`
	Query string `json:"query"`
	For   string `json:"for"` // ForSearch or ForMentions

	// Manifest and Ingested are the mark: the state of the corpus that was
	// looked at last, and when the newest article was ingested that was looked
	// at. An article is new when it was ingested later. That day stays with an
	// article whatever becomes of its batch; a place in the tables, or the
	// number of a manifest, would not.
	Manifest int64           `json:"manifest"`
	Ingested table.Timestamp `json:"ingested"`
}

// Errors to branch on.
var (
	// ErrSavedName is a name that no saved query can have.
	ErrSavedName = errors.New("not a name for a saved query")
	// ErrSaved is a saved query that is there already, or is not there.
	ErrSaved = errors.New("saved query")
)

// maxSavedName is the length of a name in characters.
const maxSavedName = 64

// CheckSaved finds what is wrong with a query to save. A wrong query is a
// *query.SyntaxError.
func (p *Pipeline) CheckSaved(s Saved) error {
	if s.Name == "" || utf8.RuneCountInString(s.Name) > maxSavedName || strings.IndexFunc(s.Name, notInName) >= 0 {
		return fmt.Errorf("%w: %q: 1 to %d letters, digits, - and _", ErrSavedName, s.Name, maxSavedName)
	}
	if s.Query == "" && s.For == ForMentions {
		return nil
	}
	_, err := query.Parse(s.Query, p.categories...)
	return err
}

func notInName(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_'
}

// SavedQueries are the saved queries of the corpus, by name.
func (c *Corpus) SavedQueries() ([]Saved, error) {
	data, err := c.store.Note(savedFile)
	if err != nil {
		return nil, err
	}
	return decodeSaved(data)
}

// Save keeps a query. What is in the corpus now is not new to it. It fails with
// ErrSaved when the name is taken, else as CheckSaved.
func (c *Corpus) Save(ctx context.Context, s Saved) error {
	if err := c.p.CheckSaved(s); err != nil {
		return err
	}
	var err error
	if s.Ingested, err = c.newest(ctx); err != nil {
		return err
	}
	s.Manifest = c.store.Manifest().Number
	return c.changeSaved(ctx, func(all []Saved) ([]Saved, error) {
		if _, ok := findSaved(all, s.Name); ok {
			return nil, fmt.Errorf("%w %s is there already: remove it first", ErrSaved, s.Name)
		}
		return append(all, s), nil
	})
}

// newest is when the newest article was ingested; the zero moment of an empty
// corpus.
func (c *Corpus) newest(ctx context.Context) (at table.Timestamp, err error) {
	for row, err := range store.Rows[arrival](ctx, c.store, table.Documents) {
		if err != nil {
			return 0, err
		}
		at = max(at, row.IngestedAt)
	}
	return at, nil
}

// RemoveSaved forgets a query. It fails with ErrSaved when there is none of
// that name.
func (c *Corpus) RemoveSaved(ctx context.Context, name string) error {
	return c.changeSaved(ctx, func(all []Saved) ([]Saved, error) {
		i, ok := findSaved(all, name)
		if !ok {
			return nil, noSaved(name)
		}
		return slices.Delete(all, i, i+1), nil
	})
}

func noSaved(name string) error { return fmt.Errorf("%w %s is not there", ErrSaved, name) }

func findSaved(all []Saved, name string) (int, bool) {
	i := slices.IndexFunc(all, func(s Saved) bool { return s.Name == name })
	return i, i >= 0
}

func (c *Corpus) changeSaved(ctx context.Context, change func([]Saved) ([]Saved, error)) error {
	return c.store.ChangeNote(ctx, savedFile, func(old []byte) ([]byte, error) {
		all, err := decodeSaved(old)
		if err != nil {
			return nil, err
		}
		if all, err = change(all); err != nil {
			return nil, err
		}
		return encodeSaved(all)
	})
}

// savedFormat is the version of the file.
const savedFormat = 1

// savedQueries is the file.
type savedQueries struct {
	Format  int     `json:"format"`
	Queries []Saved `json:"queries"` // by name
}

func encodeSaved(all []Saved) ([]byte, error) {
	slices.SortFunc(all, func(a, b Saved) int { return cmp.Compare(a.Name, b.Name) })
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(savedQueries{savedFormat, all}); err != nil {
		return nil, fmt.Errorf("encode %s: %w", savedFile, err)
	}
	return b.Bytes(), nil
}

// decodeSaved reads the file; nothing is no queries. It fails with
// store.ErrDamaged or store.ErrNewerFormat.
func decodeSaved(data []byte) ([]Saved, error) {
	if len(data) == 0 {
		return nil, nil
	}
	var file savedQueries
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", store.ErrDamaged, savedFile, err)
	}
	if file.Format > savedFormat {
		return nil, fmt.Errorf("%w: %s of format %d, this program knows up to %d", store.ErrNewerFormat, savedFile, file.Format, savedFormat)
	}
	return file.Queries, nil
}

// NamedQueries are the saved queries of these names, or all. It fails with
// ErrSaved when there is none of a name.
func (c *Corpus) NamedQueries(names []string) ([]Saved, error) {
	all, err := c.SavedQueries()
	if err != nil || len(names) == 0 {
		return all, err
	}
	var out []Saved
	for _, name := range names {
		i, ok := findSaved(all, name)
		if !ok {
			return nil, noSaved(name)
		}
		out = append(out, all[i])
	}
	return out, nil
}
