package extract

import (
	"slices"
	"sort"
	"strings"

	"jianbao/corpus"
)

// table is a table of the text while its rows are read: lines of cells between bars or
// tabs, the first of which names what the columns count.
//
//	乡镇 | 党支部（个） | 党员数
//	合计 | 27 | 641
type table struct {
	columns  []column
	end      int  // of the last row that was read, its line feed included
	first    int  // index of its first mention in sentence.mentions
	totalled bool // a row with the sums was read
}

// column is what a header cell says.
type column struct {
	noun
	head corpus.Span
	unit corpus.Span // in brackets; empty without one
	part bool        // 其中：女党员
}

// bars part the cells of a row; a row without bars has tabs.
const bars = "|｜"

// isRow reports whether a line has cells.
func isRow(line string) bool { return strings.ContainsAny(line, bars+"\t") }

// row reads the sentence as a row of a table and gives its numbers the heads of their columns. A number
// that shares its cell with more than its classifier is left to the other rules.
func (s *sentence) row() {
	columns := s.table.columns
	cells := s.cells(s.line(s.span.Start))
	switch {
	case columns == nil && !slices.ContainsFunc(cells, s.isNumber):
		s.table.columns = s.columns(cells) // a header with a number in it: 2021年新建党支部
		return
	case columns == nil:
		columns, cells = s.flat(cells)
	}
	if len(columns) == 0 {
		return
	}
	sum := len(cells) > 0 && isSum(cells[0].Of(s.text))
	if sum {
		s.partsOfTable()
	}
	k := 0
	for i := range s.qs {
		q := &s.qs[i]
		for k < len(cells) && cells[k].End < q.end {
			k++
		}
		if k == len(cells) {
			break
		}
		if c := cells[k]; c.Start == q.Span.Start && c.End == q.end && columns[k%len(columns)].pack != nil {
			s.inColumn(i, &columns[k%len(columns)], sum)
		}
	}
	s.table.totalled = s.table.totalled || sum
}

// flat reads a table whose rows stand in one line: the header, then rows of as many cells, with an empty
// cell between rows or without. It returns the cells of the rows.
func (s *sentence) flat(cells []corpus.Span) ([]column, []corpus.Span) {
	var full []corpus.Span
	width := 0
	for i, c := range cells {
		if c.Empty() && width == 0 {
			width = i
		}
		if !c.Empty() {
			full = append(full, c)
		}
	}
	if width == 0 {
		for width < len(full) && !s.isNumber(full[width]) {
			width++
		}
		width-- // the last is the name of the first row
	}
	if width < 2 || len(full) == width || len(full)%width != 0 {
		return nil, nil
	}
	return s.columns(full[:width]), full[width:]
}

// isNumber reports whether a cell is one of the numbers of the sentence, with or without its classifier.
func (s *sentence) isNumber(cell corpus.Span) bool {
	i := sort.Search(len(s.qs), func(i int) bool { return s.qs[i].Span.Start >= cell.Start })
	return i < len(s.qs) && s.qs[i].Span.Start == cell.Start && s.qs[i].end == cell.End
}

// isSum reports whether the first cell of a row says that it sums up the others.
func isSum(cell string) bool {
	return hasPrefix(cell, []string{"合计", "总计", "共计", "合 计", "总 计"})
}

// partsOfTable flags what the table has counted so far as parts of a total.
func (s *sentence) partsOfTable() {
	for i := min(s.table.first, len(s.mentions)); i < len(s.mentions); i++ {
		if m := &s.mentions[i]; !m.HasFlag(corpus.Subtotal) {
			m.Flags = append(m.Flags, corpus.Subtotal)
		}
	}
}

// inColumn makes number i a mention of what its column counts.
func (s *sentence) inColumn(i int, c *column, sum bool) {
	q := &s.qs[i]
	unit := s.x.unitIDs[c.unit.Of(s.text)]
	switch {
	case q.mention != nil || !c.in(Table):
		return
	case !q.unit.Empty() && !c.counts(q.unitID), q.unit.Empty() && !c.unit.Empty() && !c.counts(unit):
		return
	}
	m := s.mention(i, &c.noun, c.head, Table)
	if q.unit.Empty() && !c.unit.Empty() {
		m.Unit, m.UnitSpan = c.unit.Of(s.text), c.unit
	}
	if (c.part || s.table.totalled && !sum) && !m.HasFlag(corpus.Subtotal) {
		m.Flags = append(m.Flags, corpus.Subtotal)
	}
}

