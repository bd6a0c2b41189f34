package table

import (
	"encoding/json"

	"jianbao/corpus"
)

// Document is a row of the table documents.
type Document struct {
	DocID   string   `parquet:"doc_id" json:"doc_id"`
	Title   string   `parquet:"title" json:"title"`
	Source  string   `parquet:"source,dict" json:"source"`
	Site    string   `parquet:"site,dict" json:"site"`
	Authors []string `parquet:"authors,list" parquet-element:",dict" json:"authors"`
	Editors []string `parquet:"editors,list" parquet-element:",dict" json:"editors"`

	Published          *corpus.Date `parquet:"published,date" json:"published"`                             // the Beijing day
	PublishedAt        *Timestamp   `parquet:"published_at,timestamp(microsecond:utc)" json:"published_at"` // null unless the minute is known
	PublishedPrecision string       `parquet:"published_precision,dict" json:"published_precision"`         // "", day or minute
	Place              string       `parquet:"place,dict" json:"place"`
	Adcode             string       `parquet:"adcode,dict" json:"adcode"`

	Script  string `parquet:"script,dict" json:"script"`
	Charset string `parquet:"charset,dict" json:"charset"`
	Raw     []byte `parquet:"raw,optional" json:"raw"` // null when it is RawText in UTF-8
	RawText string `parquet:"raw_text" json:"raw_text"`
	Text    string `parquet:"text" json:"text"`

	TitleStart int32           `parquet:"title_start" json:"title_start"` // in RawText
	TitleEnd   int32           `parquet:"title_end" json:"title_end"`
	NChars     int32           `parquet:"n_chars" json:"n_chars"` // code points of Text
	NEdits     int32           `parquet:"n_edits" json:"n_edits"` // applied ones
	TextSHA256 string          `parquet:"text_sha256" json:"text_sha256"`
	MinHash    []byte          `parquet:"minhash" json:"minhash"`
	Record     json.RawMessage `parquet:"record,json" json:"record"` // an object, {} when there is none
	Input      json.RawMessage `parquet:"input,json" json:"input"`   // a [corpus.Input]

	BatchID         string    `parquet:"batch_id,dict" json:"batch_id"`
	PipelineVersion string    `parquet:"pipeline_version,dict" json:"pipeline_version"`
	IngestedAt      Timestamp `parquet:"ingested_at,timestamp(microsecond:utc)" json:"ingested_at"`
}

// Sighting is a row of the table sightings: one address of one document.
type Sighting struct {
	DocID           string     `parquet:"doc_id" json:"doc_id"`
	URI             string     `parquet:"uri" json:"uri"`
	FetchedAt       *Timestamp `parquet:"fetched_at,timestamp(microsecond:utc)" json:"fetched_at"`
	Container       string     `parquet:"container,dict" json:"container"`
	ContainerOffset int64      `parquet:"container_offset" json:"container_offset"` // bytes
	SeenAt          Timestamp  `parquet:"seen_at,timestamp(microsecond:utc)" json:"seen_at"`
}

