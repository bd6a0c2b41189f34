package corpus

import (
	"fmt"
	"strings"
)

// Edit replaces one piece of a document's RawText. The applied edits of a
// document are ordered and do not overlap, and they alone turn RawText into
// Text (see [Apply]). A mark (Applied false) changes nothing and may overlap.
type Edit struct {
	Kinds      []string // what was wrong, e.g. "gloss"; several when steps met
	Raw        Span     // in RawText
	Before     string   // RawText[Raw.Start:Raw.End]
	After      string
	Applied    bool
	Confidence float64 // 0 to 1
	Note       string
}

// Apply rebuilds the cleaned text from the raw one.
func Apply(raw string, edits []Edit) (string, error) {
	var b strings.Builder
	b.Grow(len(raw))
	at := 0
	for i, e := range edits {
		if e.Raw.Start < at || e.Raw.End < e.Raw.Start || e.Raw.End > len(raw) {
			return "", fmt.Errorf("edit %d: span [%d,%d) out of order", i, e.Raw.Start, e.Raw.End)
		}
		if e.Before != e.Raw.Of(raw) {
			return "", fmt.Errorf("edit %d: before is not the raw text at [%d,%d)", i, e.Raw.Start, e.Raw.End)
		}
		b.WriteString(raw[at:e.Raw.Start])
		b.WriteString(e.After)
		at = e.Raw.End
	}
	b.WriteString(raw[at:])
	return b.String(), nil
}

// RawMap carries spans of a cleaned text back to the raw one.
type RawMap struct {
	edits []Edit
	text  []int // where the replacement of edits[i] starts in the cleaned text
}

// NewRawMap prepares the applied edits of one document. They must be ordered
// and must not overlap.
func NewRawMap(edits []Edit) RawMap {
	m := RawMap{edits: edits, text: make([]int, len(edits))}
	shift := 0
	for i, e := range edits {
		m.text[i] = e.Raw.Start + shift
		shift += len(e.After) - e.Raw.Len()
	}
	return m
}

// Span is the smallest raw span that covers the cleaned span s, taking
// replaced pieces whole. A deletion at either border of s stays outside it.
func (m RawMap) Span(s Span) Span {
	if s.Empty() {
		at := m.byteAt(s.Start).Start
		return Span{at, at}
	}
	return Span{m.byteAt(s.Start).Start, m.byteAt(s.End - 1).End}
}

// byteAt is the raw piece from which the text byte at off came: one byte, or
// the whole of what an edit replaced.
func (m RawMap) byteAt(off int) Span {
	i := m.find(off)
	if i < len(m.edits) && m.text[i] <= off {
		return m.edits[i].Raw
	}
	if i > 0 {
		e := m.edits[i-1]
		off = e.Raw.End + off - (m.text[i-1] + len(e.After))
	}
	return Span{off, off + 1}
}

// find is the index of the first edit whose replacement ends after text
// offset off.
func (m RawMap) find(off int) int {
	lo, hi := 0, len(m.edits)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if m.text[mid]+len(m.edits[mid].After) > off {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}
