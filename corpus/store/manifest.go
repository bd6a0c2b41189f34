package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"jianbao/corpus/table"
)

// Format is the version of the corpus directory that this package writes.
const Format = 1

const (
	manifestFile     = "manifest.json"
	maxManifestBytes = 256 << 20
)

// Manifest lists the live batches of a corpus. Each commit writes the next
// one.
type Manifest struct {
	Format      int       `json:"format"`
	Number      int64     `json:"number"` // 0 is the empty corpus
	CommittedAt time.Time `json:"committed_at"`
	Counts      Counts    `json:"counts"` // over all batches
	Batches     []Batch   `json:"batches"`
	Retired     []Retired `json:"retired,omitempty"`

	// Forgotten are documents that were removed and must not come back.
	Forgotten []Forgotten `json:"forgotten,omitempty"`
}

// Counts are rows by table.
type Counts struct {
	Documents int64 `json:"documents"`
	Mentions  int64 `json:"mentions"`
	Edits     int64 `json:"edits"`
	Sentences int64 `json:"sentences"`
	Sightings int64 `json:"sightings"`
}

// Batch is a live batch: one directory of Parquet files, one for each of
// [Tables]. One that was made of others has the file batches.parquet too; see
// [Batches].
type Batch struct {
	ID              string          `json:"id"` // sorts in the order of commits
	RunID           string          `json:"run_id"`
	PipelineVersion string          `json:"pipeline_version"`
	Fingerprint     string          `json:"fingerprint"`
	StartedAt       time.Time       `json:"started_at"`
	CommittedAt     time.Time       `json:"committed_at"`
	Files           map[string]File `json:"files"` // by the name of the table

	// Content is the number of the manifest that first listed the newest of
	// the documents; 0 when it is the one that first listed the batch. It tells
	// what was made of others from what is new.
	Content int64 `json:"content,omitempty"`
}

// File is what a Parquet file must be.
type File struct {
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // hex
}

// Retired is a batch that is no longer live. Its files stay for a grace
// period.
type Retired struct {
	ID    string    `json:"id"`
	At    time.Time `json:"at"`
	Until time.Time `json:"until"` // whoever writes next may remove it then
}

// Forgotten is a document that was removed from the corpus.
type Forgotten struct {
	DocID  string    `json:"doc_id"`
	Number int64     `json:"number"` // of the first manifest without it
	At     time.Time `json:"at"`
}

// Tables are the tables of a batch, in the order in which they are written.
func Tables() []string {
	return []string{table.Documents, table.Mentions, table.Edits, table.Sentences, table.Sightings}
}

// number is that of the manifest that first listed b.
func (b Batch) number() int64 {
	n, err := strconv.ParseInt(b.ID[:10], 10, 64)
	if err != nil {
		return 0 // check lets no such name in
	}
	return n
}

// content is Content, filled in.
func (b Batch) content() int64 { return cmp.Or(b.Content, b.number()) }

// Bytes is how large the files of b are together.
func (b Batch) Bytes() (n int64) {
	for _, f := range b.Files {
		n += f.Bytes
	}
	return n
}

// Counts are the rows of b.
func (b Batch) Counts() Counts {
	return Counts{
		Documents: b.Files[table.Documents].Rows,
		Mentions:  b.Files[table.Mentions].Rows,
		Edits:     b.Files[table.Edits].Rows,
		Sentences: b.Files[table.Sentences].Rows,
		Sightings: b.Files[table.Sightings].Rows,
	}
}

// Row is b as a row of the table batches.
func (b Batch) Row() table.Batch {
	n := b.Counts()
	return table.Batch{
		BatchID:         b.ID,
		RunID:           b.RunID,
		Documents:       n.Documents,
		Mentions:        n.Mentions,
		Edits:           n.Edits,
		Sentences:       n.Sentences,
		Sightings:       n.Sightings,
		PipelineVersion: b.PipelineVersion,
		Fingerprint:     b.Fingerprint,
		StartedAt:       table.TimestampOf(b.StartedAt),
		CommittedAt:     table.TimestampOf(b.CommittedAt),
	}
}

// add is the sum of c and o.
func (c Counts) add(o Counts) Counts {
	return Counts{
		Documents: c.Documents + o.Documents,
		Mentions:  c.Mentions + o.Mentions,
		Edits:     c.Edits + o.Edits,
		Sentences: c.Sentences + o.Sentences,
		Sightings: c.Sightings + o.Sightings,
	}
}

// revision is what one commit does to a manifest.
type revision struct {
	add    []Batch
	retire []Batch
	forget []string // doc_ids
	grace  time.Duration
}