// Mention is a row of the table mentions: one count, with its way back into
// the article.
type Mention struct {
	MentionID string `parquet:"mention_id" json:"mention_id"`
	DocID     string `parquet:"doc_id,dict" json:"doc_id"`
	Seq       int32  `parquet:"seq" json:"seq"` // from 0, in the order of the text
	Category  string `parquet:"category,dict" json:"category"`
	Subtype   string `parquet:"subtype,dict" json:"subtype"`
	Head      string `parquet:"head,dict" json:"head"`
	Term      string `parquet:"term,dict" json:"term"`

	Value      *int64 `parquet:"value" json:"value"`
	Lo         *int64 `parquet:"lo" json:"lo"`
	Hi         *int64 `parquet:"hi" json:"hi"`
	Modifier   string `parquet:"modifier,dict" json:"modifier"`
	Magnitude  *int64 `parquet:"magnitude" json:"magnitude"`
	Unit       string `parquet:"unit,dict" json:"unit"`
	NumberText string `parquet:"number_text,dict" json:"number_text"`

	Start         int32  `parquet:"start" json:"start"` // in the document's Text
	End           int32  `parquet:"end" json:"end"`
	NumberStart   int32  `parquet:"number_start" json:"number_start"`
	NumberEnd     int32  `parquet:"number_end" json:"number_end"`
	HeadStart     int32  `parquet:"head_start" json:"head_start"`
	HeadEnd       int32  `parquet:"head_end" json:"head_end"`
	RawStart      int32  `parquet:"raw_start" json:"raw_start"` // in the document's RawText
	RawEnd        int32  `parquet:"raw_end" json:"raw_end"`
	Sentence      string `parquet:"sentence" json:"sentence"`
	SentenceStart int32  `parquet:"sentence_start" json:"sentence_start"`

	Place       string       `parquet:"place,dict" json:"place"`
	Adcode      string       `parquet:"adcode,dict" json:"adcode"`
	PlaceSource string       `parquet:"place_source,dict" json:"place_source"`
	AsOf        *corpus.Date `parquet:"as_of,date" json:"as_of"` // null unless the text names the day; never filled with Published
	Flags       []string     `parquet:"flags,list" parquet-element:",dict" json:"flags"`
	Counted     bool         `parquet:"counted" json:"counted"`
	ExcludedBy  string       `parquet:"excluded_by,dict" json:"excluded_by"`
	RuleID      string       `parquet:"rule_id,dict" json:"rule_id"`
	RuleVersion int32        `parquet:"rule_version" json:"rule_version"`

	Published *corpus.Date `parquet:"published,date" json:"published"` // the document's
	Source    string       `parquet:"source,dict" json:"source"`       // the document's
	BatchID   string       `parquet:"batch_id,dict" json:"batch_id"`
}

// Edit is a row of the table edits. The applied edits of a document, in the
// order of Seq, turn its RawText into its Text.
type Edit struct {
	DocID      string   `parquet:"doc_id,dict" json:"doc_id"`
	Seq        int32    `parquet:"seq" json:"seq"` // from 0, in the order of RawStart
	Kinds      []string `parquet:"kinds,list" parquet-element:",dict" json:"kinds"`
	RawStart   int32    `parquet:"raw_start" json:"raw_start"` // in the document's RawText
	RawEnd     int32    `parquet:"raw_end" json:"raw_end"`
	Before     string   `parquet:"before" json:"before"`
	After      string   `parquet:"after" json:"after"`
	Applied    bool     `parquet:"applied" json:"applied"` // false for a mark
	Confidence float64  `parquet:"confidence" json:"confidence"`
	Note       string   `parquet:"note,dict" json:"note"`
}

// Sentence is a row of the table sentences. Its words end at TokenEnds: the
// first begins at Start, each next where the one before it ends.
type Sentence struct {
	DocID     string  `parquet:"doc_id,dict" json:"doc_id"`
	Seq       int32   `parquet:"seq" json:"seq"`
	Start     int32   `parquet:"start" json:"start"` // in the document's Text
	End       int32   `parquet:"end" json:"end"`
	TokenEnds []int32 `parquet:"token_ends,list" json:"token_ends"`
}

// Batch is a row of the table batches: one commit.
type Batch struct {
	BatchID         string    `parquet:"batch_id" json:"batch_id"`
	RunID           string    `parquet:"run_id,dict" json:"run_id"`
	Documents       int64     `parquet:"documents" json:"documents"`
	Mentions        int64     `parquet:"mentions" json:"mentions"`
	Edits           int64     `parquet:"edits" json:"edits"`
	Sentences       int64     `parquet:"sentences" json:"sentences"`
	Sightings       int64     `parquet:"sightings" json:"sightings"`
	PipelineVersion string    `parquet:"pipeline_version,dict" json:"pipeline_version"`
	Fingerprint     string    `parquet:"fingerprint,dict" json:"fingerprint"`
	StartedAt       Timestamp `parquet:"started_at,timestamp(microsecond:utc)" json:"started_at"`
	CommittedAt     Timestamp `parquet:"committed_at,timestamp(microsecond:utc)" json:"committed_at"`
}

// Cluster is a row of the table clusters: an article and the cluster of
// reprints that it belongs to.
type Cluster struct {
	DocID      string  `parquet:"doc_id" json:"doc_id"`
	ClusterID  string  `parquet:"cluster_id" json:"cluster_id"`     // doc_id of the cluster's leader
	Size       int64   `parquet:"cluster_size" json:"cluster_size"` // articles in the cluster
	Kind       string  `parquet:"kind,dict" json:"kind"`            // single, leader, exact or near
	Similarity float64 `parquet:"similarity" json:"similarity"`     // Jaccard, to the leader
}
