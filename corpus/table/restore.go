package table

import (
	"encoding/json"
	"fmt"

	"jianbao/corpus"
)

// RawBytes are the bytes of the document as they were crawled.
func (d *Document) RawBytes() []byte {
	if d.Raw != nil {
		return d.Raw
	}
	return []byte(d.RawText)
}

// ToRaw is the raw document from which the row was made, ready for the stages.
// Where it was seen is told by the sightings.
func ToRaw(row *Document) (*corpus.Raw, error) {
	var in corpus.Input
	if err := json.Unmarshal(row.Input, &in); err != nil {
		return nil, fmt.Errorf("read input of document %s: %w", row.DocID, err)
	}
	raw := in.Raw(row.RawBytes())
	raw.Record = row.Record
	return raw, nil
}

// ToDocument turns a row and its edits, in their order, back into the document
// from which [FromDocument] made them, but for its sentences and mentions. Code
// points become byte offsets here.
func ToDocument(row *Document, edits []Edit) (*corpus.Document, error) {
	raw, err := ToRaw(row)
	if err != nil {
		return nil, err
	}
	at := corpus.NewCodePoints(row.RawText)
	d := &corpus.Document{
		ID: row.DocID, Title: row.Title, Source: row.Source, Site: row.Site, Authors: row.Authors, Editors: row.Editors,
		Published: row.Moment(), Place: row.Place, Adcode: row.Adcode, Script: corpus.Script(row.Script), Charset: row.Charset,
		Raw: raw.Bytes, RawText: row.RawText, Text: row.Text, TextSHA256: row.TextSHA256, MinHash: row.MinHash,
		Record: row.Record, Input: raw.Input(),
	}
	if row.TitleEnd > row.TitleStart {
		d.TitleSpan = at.Bytes(int(row.TitleStart), int(row.TitleEnd))
	}
	for _, e := range edits {
		edit := corpus.Edit{
			Kinds: e.Kinds, Raw: at.Bytes(int(e.RawStart), int(e.RawEnd)), Before: e.Before, After: e.After,
			Applied: e.Applied, Confidence: e.Confidence, Note: e.Note,
		}
		if e.Applied {
			d.Edits = append(d.Edits, edit)
		} else {
			d.Marks = append(d.Marks, edit)
		}
	}
	return d, nil
}