// next is the manifest after m.
func (m Manifest) next(c revision, at time.Time) Manifest {
	m.Number++
	m.CommittedAt = at
	m.Batches, m.Retired, m.Forgotten = slices.Clone(m.Batches), slices.Clip(m.Retired), slices.Clip(m.Forgotten)
	retired := make(map[string]bool, len(c.retire))
	for _, old := range c.retire {
		retired[old.ID] = true
		m.Retired = append(m.Retired, Retired{ID: old.ID, At: at, Until: at.Add(c.grace)})
	}
	m.Batches = slices.DeleteFunc(m.Batches, func(b Batch) bool { return retired[b.ID] })
	m.Batches = append(m.Batches, c.add...)
	for _, id := range c.forget {
		m.Forgotten = append(m.Forgotten, Forgotten{DocID: id, Number: m.Number, At: at})
	}
	m.Counts = Counts{}
	for _, b := range m.Batches {
		m.Counts = m.Counts.add(b.Counts())
	}
	return m
}

// write makes m the manifest of dir. This is the commit point.
func (m Manifest) write(d disk, dir string) error {
	data, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return fmt.Errorf("encode manifest: %w", err)
	}
	if err := replaceFile(d, filepath.Join(dir, manifestFile), these(append(data, '\n'))); err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	return nil
}

// readManifest reads the manifest of dir. Errors name the file.
func readManifest(dir string) (Manifest, error) {
	path := filepath.Join(dir, manifestFile)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) || err != nil && isFile(dir) {
		return Manifest{}, notCorpus(dir)
	}
	if err != nil {
		return Manifest{}, fmt.Errorf("open corpus: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxManifestBytes+1))
	if err != nil {
		return Manifest{}, fmt.Errorf("read manifest: %w", err)
	}
	m, err := decodeManifest(data)
	if err != nil {
		return Manifest{}, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// decodeManifest refuses whatever this package would not have written.
func decodeManifest(data []byte) (Manifest, error) {
	if len(data) > maxManifestBytes {
		return Manifest{}, fmt.Errorf("%w: manifest of more than %d bytes", ErrDamaged, maxManifestBytes)
	}
	var version struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(data, &version); err != nil {
		return Manifest{}, fmt.Errorf("%w: manifest: %w", ErrDamaged, err)
	}
	if version.Format > Format {
		return Manifest{}, fmt.Errorf("%w: format %d, this program knows up to %d", ErrNewerFormat, version.Format, Format)
	}
	var m Manifest
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&m); err != nil {
		return Manifest{}, fmt.Errorf("%w: manifest: %w", ErrDamaged, err)
	}
	if err := m.check(); err != nil {
		return Manifest{}, fmt.Errorf("%w: manifest: %w", ErrDamaged, err)
	}
	return m, nil
}

var (
	batchID   = regexp.MustCompile(`^[0-9]{10}-[0-9a-f]{8}$`)
	hexSHA256 = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func (m Manifest) check() error {
	if m.Format < 1 || m.Number < 0 {
		return fmt.Errorf("format %d, number %d", m.Format, m.Number)
	}
	seen := make(map[string]bool)
	var sum Counts
	for _, b := range m.Batches {
		if err := b.check(); err != nil {
			return fmt.Errorf("batch %q: %w", b.ID, err)
		}
		if seen[b.ID] {
			return fmt.Errorf("batch %q is listed twice", b.ID)
		}
		seen[b.ID] = true
		sum = sum.add(b.Counts())
	}
	if sum != m.Counts {
		return fmt.Errorf("counts are %+v, the batches hold %+v", m.Counts, sum)
	}
	for _, f := range m.Forgotten {
		if _, ok := keyOf(f.DocID); !ok || len(f.DocID) != 32 || f.Number < 1 || f.Number > m.Number {
			return fmt.Errorf("forgotten document %q, number %d", f.DocID, f.Number)
		}
	}
	for _, r := range m.Retired {
		if !batchID.MatchString(r.ID) || seen[r.ID] {
			return fmt.Errorf("retired batch %q", r.ID)
		}
	}
	return nil
}

func (b Batch) check() error {
	if !batchID.MatchString(b.ID) {
		return errors.New("not the name of a batch")
	}
	tables := Tables()
	if _, ok := b.Files[table.Batches]; ok {
		tables = append(tables, table.Batches)
	}
	if len(b.Files) != len(tables) {
		return fmt.Errorf("%d tables, not %d", len(b.Files), len(tables))
	}
	if b.Content < 0 || b.Content > b.number() {
		return fmt.Errorf("content %d", b.Content)
	}
	for _, name := range tables {
		f, ok := b.Files[name]
		if !ok || f.Rows < 0 || f.Bytes < 0 || !hexSHA256.MatchString(f.SHA256) {
			return fmt.Errorf("table %s: %+v", name, f)
		}
	}
	return nil
}