// inTable reports whether the sentence is a row of a table and finds the header of one
// that is new.
func (s *sentence) inTable() bool {
	if !s.barred {
		return false
	}
	line := s.line(s.span.Start)
	if strings.TrimSpace(line.Of(s.text)) != s.span.Of(s.text) {
		return false
	}
	first := line.Start
	for first > s.table.end {
		above := s.line(first - 1)
		if !isRow(above.Of(s.text)) {
			break
		}
		first = above.Start
	}
	if first > s.table.end || s.table.end == 0 {
		s.table = table{columns: s.columns(s.cells(s.line(first))), first: len(s.mentions)}
		if first == line.Start {
			s.table.columns = nil // or the whole table is one line
		}
	}
	s.table.end = line.End + 1
	return true
}

// line is the line that holds an offset, without its line feed.
func (s *sentence) line(at int) corpus.Span {
	start := strings.LastIndexByte(s.text[:at], '\n') + 1
	end := strings.IndexByte(s.text[at:], '\n')
	if end < 0 {
		return corpus.Span{Start: start, End: len(s.text)}
	}
	return corpus.Span{Start: start, End: at + end}
}

// cells are the cells of a row without the white space around them.
func (s *sentence) cells(line corpus.Span) []corpus.Span {
	text, separators := line.Of(s.text), "\t"
	if strings.ContainsAny(text, bars) {
		separators = bars
		inner := strings.Trim(strings.TrimSpace(text), bars)
		line.Start += strings.Index(text, inner)
		text = inner
	}
	var out []corpus.Span
	at := line.Start
	for {
		end := strings.IndexAny(text, separators)
		cell := text
		if end >= 0 {
			cell = text[:end]
		}
		trimmed := strings.TrimLeft(cell, " \u3000")
		start := at + len(cell) - len(trimmed)
		out = append(out, corpus.Span{Start: start, End: start + len(strings.TrimRight(trimmed, " \u3000"))})
		if end < 0 {
			return out
		}
		width := 1
		if text[end] != '|' && text[end] != '\t' {
			width = len("｜")
		}
		at += end + width
		text = text[end+width:]
	}
}

// columns reads what the columns of a table count; nil when none counts anything.
func (s *sentence) columns(header []corpus.Span) []column {
	var out []column
	any := false
	for _, c := range header {
		col := s.column(c)
		out = append(out, col)
		any = any || col.pack != nil
	}
	if !any {
		return nil
	}
	return out
}

// column reads a header cell: 其中：女党员数（名）.
func (s *sentence) column(cell corpus.Span) column {
	c := column{noun: noun{entry: &entry{}}}
	text := cell.Of(s.text)
	if i := strings.LastIndexAny(text, "(（"); i >= 0 && bracketed(text[i:]) == len(text)-i && s.isUnit(text[i:]) {
		start := cell.Start + i + strings.IndexFunc(text[i:], notBracket)
		c.unit = corpus.Span{Start: start, End: start + len(unbracketed(text[i:]))}
		text = strings.TrimSpace(text[:i])
	}
	for _, amount := range [...]string{"总人数", "总数量", "总数", "人数", "数量", "个数", "数"} {
		text = strings.TrimSuffix(text, amount)
	}
	if rest, ok := strings.CutPrefix(text, "其中"); ok {
		c.part = true
		rest = strings.TrimLeft(rest, "：: ")
		cell.Start += len(text) - len(rest)
		text = rest
	}
	c.head = corpus.Span{Start: cell.Start, End: cell.Start + len(text)}
	if n, ok := s.lastNoun(c.head); ok {
		c.noun = n
	}
	return c
}

// lastNoun is the noun with which text[span] ends.
func (s *sentence) lastNoun(span corpus.Span) (last noun, ok bool) {
	for at, r := range span.Of(s.text) {
		if at += span.Start; at < last.span.End {
			continue
		}
		if root := s.x.lexicon.root(r); root > 0 {
			if e, n := s.x.lexicon.longest(s.text[at:span.End], root, len(string(r))); n > 0 {
				last = noun{entry: e, span: corpus.Span{Start: at, End: at + n}}
			}
		}
	}
	return last, last.entry != nil && last.span.End == span.End
}
