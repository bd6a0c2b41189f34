package cluster

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"math"

	"jianbao/corpus"
)

// Errors to branch on.
var (
	// ErrItem is a document that cannot be grouped: its doc_id or text_sha256 is
	// not lower-case hex of the right length, or its doc_id came twice.
	ErrItem = errors.New("document cannot be grouped")
	// ErrNoText is a document whose body was asked for and not given.
	ErrNoText = errors.New("no text of the document")
)

// Item is what grouping must know of a document.
type Item struct {
	DocID      string       // 32 hex digits
	Published  *corpus.Date // nil when unknown
	TextSHA256 string       // of the folded body, 64 hex digits
	Signature  Signature    // of the folded body, by [Sign]
}

// Kind says why a document is in its cluster.
type Kind string

// The kinds. One document a cluster is Single or Leader.
const (
	Single Kind = "single" // alone in its cluster
	Leader Kind = "leader" // the cluster is named for it
	Exact  Kind = "exact"  // its folded body is the leader's
	Near   Kind = "near"   // its folded body is similar to the leader's
)

// Row is a row of clusters.parquet: one document.
type Row struct {
	DocID      string
	ClusterID  string  // doc_id of the leader
	Size       int     // documents in the cluster, leader included
	Similarity float64 // exact Jaccard of the folded body and the leader's; 1 for Exact, Leader and Single
	Kind       Kind
}

// id is a doc_id, or the first half of a text_sha256.
type id [16]byte

func (d id) String() string { return hex.EncodeToString(d[:]) }

// doc is an item without its signature.
type doc struct {
	id        id
	text      id // the first half of text_sha256
	published corpus.Date
	place     uint32 // among all documents as they came
}

// docBytes is the length of a doc in a run.
const docBytes = 16 + 16 + 4

// undated stands for an unknown day: it comes after all known ones.
const undated corpus.Date = math.MaxInt32

// compare is the order in which documents are numbered.
func (d doc) compare(o doc) int {
	return cmp.Or(cmp.Compare(d.published, o.published), d.id.compare(o.id))
}

func (d id) compare(o id) int { return bytes.Compare(d[:], o[:]) }

func (it *Item) doc() (d doc, err error) {
	d.published = undated
	if it.Published != nil {
		d.published = *it.Published
	}
	if d.id, err = parseID(it.DocID, 32); err != nil {
		return d, fmt.Errorf("%w: doc_id %q: %w", ErrItem, it.DocID, err)
	}
	if d.text, err = parseID(it.TextSHA256, 64); err != nil {
		return d, fmt.Errorf("%w: %s: text_sha256 %q: %w", ErrItem, it.DocID, it.TextSHA256, err)
	}
	return d, nil
}

// parseID reads the first half or the whole of s: n lower-case hex digits.
func parseID(s string, n int) (d id, err error) {
	if len(s) != n {
		return d, fmt.Errorf("%d bytes, not %d", len(s), n)
	}
	for i := range len(s) {
		v, ok := hexDigit(s[i])
		if !ok {
			return d, fmt.Errorf("byte %d is no lower-case hex digit", i)
		}
		if i/2 < len(d) {
			d[i/2] = d[i/2]<<4 | v
		}
	}
	return d, nil
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	}
	return 0, false
}
