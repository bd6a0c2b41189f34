package store

import (
	"context"
	"crypto/sha256"
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

func sightingKey(docID, uri string) key {
	sum := sha256.Sum256([]byte(docID + "\x00" + uri))
	return key(sum[:16])
}

type set map[key]struct{}

func (s set) has(k key) bool { _, ok := s[k]; return ok }
func (s set) add(k key)      { s[k] = struct{}{} }

// known is what the corpus holds, and what the writer has buffered. It takes
// about 40 bytes an entry. Any goroutine may ask.
type known struct {
	mu                     sync.RWMutex
	docs, texts, sightings set
	forgotten              set // doc_ids
}

// loadKnown reads three columns of every live batch.
func loadKnown(ctx context.Context, r *Reader) (*known, error) {
	n := r.manifest.Counts
	k := &known{
		docs:      make(set, n.Documents),
		texts:     make(set, n.Documents),
		sightings: make(set, n.Sightings),
		forgotten: make(set),
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
func (k *known) hasText(sha string) bool    { return k.has(k.texts, sha) }

func (k *known) has(s set, id string) bool {
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
		k.texts.add(text)
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
