package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// Media is what a raw document's bytes are.
type Media string

// The media that the pipeline understands.
const (
	Text Media = "text"
	HTML Media = "html"
)

// Raw is a document as it was read, before anything was done to it.
type Raw struct {
	Bytes []byte // the text field (JSON lines), the HTTP entity, or the file
	Media Media
	UTF8  bool // Bytes came from a container that is UTF-8 by definition (JSON)

	Charset    string // what the HTTP header says of the encoding of Bytes; "" when unknown
	Surrogates []int  // where in Bytes a lone surrogate, escaped in JSON, became U+FFFD

	URI             string // relative to the given root for files
	Container       string // the file that held the record, if it held several
	ContainerOffset int64  // byte offset of the record in Container, decompressed; in Parquet the number of its row, from 0
	FetchedAt       time.Time

	InputID json.RawMessage // the record's own "id", of whatever JSON type
	Hints   Hints
	Record  json.RawMessage // the record's other fields, as one object
}

// Hints is what the input record itself says of an article. A hint wins over
// what cleaning finds in the text.
type Hints struct {
	Title, Source, Published string
}

// Input is what the stages take of a raw document beside its bytes: with these,
// it can go through them again.
type Input struct {
	Media      Media  `json:"media,omitempty"`
	UTF8       bool   `json:"utf8,omitempty"`
	Charset    string `json:"charset,omitempty"`
	Surrogates []int  `json:"surrogates,omitempty"` // bytes
	Title      string `json:"title,omitempty"`      // these three are hints
	Source     string `json:"source,omitempty"`
	Published  string `json:"published,omitempty"`
}

// Input is that of r.
func (r *Raw) Input() Input {
	return Input{
		Media: r.Media, UTF8: r.UTF8, Charset: r.Charset, Surrogates: r.Surrogates,
		Title: r.Hints.Title, Source: r.Hints.Source, Published: r.Hints.Published,
	}
}

// Raw is the raw document of these bytes, without a place where it was found.
func (in Input) Raw(bytes []byte) *Raw {
	return &Raw{
		Bytes: bytes, Media: in.Media, UTF8: in.UTF8, Charset: in.Charset, Surrogates: in.Surrogates,
		Hints: Hints{Title: in.Title, Source: in.Source, Published: in.Published},
	}
}

// DocID names a document for its raw bytes: the first 32 hex digits of their
// SHA-256.
func DocID(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:16])
}

// Script is the script in which an article was printed.
type Script string

// The scripts. Mixed means that both forms stand in one text in earnest, as in
// half-converted pages.
const (
	Hant  Script = "hant"
	Hans  Script = "hans"
	Mixed Script = "mixed"
	Other Script = "other"
)

// Document is an article after all stages.
type Document struct {
	ID      string
	Title   string // cleaned, in the script in which it was printed
	Source  string
	Site    string
	Authors []string
	Editors []string

	Published Moment
	Place     string // of the dateline as printed, or else the division that the text is about, simplified
	Adcode    string // GB/T 2260 code of Place, if it is one

	Script  Script
	Charset string // IANA name of the encoding that was decoded
	Raw     []byte // nil when it equals RawText
	RawText string // the decoded source; for HTML the whole page source
	Text    string // the body alone, cleaned, in the printed script

	TitleSpan Span // in RawText; empty when the title was not printed there
	Edits     []Edit
	Marks     []Edit // doubts: edits that change nothing
	Sentences []Sentence
	Mentions  []Mention

	TextSHA256 string // of the folded body: equal for reprints in any script
	MinHash    []byte
	Record     json.RawMessage
	Input      Input
}

// Sighting is one place where a document was found.
type Sighting struct {
	DocID           string
	URI             string
	FetchedAt       time.Time // zero when unknown
	Container       string
	ContainerOffset int64
	SeenAt          time.Time
}
