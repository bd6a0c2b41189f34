package web

import (
	"cmp"
	"encoding/hex"
	"errors"
	"iter"
	"net/http"
	"slices"
	"time"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/store"
)

// maxRows is how many batches or entries of the quarantine a page of the API
// has at most.
const maxRows = 1000

// maxLooked is how many entries of the quarantine are looked at for a page.
const maxLooked = 10_000

// batchPage is a page of the batches, the newest first.
type batchPage struct {
	Manifest int64      `json:"manifest"`
	Total    int        `json:"total"`
	Batches  []apiBatch `json:"batches"`
	Next     string     `json:"next,omitempty"`
}

// apiBatch is a batch as the API gives it.
type apiBatch struct {
	BatchID     string    `json:"batch_id"`
	RunID       string    `json:"run_id"`
	StartedAt   time.Time `json:"started_at"`
	CommittedAt time.Time `json:"committed_at"`
	Documents   int64     `json:"documents"`
	Mentions    int64     `json:"mentions"`
	Edits       int64     `json:"edits"`
	Sentences   int64     `json:"sentences"`
	Sightings   int64     `json:"sightings"`
	Bytes       int64     `json:"bytes"`
	Version     string    `json:"pipeline_version"`
	Fingerprint string    `json:"fingerprint"`
	OtherRules  bool      `json:"other_rules"` // other rules or words made it
}

// apiBatches lists batches. A cursor is the id of the last one: what is
// committed meanwhile moves no page.
func (s *Server) apiBatches(w http.ResponseWriter, r *http.Request, c *volume) error {
	limit, err := limitOf(r, apiSize, maxRows)
	if err != nil {
		return err
	}
	before := r.FormValue("cursor")
	m := c.Store().Manifest()
	page := batchPage{Manifest: m.Number, Total: len(m.Batches), Batches: []apiBatch{}}
	all := slices.Clone(m.Batches)
	slices.SortFunc(all, func(a, b store.Batch) int { return cmp.Compare(b.ID, a.ID) })
	for _, b := range all {
		switch {
		case before != "" && b.ID >= before:
		case len(page.Batches) == limit:
			page.Next = page.Batches[limit-1].BatchID
		default:
			page.Batches = append(page.Batches, s.batch(b))
		}
	}
	s.sendJSON(w, r, http.StatusOK, "application/json", page)
	return nil
}

func (s *Server) batch(b store.Batch) apiBatch {
	n := b.Counts()
	return apiBatch{
		BatchID: b.ID, RunID: b.RunID, StartedAt: b.StartedAt, CommittedAt: b.CommittedAt,
		Documents: n.Documents, Mentions: n.Mentions, Edits: n.Edits, Sentences: n.Sentences, Sightings: n.Sightings,
		Bytes: b.Bytes(), Version: b.PipelineVersion, Fingerprint: b.Fingerprint, OtherRules: b.Fingerprint != s.opts.Pipeline.Fingerprint(),
	}
}

// badPage is a page of the quarantine, in the order of the hashes.
type badPage struct {
	Total   int64      `json:"total"` // entries, whatever was asked for
	Entries []badEntry `json:"entries"`
	Next    string     `json:"next,omitempty"`
}

// badEntry is a document in quarantine as the API gives it.
type badEntry struct {
	SHA256      string    `json:"sha256"`
	Reason      string    `json:"reason"`
	Stage       string    `json:"stage"`
	Offset      int64     `json:"offset"`
	URI         string    `json:"uri"`
	Container   string    `json:"container"`
	Message     string    `json:"message"`
	Bytes       int64     `json:"bytes"`
	Kept        int64     `json:"kept"`
	RunID       string    `json:"run_id"`
	At          time.Time `json:"at"`
	Fingerprint string    `json:"fingerprint"`
	Retryable   bool      `json:"retryable"`
}

// apiQuarantine lists what is in quarantine, by reason and stage. A cursor is
// the hash of the last entry that was looked at.
func (s *Server) apiQuarantine(w http.ResponseWriter, r *http.Request, c *volume) error {
	limit, err := limitOf(r, apiSize, maxRows)
	if err != nil {
		return err
	}
	after := r.FormValue("cursor")
	if b, err := hex.DecodeString(after); err != nil || after != "" && len(b) != 32 {
		return requestError{"this cursor is none of the quarantine"}
	}
	counts, err := c.Store().Stats()
	if err != nil {
		return err
	}
	reason, stage := r.FormValue(reasonParam), r.FormValue(stageParam)
	page, err := badPageOf(c.Store().QuarantineAfter(r.Context(), after), limit, maxLooked, func(b *store.Bad) bool {
		return (reason == "" || b.Reason == reason) && (stage == "" || b.Stage == stage)
	})
	if err := errors.Join(err, r.Context().Err()); err != nil {
		return err
	}
	page.Total = counts.Quarantined
	s.sendJSON(w, r, http.StatusOK, "application/json", page)
	return nil
}

// badPageOf takes the entries that are wanted, up to limit, and looks at no more
// than most: each is a file.
func badPageOf(all iter.Seq2[store.Bad, error], limit, most int, wanted func(*store.Bad) bool) (badPage, error) {
	page := badPage{Entries: []badEntry{}}
	last := ""
	for b, err := range all {
		switch {
		case err != nil && b.SHA256 == "":
			return page, err
		case err != nil: // one entry is damaged; the others are not
			b.Reason, b.Message = pipeline.Damaged, err.Error()
		}
		if len(page.Entries) == limit || most == 0 {
			page.Next = last
			break
		}
		most, last = most-1, b.SHA256
		if wanted(&b) {
			page.Entries = append(page.Entries, newBadEntry(b))
		}
	}
	return page, nil
}

func newBadEntry(b store.Bad) badEntry {
	return badEntry{
		SHA256: b.SHA256, Reason: b.Reason, Stage: b.Stage, Offset: b.Offset, URI: b.URI, Container: b.Container, Message: b.Message,
		Bytes: b.Bytes, Kept: b.Kept, RunID: b.RunID, At: b.At, Fingerprint: b.Fingerprint, Retryable: b.Retryable(),
	}
}
