package table

import (
	"encoding/json"
	"slices"
	"time"

	"jianbao/corpus"
)

// Meta is what the rows of a batch say of their making.
type Meta struct {
	BatchID         string
	PipelineVersion string
	IngestedAt      time.Time

	// Fold gives the folded form of a text, whose rune i is rune i of the
	// text: what [corpus.Sentence] counts its tokens in. Nil means that the
	// text was segmented as it stands.
	Fold func(text string) string
}

// FromDocument turns a document into the rows of its tables. Byte offsets
// become code points here. The edits and the marks of a document are one list,
// in the order of their place in RawText.
func FromDocument(d *corpus.Document, meta Meta) (Document, []Mention, []Edit, []Sentence) {
	c := converter{d: d, meta: meta, text: corpus.NewCodePoints(d.Text), raw: corpus.NewCodePoints(d.RawText)}
	doc := c.document()
	return doc, c.mentions(doc.Published), c.edits(), c.sentences()
}

// FromSighting turns a sighting into its row.
func FromSighting(s corpus.Sighting) Sighting {
	return Sighting{
		DocID:           s.DocID,
		URI:             s.URI,
		FetchedAt:       knownTime(s.FetchedAt),
		Container:       s.Container,
		ContainerOffset: s.ContainerOffset,
		SeenAt:          TimestampOf(s.SeenAt),
	}
}

// converter holds one document and the indexes of its two texts.
type converter struct {
	d         *corpus.Document
	meta      Meta
	text, raw *corpus.CodePoints
}

func (c *converter) document() Document {
	d := c.d
	row := Document{
		DocID:              d.ID,
		Title:              d.Title,
		Source:             d.Source,
		Site:               d.Site,
		Authors:            list(d.Authors),
		Editors:            list(d.Editors),
		PublishedPrecision: string(d.Published.Precision),
		Place:              d.Place,
		Adcode:             d.Adcode,
		Script:             string(d.Script),
		Charset:            d.Charset,
		RawText:            d.RawText,
		Text:               d.Text,
		NChars:             int32(c.text.At(len(d.Text))),
		NEdits:             int32(len(d.Edits)),
		TextSHA256:         d.TextSHA256,
		MinHash:            d.MinHash,
		Record:             record(d.Record),
		Input:              input(d.Input),
		BatchID:            c.meta.BatchID,
		PipelineVersion:    c.meta.PipelineVersion,
		IngestedAt:         TimestampOf(c.meta.IngestedAt),
	}
	if len(d.Raw) > 0 && string(d.Raw) != d.RawText {
		row.Raw = d.Raw
	}
	if day, ok := d.Published.Day(); ok {
		row.Published = &day
	}
	if d.Published.Precision == corpus.ToMinute {
		row.PublishedAt = knownTime(d.Published.Time)
	}
	if !d.TitleSpan.Empty() {
		row.TitleStart, row.TitleEnd = span(c.raw, d.TitleSpan)
	}
	return row
}

func (c *converter) mentions(published *corpus.Date) []Mention {
	rows := make([]Mention, len(c.d.Mentions))
	for i := range c.d.Mentions {
		rows[i] = c.mention(&c.d.Mentions[i])
		rows[i].Seq = int32(i)
		rows[i].Published = published
	}
	return rows
}

func (c *converter) mention(m *corpus.Mention) Mention {
	row := Mention{
		DocID:       c.d.ID,
		Category:    m.Category,
		Subtype:     m.Subtype,
		Head:        m.Head,
		Term:        m.Term,
		Value:       number(m.Count.Value),
		Lo:          number(m.Count.Lo),
		Hi:          number(m.Count.Hi),
		Modifier:    string(m.Count.Modifier),
		Magnitude:   number(m.Count.Magnitude),
		Unit:        m.Unit,
		NumberText:  m.NumberText,
		Sentence:    m.Sentence.Of(c.d.Text),
		Place:       m.Place,
		Adcode:      m.Adcode,
		PlaceSource: m.PlaceSource,
		Flags:       make([]string, len(m.Flags)),
		Counted:     m.Counted,
		ExcludedBy:  m.ExcludedBy,
		RuleID:      m.RuleID,
		RuleVersion: int32(m.RuleVersion),
		Source:      c.d.Source,
		BatchID:     c.meta.BatchID,
	}
	row.Start, row.End = span(c.text, m.Span)
	row.NumberStart, row.NumberEnd = span(c.text, m.Number)
	row.HeadStart, row.HeadEnd = span(c.text, m.HeadSpan)
	row.RawStart, row.RawEnd = span(c.raw, m.Raw)
	row.SentenceStart, _ = span(c.text, m.Sentence)
	row.MentionID = corpus.MentionID(c.d.ID, m.Category, int(row.NumberStart), int(row.NumberEnd))
	for i, f := range m.Flags {
		row.Flags[i] = string(f)
	}
	if m.HasAsOf {
		day := m.AsOf
		row.AsOf = &day
	}
	return row
}

func (c *converter) edits() []Edit {
	all := slices.Concat(c.d.Edits, c.d.Marks)
	// Stable: two edits at one place (an insertion, then a replacement) keep
	// the order in which they apply.
	slices.SortStableFunc(all, func(a, b corpus.Edit) int { return a.Raw.Start - b.Raw.Start })
	rows := make([]Edit, len(all))
	for i, e := range all {
		rows[i] = Edit{
			DocID:      c.d.ID,
			Seq:        int32(i),
			Kinds:      list(e.Kinds),
			Before:     e.Before,
			After:      e.After,
			Applied:    e.Applied,
			Confidence: e.Confidence,
			Note:       e.Note,
		}
		rows[i].RawStart, rows[i].RawEnd = span(c.raw, e.Raw)
	}
	return rows
}

func (c *converter) sentences() []Sentence {
	folded := c.folded()
	rows := make([]Sentence, len(c.d.Sentences))
	for i, s := range c.d.Sentences {
		rows[i] = Sentence{DocID: c.d.ID, Seq: int32(i), TokenEnds: make([]int32, len(s.Tokens))}
		rows[i].Start, rows[i].End = span(c.text, s.Span)
		for j, t := range s.Tokens {
			rows[i].TokenEnds[j] = int32(folded.At(t.End))
		}
	}
	return rows
}

// folded indexes the folded text. Its code points are those of the text,
// though its bytes need not be.
func (c *converter) folded() *corpus.CodePoints {
	if c.meta.Fold == nil {
		return c.text
	}
	folded := c.meta.Fold(c.d.Text)
	if folded == c.d.Text {
		return c.text
	}
	return corpus.NewCodePoints(folded)
}

// span is s in code points.
func span(at *corpus.CodePoints, s corpus.Span) (start, end int32) {
	from, to := at.Range(s)
	return int32(from), int32(to)
}

// list is never nil: a column of lists has no null.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func number(n corpus.Int64) *int64 {
	if !n.Valid {
		return nil
	}
	return &n.N
}

// record is r, or the empty object. What is no JSON is kept as a string of it.
func record(r json.RawMessage) json.RawMessage {
	switch {
	case len(r) == 0:
		return json.RawMessage("{}")
	case json.Valid(r):
		return r
	}
	quoted, err := json.Marshal(string(r))
	if err != nil {
		return json.RawMessage("{}")
	}
	return quoted
}

// input is in as JSON, which has no way to fail here.
func input(in corpus.Input) json.RawMessage {
	b, err := json.Marshal(in)
	if err != nil {
		return json.RawMessage("{}")
	}
	return b
}
