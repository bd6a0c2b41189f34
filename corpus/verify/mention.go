package verify

import (
	"strings"
	"unicode/utf8"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

// mentionAlone checks what a mention says of itself.
func (b *batch) mentionAlone(l listed, row int64, m *table.Mention) {
	wrong := func(check Check, format string, args ...any) { b.wrongRow(l, row, m.DocID, check, format, args...) }
	if id := corpus.MentionID(m.DocID, m.Category, int(m.NumberStart), int(m.NumberEnd)); id != m.MentionID {
		wrong(Field, "mention_id is %s, that of its document, category and number %s", m.MentionID, id)
	}
	if m.Lo != nil && m.Hi != nil && *m.Lo > *m.Hi {
		wrong(Field, "lo is %d, hi is %d", *m.Lo, *m.Hi)
	}
	if m.Counted != (m.ExcludedBy == "") {
		wrong(Field, "counted is %t, excluded_by %q", m.Counted, m.ExcludedBy)
	}
}

// mentionRows checks the mentions of the document against its text.
func (c *document) mentionRows(rows []placed[table.Mention]) {
	sequence(c, table.Mentions, rows, func(m *table.Mention) int32 { return m.Seq })
	for i := range rows {
		m := &rows[i].Value
		if say := c.places(m); say != "" {
			c.wrongRow(c.files[table.Mentions], rows[i].Row, m.DocID, Offsets, "%s", say)
		}
		if day(m.Published) != day(c.d.Published) || m.Source != c.d.Source || m.BatchID != c.d.BatchID {
			c.wrongRow(c.files[table.Mentions], rows[i].Row, m.DocID, Field, "published, source or batch_id is not that of the document")
		}
	}
}

// day is a date, or 0 for none: the spool makes no difference between them.
func day(d *corpus.Date) corpus.Date {
	if d == nil {
		return 0
	}
	return *d
}

// places says what is wrong with the offsets of a mention; "" when nothing is.
func (c *document) places(m *table.Mention) string {
	switch {
	case !within(m.Start, m.End, c.chars) || !within(m.NumberStart, m.NumberEnd, c.chars) || !within(m.HeadStart, m.HeadEnd, c.chars):
		return "its offsets are not within the text"
	case m.NumberStart < m.Start || m.NumberEnd > m.End:
		return "its number is not within its span"
	case c.at(m.NumberStart, m.NumberEnd) != m.NumberText:
		return "number_text is not what stands at number_start"
	case c.at(m.HeadStart, m.HeadEnd) != m.Head:
		return "head is not what stands at head_start"
	case !strings.Contains(c.at(m.Start, m.End), m.Unit):
		return "unit does not stand within its span"
	}
	end := m.SentenceStart + int32(utf8.RuneCountInString(m.Sentence))
	if !within(m.SentenceStart, end, c.chars) || c.at(m.SentenceStart, end) != m.Sentence {
		return "sentence is not what stands at sentence_start"
	}
	if m.NumberStart < m.SentenceStart || m.NumberEnd > end {
		return "its number is not within its sentence"
	}
	return ""
}

// at is what stands in the text.
func (c *document) at(start, end int32) string {
	return c.text.Bytes(int(start), int(end)).Of(c.d.Text)
}

// rawOffsets checks that the edits lead from each mention to where it says that
// it stands in the source.
func (c *document) rawOffsets(source corpus.RawMap, rows []placed[table.Mention]) {
	for i := range rows {
		m := &rows[i].Value
		if !within(m.Start, m.End, c.chars) {
			continue // reported with its other offsets
		}
		start, end := c.raw.Range(source.Span(c.text.Bytes(int(m.Start), int(m.End))))
		if int(m.RawStart) != start || int(m.RawEnd) != end {
			c.wrongRow(c.files[table.Mentions], rows[i].Row, m.DocID, RawOffsets, "raw [%d,%d), the edits lead to [%d,%d)", m.RawStart, m.RawEnd, start, end)
		}
	}
}
