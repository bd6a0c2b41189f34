package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"sync"

	"jianbao/corpus/table"
)

// key is 128 bits of a hash: a doc_id, or the first half of a longer one.
type key [16]byte

// keyOf decodes the first 32 hex digits of id.
func keyOf(id string) (k key, ok bool) {
	if len(id) < 2*len(k) {
		return k, false
	}
	_, err := hex.Decode(k[:], []byte(id[:2*len(k)]))
	return k, err == nil
}

func sightingKey(docID, uri string) short {
	sum := sha256.Sum256([]byte(docID + "\x00" + uri))
	return key(sum[:16]).short()
}

// short is the first half of a key, enough where a mistake loses nothing: that two of a thousand million have the same is a
// matter of one in forty. A reprint is then counted that is none, or an address of an article not noted.
type short uint64

func (k key) short() short { return short(binary.BigEndian.Uint64(k[:])) }

type set[K comparable] map[K]struct{}

func (s set[K]) has(k K) bool { _, ok := s[k]; return ok }
func (s set[K]) add(k K)      { s[k] = struct{}{} }

// known is what the corpus holds, and what the writer has buffered. It takes
// about 70 bytes a document. Any goroutine may ask.
type known struct {
	mu               sync.RWMutex
	docs, forgotten  set[key] // by doc_id, on which it rests that nothing is lost
	texts, sightings set[short]
}

// loadKnown reads three columns of every live batch.
func loadKnown(ctx context.Context, r *Reader) (*known, error) {
	n := r.manifest.Counts
	k := &known{
		docs:      make(set[key], n.Documents),
		texts:     make(set[short], n.Documents),
		sightings: make(set[short], n.Sightings),
		forgotten: make(set[key]),
	}
	for _, f := range r.manifest.Forgotten {
		if id, ok := keyOf(f.DocID); ok {
			k.forgotten.add(id)
		}
	}
	type document struct {
		DocID      string `parquet:"doc_id"`
		TextSHA256 string `parquet:"text_sha256"`
	}
	for d, err := range Rows[document](ctx, r, table.Documents) {
		if err != nil {
			return nil, fmt.Errorf("load doc_ids: %w", err)
		}
		k.addDocument(d.DocID, d.TextSHA256)
	}
	type sighting struct {
		DocID string `parquet:"doc_id"`
		URI   string `parquet:"uri"`
	}
	for s, err := range Rows[sighting](ctx, r, table.Sightings) {
		if err != nil {
			return nil, fmt.Errorf("load sightings: %w", err)
		}
		k.addSighting(s.DocID, s.URI)
	}
	return k, nil
}

func (k *known) hasDocument(id string) bool { return k.has(k.docs, id) }
func (k *known) isForgotten(id string) bool { return k.has(k.forgotten, id) }

func (k *known) hasText(sha string) bool {
	at, ok := keyOf(sha)
	k.mu.RLock()
	defer k.mu.RUnlock()
	return ok && k.texts.has(at.short())
}

func (k *known) has(s set[key], id string) bool {
	at, ok := keyOf(id)
	k.mu.RLock()
	defer k.mu.RUnlock()
	return ok && s.has(at)
}

func (k *known) hasSighting(docID, uri string) bool {
	at := sightingKey(docID, uri)
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.sightings.has(at)
}

func (k *known) addDocument(id, textSHA256 string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if doc, ok := keyOf(id); ok {
		k.docs.add(doc)
	}
	if text, ok := keyOf(textSHA256); ok {
		k.texts.add(text.short())
	}
}

func (k *known) addSighting(docID, uri string) {
	at := sightingKey(docID, uri)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.sightings.add(at)
}

// forget moves doc_ids from those that are there to those that must not come
// back.
func (k *known) forget(ids []string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, id := range ids {
		if doc, ok := keyOf(id); ok {
			delete(k.docs, doc)
			k.forgotten.add(doc)
		}
	}
}
