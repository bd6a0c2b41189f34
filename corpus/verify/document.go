package verify

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/corpus/cluster"
	"jianbao/corpus/table"
)

// document is a document whose rows are being checked.
type document struct {
	*batch
	row       int64
	d         *table.Document
	text, raw *corpus.CodePoints
	chars     int // code points of Text
	rawChars  int // of RawText
}

// document checks a document with the rows that belong to it.
func (b *batch) document(row int64, d *table.Document, edits []placed[table.Edit], sentences []placed[table.Sentence], mentions []placed[table.Mention]) {
	c := &document{batch: b, row: row, d: d, text: corpus.NewCodePoints(d.Text), raw: corpus.NewCodePoints(d.RawText)}
	c.chars, c.rawChars = c.text.At(len(d.Text)), c.raw.At(len(d.RawText))
	c.alone()
	if b.edits != nil {
		if applied, ok := c.rebuilds(edits); ok {
			c.rawOffsets(corpus.NewRawMap(applied), mentions)
		}
	}
	c.mentionRows(mentions)
	c.sentenceRows(sentences)
}

func (c *document) wrong(check Check, format string, args ...any) {
	c.wrongRow(c.documents, c.row, c.d.DocID, check, format, args...)
}

// alone checks the row of the document.
func (c *document) alone() {
	d := c.d
	raw := d.Raw
	if raw == nil {
		raw = []byte(d.RawText)
	}
	if got := corpus.DocID(raw); got != d.DocID {
		c.wrong(DocID, "its raw bytes are those of document %s", got)
	}
	sum := sha256.Sum256([]byte(c.opts.Fold(d.Text)))
	if got := hex.EncodeToString(sum[:]); got != d.TextSHA256 {
		c.wrong(TextHash, "text_sha256 is %s, that of the text %s", d.TextSHA256, got)
	}
	if int(d.NChars) != c.chars {
		c.wrong(Field, "n_chars is %d, the text has %d", d.NChars, c.chars)
	}
	if !utf8.ValidString(d.Text) || !utf8.ValidString(d.RawText) {
		c.wrong(Field, "text or raw_text is not UTF-8")
	}
	if !within(d.TitleStart, d.TitleEnd, c.rawChars) {
		c.wrong(Offsets, "title [%d,%d) is not within the %d characters of raw_text", d.TitleStart, d.TitleEnd, c.rawChars)
	}
	if c.origins != nil && !c.origins[d.BatchID] {
		c.wrong(Field, "batch_id is %q, of which its batch was not made", d.BatchID)
	}
	if !json.Valid(d.Record) {
		c.wrong(Field, "record is no JSON")
	}
	if _, err := cluster.FromBytes(d.MinHash); len(d.MinHash) > 0 && err != nil {
		c.wrong(Field, "minhash: %v", err)
	}
}

// within reports whether [start,end) is a range of a text of n characters.
func within(start, end int32, n int) bool { return 0 <= start && start <= end && int(end) <= n }

// sequence checks that the rows of the document are numbered 0, 1, 2 …, each
// once, in whatever order they stand.
func sequence[T any](c *document, name string, rows []placed[T], seq func(*T) int32) {
	seen := make([]bool, len(rows))
	for i := range rows {
		n := seq(&rows[i].Value)
		if n < 0 || int(n) >= len(rows) || seen[n] {
			c.wrongRow(c.files[name], rows[i].Row, c.d.DocID, Sequence, "seq is %d, one of %d rows of the document", n, len(rows))
			continue
		}
		seen[n] = true
	}
}
