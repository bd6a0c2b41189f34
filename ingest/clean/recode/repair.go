package recode

import "jianbao/corpus"

// The kinds of a repair.
const (
	FrameShift   = "frame_shift"    // GBK cut between the two bytes of a character
	UTF8AsGBK    = "utf8_as_gbk"    // UTF-8 that was read as GBK
	UTF8AsCP1252 = "utf8_as_cp1252" // UTF-8 that was read as Windows-1252
	UTF8AsLatin1 = "utf8_as_latin1" // UTF-8 that was read as ISO 8859-1
	GBKAsLatin1  = "gbk_as_latin1"  // GBK that was read as ISO 8859-1 or Windows-1252
	Big5AsGBK    = "big5_as_gbk"    // Big5 that was read as GBK
	GBKAsBig5    = "gbk_as_big5"    // GBK that was read as Big5
	Beyond       = "beyond_repair"  // bytes that were lost for good
)

// Is reports whether kind is one of this package's.
func Is(kind string) bool {
	switch kind {
	case FrameShift, UTF8AsGBK, UTF8AsCP1252, UTF8AsLatin1, GBKAsLatin1, Big5AsGBK, GBKAsBig5, Beyond:
		return true
	}
	return false
}

// Repair is one piece of text whose bytes were decoded wrongly.
type Repair struct {
	Span       corpus.Span // in bytes of the text, on boundaries of characters
	After      string      // what the piece becomes; "" for a mark
	Kind       string
	Applied    bool // false: a mark, which leaves the text as it is
	Confidence float64
	Note       string // what was lost, or what a mark may have been
}
