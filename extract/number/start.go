package number

import "unicode/utf8"

// starters are the runes with which a numeral can begin. The capital forms
// 伍 陆 拾 佰 仟 stand in ordinary words (队伍, 陆续) and only begin one before
// another capital form; see symbolAt.
const starters = "〇零一二三四五六七八九十百千万亿两几数半廿卅卌" +
	"壹贰叁肆伍陆柒捌玖拾佰仟" + "萬億兩幾數貳參陸" + "若某"

const (
	firstHan = 0x3000 // of the bitmap: the runes of lead bytes E3 to E9
	hanWords = (0xA000 - firstHan) / 64
)

// hanBits is a set of the runes from U+3000 to U+9FFF.
type hanBits [hanWords]uint64

func isWide(r rune) bool { return uint32(r)-firstHan < hanWords*64 }

func (b *hanBits) set(r rune) {
	if isWide(r) {
		b[(r-firstHan)/64] |= 1 << (r % 64)
	}
}

// has needs a rune that is wide.
func (b *hanBits) has(r rune) bool { return b[uint32(r-firstHan)/64]>>(uint32(r)%64)&1 != 0 }

var startBits = func() (bits hanBits) {
	for _, r := range starters {
		bits.set(r)
	}
	return bits
}()

var asciiStart = [utf8.RuneSelf]bool{
	'0': true, '1': true, '2': true, '3': true, '4': true,
	'5': true, '6': true, '7': true, '8': true, '9': true,
	'X': true, 'x': true, '*': true,
}

// nextStart is the offset of the first rune at or after i with which a
// quantity can begin, len(s) when there is none. It looks at lead bytes and a
// bitmap and decodes no rune; most of a text is passed here.
func nextStart(s string, i int) int {
	for i < len(s) {
		c := s[i]
		switch {
		case c < utf8.RuneSelf:
			if asciiStart[c] {
				return i
			}
			i++
		case c >= 0xE3 && c <= 0xE9 && i+2 < len(s):
			word := (uint(c)<<6 | uint(s[i+1]&0x3F)) - 0xE3<<6
			if word < hanWords && startBits[word]>>(s[i+2]&0x3F)&1 != 0 {
				return i
			}
			i += 3
		case c == 0xEF && i+2 < len(s):
			if wideStart(s[i+1], s[i+2]) {
				return i
			}
			i += 3
		case c == 0xC3 && i+1 < len(s) && s[i+1] == 0x97: // ×
			return i
		case c >= 0xE0 && c < 0xF0 && i+2 < len(s):
			i += 3
		default:
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
		}
	}
	return len(s)
}

// wideStart tests the last two bytes of the full-width digits, Ｘ, ｘ and ＊.
func wideStart(b, c byte) bool {
	return b == 0xBC && (c >= 0x90 && c <= 0x99 || c == 0xB8 || c == 0x8A) || b == 0xBD && c == 0x98
}
