package verify

import "jianbao/corpus/table"

// Severity says how bad a problem is.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // the corpus is damaged
	Warning Severity = "warning" // something derived is behind
	Note    Severity = "note"    // harmless
)

// Check is what was looked at.
type Check string

// The checks. Those of a whole file come first.
const (
	Manifest   Check = "manifest"
	Missing    Check = "missing"  // a file is not there
	Size       Check = "size"     // in bytes
	Hash       Check = "sha256"   // of a file
	Footer     Check = "footer"   // a Parquet file does not open
	Schema     Check = "schema"   // its columns are not those of the table
	Metadata   Check = "metadata" // its keys are not those of the batch
	RowCount   Check = "rows"     // is not that of the manifest
	Unreadable Check = "unreadable"

	Order      Check = "order"       // of rows
	Duplicate  Check = "duplicate"   // a row is there twice
	DocID      Check = "doc_id"      // is not the hash of the raw bytes
	TextHash   Check = "text_sha256" // is not the hash of the folded text
	Field      Check = "field"       // a value that contradicts another
	Sequence   Check = "seq"         // the rows of a document are not 0, 1, 2 …
	Offsets    Check = "offsets"     // out of range, or something else stands there
	RawOffsets Check = "raw_offsets" // the edits lead elsewhere
	Rebuild    Check = "rebuild"     // the edits do not turn raw_text into text
	Orphan     Check = "orphan"      // a row of a document that is not there
	Unseen     Check = "unseen"      // a document without a sighting

	Behind   Check = "behind"   // made from an earlier manifest
	Lacks    Check = "lacks"    // a document that is in the corpus
	Excess   Check = "excess"   // a document that is not in the corpus
	Leftover Check = "leftover" // not listed by the manifest
	Identity Check = "identity" // of a quarantined document: its hash does not fit
)

// Problem is one thing that is wrong. Its JSON is that of `jianbao verify -o
// json`.
type Problem struct {
	Severity Severity `json:"severity"`
	Check    Check    `json:"check"`
	File     string   `json:"file"`   // relative to the corpus
	Row      *int64   `json:"row"`    // of File, from 0; null when it is not about one row
	DocID    string   `json:"doc_id"` // empty when it is not about one document
	Message  string   `json:"message"`
	Mend     string   `json:"mend"` // what to do
}

// Summary counts what was looked at and what was found, also what was not
// reported one by one.
type Summary struct {
	Manifest  int64 // its number
	Batches   int64
	Documents int64 // as the manifest says
	Files     int64
	Bytes     int64
	Errors    int64
	Warnings  int64
	Notes     int64
}

// What to do about damage.
const (
	restore     = "put the file back from a backup"
	restoreBoth = "put manifest.json back from a backup of the same state"
	reprocess   = restore + ", or make its rows anew: jianbao reprocess"
	regroup     = "delete clusters.parquet: the next jianbao ingest groups anew"
	reindex     = "jianbao index rebuild"
	catchUp     = "the next jianbao ingest brings it up to date"
	sweep       = "nothing: the next jianbao ingest removes it"
	retry       = "delete it: the document is tried again when it is ingested again"
)

// mendOf is what to do about a damaged table.
func mendOf(name string) string {
	switch name {
	case table.Mentions, table.Edits, table.Sentences:
		return reprocess
	case table.Clusters:
		return regroup
	}
	return restore
}
