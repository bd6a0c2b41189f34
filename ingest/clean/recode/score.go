package recode

import "unicode"

// class is what kind of character stands in a text, as far as costs go.
type class uint8

const (
	han  class = iota
	stop       // ends a clause or a sentence: ， 。
	mark       // other Chinese punctuation
	rare       // Chinese punctuation that is seldom met
	opening
	closing
	blank
	digit
	latin
	question // the ASCII question mark: a mark of its own, or what is left of a byte
	ascii
	wide // full-width letters, digits and signs of ASCII
	symbol
	foreign
	private // private-use characters and U+FFFD
)

// classCost is the cost of meeting a character of a class in Chinese text.
var classCost = [...]float64{
	han: 0, stop: 3, mark: 5.5, rare: 8, opening: 5, closing: 5, blank: 4.5, digit: 5,
	latin: 8, question: 7, ascii: 6.5, wide: 9, symbol: 10, foreign: 11, private: 13,
}

func classOf(r rune) class {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0x3400 && r <= 0x4DBF, r == '〇', r == '々':
		return han
	case r < 0x80:
		return classOfASCII(r)
	}
	switch r {
	case '，', '。', '、':
		return stop
	case '：', '；', '！', '？', '…', '—', '·', '～', '％':
		return mark
	case '‘', '’', '＂', '＇', '〈', '〉', '〔', '〕', '〖', '〗', '\u3000':
		return rare
	case '“', '《', '（', '「', '『', '【':
		return opening
	case '”', '》', '）', '」', '』', '】':
		return closing
	case '\u00a0':
		return blank
	case unicode.ReplacementChar:
		return private
	}
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return wide
	case unicode.Is(unicode.Co, r):
		return private
	case unicode.Is(unicode.Han, r):
		return han
	case unicode.IsLetter(r):
		return foreign
	}
	return symbol
}

func classOfASCII(r rune) class {
	switch {
	case r >= '0' && r <= '9':
		return digit
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
		return latin
	case r == '?':
		return question
	case r == ',' || r == '.':
		return stop
	case r == '!' || r == ':' || r == ';' || r == '%':
		return mark
	case r <= ' ':
		return blank
	}
	return ascii
}

// scorer weighs readings of one document.
type scorer struct {
	m     *Model
	local *habits // what the document itself says elsewhere; nil for nothing
}

// cost is the cost of the character r after prev.
func (s scorer) cost(prev, r rune) float64 {
	p, c := classOf(prev), classOf(r)
	if c == han {
		id := s.m.id(r)
		if p != han {
			return s.m.start(id)
		}
		return s.local.follow(prev, r, s.m.follow(s.m.id(prev), id))
	}
	cost := classCost[c]
	switch {
	case p == han:
		if id := s.m.id(prev); id > 0 {
			cost += min(s.m.end(id), 5)
		}
	case p == c && (c == digit || c == latin || c == wide || c == foreign || c == blank):
		cost = min(cost, 3)
	case r == prev && (c == question || c == mark):
		cost = 2
	case c == closing && (p == stop || p == mark || p == question), p == closing && c == stop:
		cost -= 2
	case prev == '。' && c == opening:
		cost -= 2
	case p == opening && (c == closing || c == stop || c == blank):
		cost += 6
	case p == stop && c == stop, r == '\n' && p == stop && prev != '。', r == '\n' && p == blank:
		cost += 6
	case isAsk(prev) && isAsk(r):
		cost = 3
	}
	return cost
}

// isAsk reports whether r is a mark of which several often stand in a row.
func isAsk(r rune) bool { return r == '?' || r == '!' || r == '？' || r == '！' }
