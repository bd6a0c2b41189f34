package recode

import (
	"unicode/utf8"

	"jianbao/corpus"
)

// maxCells bounds the characters that one search looks at. The shifts that are
// known end much sooner; simplified text without any ASCII is the exception.
const maxCells = 240

// cell is one character of a damaged line.
type cell struct {
	r    rune
	span corpus.Span
	cost float64 // of the line as it stands, from the first cell up to before this one
}

// cells splits the line that starts at byte offset at. The last one stands for
// the end of the line and has an empty span; whole is false when the line goes
// on behind it.
func (s scorer) cells(text string, at int) (out []cell, whole bool) {
	prev := runeBefore(text, at)
	total := 0.0
	for len(out) < maxCells && at < len(text) && text[at] != '\n' && text[at] != '\r' {
		r, n := utf8.DecodeRuneInString(text[at:])
		total += s.cost(prev, r)
		out = append(out, cell{r, corpus.Span{Start: at, End: at + n}, total - s.cost(prev, r)})
		prev = r
		at += n
	}
	whole = len(out) < maxCells || at == len(text)
	return append(out, cell{'\n', corpus.Span{Start: at, End: at}, total}), whole
}

// runeBefore is the character before the byte offset at; a line break at the
// start of the text.
func runeBefore(text string, at int) rune {
	if at == 0 {
		return '\n'
	}
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return r
}

// unfolded is the full-width form that a site may have folded to the ASCII
// character r: as bytes in GBK.
func unfolded(r rune) (lead, trail byte, ok bool) {
	switch {
	case r <= ' ' || r >= 0x7F:
		return 0, 0, false
	case r == '~':
		return 0xA1, 0xAB, true
	case r == '$':
		return 0xA1, 0xE7, true
	}
	return 0xA3, byte(r) | 0x80, true
}

// folded is r without the full width, as such a site prints it.
func folded(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E {
		return r - 0xFEE0
	}
	return r
}

// wholePair is the pair of bytes that a damaged character surely or, for one
// that may have been folded, possibly stands for.
func (m *Model) wholePair(r rune) (lead, trail byte, ok bool) {
	if r < 0x80 {
		return unfolded(r)
	}
	return m.gbk(r)
}

// glossTail reads what follows in cells from i: a reading of up to six letters
// and the closing parenthesis. end is the cell behind it, 0 for no such tail.
func glossTail(cells []cell, i int) (word string, end int) {
	from := i
	for i < len(cells) && isReadingLetter(cells[i].r) && i-from < 7 {
		word += string(cells[i].r)
		i++
	}
	if word == "" || i >= len(cells) || cells[i].r != ')' && cells[i].r != '）' {
		return "", 0
	}
	return word, i + 1
}

// isReadingLetter reports whether r may stand in a reading in Pinyin.
func isReadingLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 0xE0 && r <= 0x1DC && r != 0xF7 || r >= 0x300 && r <= 0x30C
}

// tagTail reads what is left of a closing tag without its "<": "/p>". end is
// the cell behind it, 0 for none.
func tagTail(cells []cell, i int) (name string, end int) {
	if i >= len(cells) || cells[i].r != '/' {
		return "", 0
	}
	for i++; i < len(cells) && classOfASCII(cells[i].r) == latin && len(name) < 10; i++ {
		name += string(cells[i].r)
	}
	if name == "" || i >= len(cells) || cells[i].r != '>' {
		return "", 0
	}
	return name, i + 1
}
