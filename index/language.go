package index

import (
	"errors"
	"strings"
	"unicode"

	"jianbao/corpus"
)

// Language is what the index must know of the language of its texts. All
// functions are called from several goroutines at once.
type Language struct {
	// Version names the fold tables and the dictionary. A live index of
	// another version is ErrStale.
	Version string

	// Fold brings a text into the form that is indexed, rune for rune.
	Fold func(string) string

	// Segment appends the words of a folded text to dst. They tile it.
	Segment func(dst []corpus.Token, folded string) []corpus.Token

	// SubWords appends the dictionary words inside a word to dst, without the
	// word itself, as byte ranges of the word. They have two characters at least.
	SubWords func(dst []corpus.Token, word string) []corpus.Token

	// Piece is the range of bytes around byte at of a folded text, which begins a
	// character, out of which no word reaches, such as a line. Pieces tile the
	// text. Nil: texts are cut from end to end always.
	Piece func(folded string, at int) (start, end int)

	// SegmentPieces appends the words of some pieces side by side as Segment of the
	// whole text has them, and reports whether it could tell. It goes with Piece.
	SegmentPieces func(dst []corpus.Token, folded string, pieces corpus.Span) ([]corpus.Token, bool)
}

func (l *Language) check() error {
	if l.Fold == nil || l.Segment == nil || l.SubWords == nil {
		return errors.New("index: a language needs Fold, Segment and SubWords")
	}
	if (l.Piece == nil) != (l.SegmentPieces == nil) {
		return errors.New("index: a language has both of Piece and SegmentPieces or neither")
	}
	return nil
}

// normal is a folded word as it stands in the index: in small letters, with
// full-width letters and digits made narrow. It has as many runes as word.
func normal(word string) string { return strings.Map(normalRune, word) }

func normalRune(r rune) rune {
	if 0x2E80 <= r && r < 0xA000 { // radicals to CJK ideographs: no case, and most of every text
		return r
	}
	return unicode.ToLower(narrow(r))
}

// narrow is the ASCII form of a full-width character.
func narrow(r rune) rune {
	if 0xFF01 <= r && r <= 0xFF5E {
		return r - 0xFEE0
	}
	return r
}

// normalText is a text as a key: folded and normal.
func (l *Language) normalText(s string) string {
	return normal(l.Fold(strings.TrimSpace(s)))
}
