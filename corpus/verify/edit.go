package verify

import (
	"jianbao/corpus"
	"jianbao/corpus/table"
)

// rebuilds checks the edits of the document and returns those that were
// applied; ok when they turn raw_text into text.
func (c *document) rebuilds(rows []placed[table.Edit]) (applied []corpus.Edit, ok bool) {
	before := c.sum.Errors
	sequence(c, table.Edits, rows, func(e *table.Edit) int32 { return e.Seq })
	for i := range rows {
		if e := &rows[i].Value; e.Applied {
			applied = append(applied, corpus.Edit{Raw: c.edit(rows[i].Row, e), Before: e.Before, After: e.After, Applied: true})
		} else {
			c.edit(rows[i].Row, e)
		}
	}
	if int(c.d.NEdits) != len(applied) {
		c.wrong(Field, "n_edits is %d, %d edits were applied", c.d.NEdits, len(applied))
	}
	if c.sum.Errors > before {
		return nil, false
	}
	text, err := corpus.Apply(c.d.RawText, applied)
	switch {
	case err != nil:
		c.wrongRow(c.files[table.Edits], -1, c.d.DocID, Rebuild, "the edits do not apply: %v", err)
	case text != c.d.Text:
		c.wrongRow(c.files[table.Edits], -1, c.d.DocID, Rebuild, "the edits turn raw_text into another text")
	}
	return applied, err == nil && text == c.d.Text
}

// edit checks one edit and returns its span in bytes of raw_text.
func (c *document) edit(row int64, e *table.Edit) corpus.Span {
	if !within(e.RawStart, e.RawEnd, c.rawChars) {
		c.wrongRow(c.files[table.Edits], row, e.DocID, Offsets, "raw [%d,%d) is not within the %d characters of raw_text", e.RawStart, e.RawEnd, c.rawChars)
		return corpus.Span{}
	}
	span := c.raw.Bytes(int(e.RawStart), int(e.RawEnd))
	if span.Of(c.d.RawText) != e.Before {
		c.wrongRow(c.files[table.Edits], row, e.DocID, Offsets, "before is not what stands at [%d,%d) of raw_text", e.RawStart, e.RawEnd)
	}
	return span
}
