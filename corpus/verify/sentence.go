package verify

import "jianbao/corpus/table"

// sentenceRows checks that sentences follow each other within the text, and
// that the words of each do.
func (c *document) sentenceRows(rows []placed[table.Sentence]) {
	sequence(c, table.Sentences, rows, func(s *table.Sentence) int32 { return s.Seq })
	var end int32
	for i := range rows {
		s := &rows[i].Value
		if !within(s.Start, s.End, c.chars) || s.Start < end {
			c.wrongRow(c.files[table.Sentences], rows[i].Row, s.DocID, Offsets,
				"[%d,%d) does not come after %d within the %d characters of the text", s.Start, s.End, end, c.chars)
			continue
		}
		end = s.End
		c.words(rows[i].Row, s)
	}
}

func (c *document) words(row int64, s *table.Sentence) {
	at := s.Start
	for _, end := range s.TokenEnds {
		if end <= at || int(end) > c.chars {
			c.wrongRow(c.files[table.Sentences], row, s.DocID, Offsets, "token_ends: %d after %d in a text of %d characters", end, at, c.chars)
			return
		}
		at = end
	}
}
