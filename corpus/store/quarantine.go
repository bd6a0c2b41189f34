package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"jianbao/corpus"
)

const (
	quarantineDir = "quarantine"
	entrySuffix   = ".json"
	rawSuffix     = ".raw"
)

// Bad is a raw document that could not be taken in, and why.
type Bad struct {
	SHA256    string    `json:"sha256"` // of the whole raw bytes, hex; its first half is the doc_id
	Reason    string    `json:"reason"` // a code to count by
	Stage     string    `json:"stage"`
	Offset    int64     `json:"offset"` // byte in the raw bytes
	URI       string    `json:"uri"`
	Container string    `json:"container,omitempty"`
	Message   string    `json:"message"`
	Bytes     int64     `json:"bytes"` // how many raw bytes there were
	Kept      int64     `json:"kept"`  // how many of them are kept beside the entry
	Raw       []byte    `json:"-"`
	RunID     string    `json:"run_id"`
	At        time.Time `json:"at"`

	Fingerprint string `json:"fingerprint"` // of the pipeline that failed

	// Input is zero when the document could not even be read: then it cannot be
	// tried again but from its file.
	Input corpus.Input `json:"input"`
}

// Retryable reports whether all that the stages need is kept.
func (b *Bad) Retryable() bool { return b.Input.Media != "" && b.Bytes > 0 && b.Kept == b.Bytes }

// Quarantine records a bad document at once, without waiting for a commit. It
// fills in Bytes, Kept, RunID, At and Fingerprint. It reports whether the document
// is new in quarantine; the same one again under the same fingerprint changes no
// file, nor does one that was forgotten.
func (w *Writer) Quarantine(ctx context.Context, b Bad) (isNew bool, err error) {
	if w.broken != nil {
		return false, w.broken
	}
	if err := ctx.Err(); err != nil {
		return false, fmt.Errorf("quarantine: %w", err)
	}
	if !hexSHA256.MatchString(b.SHA256) {
		return false, fmt.Errorf("quarantine: %q is no sha256", b.SHA256)
	}
	if w.known.isForgotten(b.SHA256) {
		return false, nil
	}
	b.RunID, b.Fingerprint, b.At = w.opts.RunID, w.opts.Fingerprint, time.Now().UTC()
	isNew, err = w.quarantine.put(b)
	if err != nil {
		return false, fmt.Errorf("quarantine %s: %w", b.SHA256, err)
	}
	return isNew, nil
}

// Quarantined reports whether these raw bytes failed under this fingerprint:
// whether trying again is useless.
func (w *Writer) Quarantined(sha256, fingerprint string) bool {
	return w.quarantine.holds(sha256, fingerprint)
}

// quarantine is the directory of that name. An entry exists when its .json
// does.
type quarantine struct {
	disk  disk
	dir   string
	limit int64

	mu      sync.RWMutex
	entries map[string]string // sha256 by doc_id
}

// openQuarantine sweeps what an interrupted writer left: temporaries, bytes
// without an entry, and entries of documents that were committed.
func openQuarantine(d disk, dir string, limit int64, have *known) (*quarantine, error) {
	q := &quarantine{disk: d, dir: filepath.Join(dir, quarantineDir), limit: limit, entries: make(map[string]string)}
	names, err := fileNames(q.dir)
	if err != nil {
		return nil, fmt.Errorf("open quarantine: %w", err)
	}
	for _, name := range names {
		if sha, ok := strings.CutSuffix(name, entrySuffix); ok && hexSHA256.MatchString(sha) && !have.hasDocument(sha) && !have.isForgotten(sha) {
			q.entries[sha[:32]] = sha
		}
	}
	for _, name := range names {
		sha, suffix, _ := strings.Cut(name, ".")
		if !hexSHA256.MatchString(sha) || q.entries[sha[:32]] == sha && (suffix == "json" || suffix == "raw") {
			continue
		}
		if err := d.RemoveAll(filepath.Join(q.dir, name)); err != nil {
			return nil, fmt.Errorf("sweep quarantine: %w", err)
		}
	}
	return q, nil
}

func fileNames(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, err
}

func (q *quarantine) len() int64 {
	q.mu.RLock()
	defer q.mu.RUnlock()
	return int64(len(q.entries))
}

func (q *quarantine) holds(sha, fingerprint string) bool {
	if !hexSHA256.MatchString(sha) {
		return false
	}
	q.mu.RLock()
	held := q.entries[sha[:32]] == sha
	q.mu.RUnlock()
	if !held {
		return false
	}
	b, err := readBad(q.path(sha, entrySuffix))
	return err == nil && b.Fingerprint == fingerprint
}

func (q *quarantine) path(sha, suffix string) string { return filepath.Join(q.dir, sha+suffix) }

// put writes the bytes first: an entry that is there has them.
func (q *quarantine) put(b Bad) (isNew bool, err error) {
	if q.holds(b.SHA256, b.Fingerprint) {
		return false, nil
	}
	raw := b.Raw[:min(int64(len(b.Raw)), q.limit)]
	b.Bytes, b.Kept = max(b.Bytes, int64(len(b.Raw))), int64(len(raw))
	entry, err := json.MarshalIndent(b, "", " ")
	if err != nil {
		return false, err
	}
	if err := ensureDir(q.disk, q.dir); err != nil {
		return false, err
	}
	if len(raw) > 0 {
		if err := replaceFile(q.disk, q.path(b.SHA256, rawSuffix), these(raw)); err != nil {
			return false, err
		}
	}
	if err := replaceFile(q.disk, q.path(b.SHA256, entrySuffix), these(append(entry, '\n'))); err != nil {
		return false, err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	isNew = q.entries[b.SHA256[:32]] == ""
	q.entries[b.SHA256[:32]] = b.SHA256
	return isNew, nil
}

// hasDocument reports whether there is an entry for a doc_id.
func (q *quarantine) hasDocument(id string) bool {
	q.mu.RLock()
	defer q.mu.RUnlock()
	return q.entries[id] != ""
}

// remove removes the entries of documents that were committed or forgotten. One
// that a crash leaves is removed by openQuarantine.
func (q *quarantine) remove(docIDs []string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, id := range docIDs {
		sha, held := q.entries[id]
		if !held {
			continue
		}
		if err := errors.Join(q.disk.RemoveAll(q.path(sha, entrySuffix)), q.disk.RemoveAll(q.path(sha, rawSuffix))); err != nil {
			return fmt.Errorf("remove from quarantine: %w", err)
		}
		delete(q.entries, id)
	}
	return nil
}

// BadRaw reads what is kept of the raw bytes of a quarantined document.
func (r *Reader) BadRaw(b Bad) (_ []byte, err error) {
	f, err := r.Bytes(b)
	if err != nil {
		return nil, fmt.Errorf("read quarantine: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	raw, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("read quarantine: %w", err)
	}
	if int64(len(raw)) != b.Kept {
		return nil, fmt.Errorf("%w: quarantine %s has %d bytes, not %d", ErrDamaged, b.SHA256, len(raw), b.Kept)
	}
	return raw, nil
}

// maxEntryBytes bounds what is read of an entry: a message and some names.
const maxEntryBytes = 1 << 20

func readBad(path string) (Bad, error) {
	f, err := os.Open(path)
	if err != nil {
		return Bad{}, err
	}
	defer f.Close()
	var b Bad
	if err := json.NewDecoder(io.LimitReader(f, maxEntryBytes)).Decode(&b); err != nil {
		return Bad{}, fmt.Errorf("%w: %s: %w", ErrDamaged, path, err)
	}
	return b, nil
}
