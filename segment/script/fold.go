package script

import "unicode/utf8"

// Fold is the simplified form of s: the longest phrase of the tables at each
// place, else the single character, as OpenCC's t2s does (maximum matching
// from left to right), with the exceptions of overrides.txt.
//
// Rune i of the result is rune i of s. A byte that is not valid UTF-8 is a
// rune of its own and passes through unchanged. When nothing changes, the
// result shares s and nothing is allocated.
func Fold(s string) Folded {
	f := folder{writer: writer{src: s}}
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := decode(s, i)
		e := lookup(r)
		if e&(targetMask|startBit) == 0 {
			i += size
			continue
		}
		i = f.apply(e, i, size)
	}
	return Folded{Text: f.text(), shifts: f.shifts}
}

// decode is utf8.DecodeRuneInString(s[i:]) with a short way for the three
// bytes that most Chinese characters take.
func decode(s string, i int) (rune, int) {
	if i+2 < len(s) {
		a, b, c := s[i], s[i+1], s[i+2]
		if a > 0xE0 && a < 0xED && b&0xC0 == 0x80 && c&0xC0 == 0x80 {
			return rune(a&0x0F)<<12 | rune(b&0x3F)<<6 | rune(c&0x3F), 3
		}
	}
	return utf8.DecodeRuneInString(s[i:])
}

// folder writes the result of Fold and keeps what changes its width.
type folder struct {
	writer
	shifts []shift
}

// apply folds what begins at byte i, a rune of size bytes with the entry e,
// and returns where to go on.
func (f *folder) apply(e entry, i, size int) int {
	to := rune(e & targetMask)
	if e&startBit != 0 {
		group := starts[to]
		if p, ok := group.match(f.src[i:]); ok {
			f.replacePhrase(p, i)
			return i + len(p.from)
		}
		to = group.alone
	}
	if to != 0 {
		f.replace(to, i, size)
	}
	return i + size
}

// replacePhrase goes rune by rune, so that offsets inside a phrase are right.
func (f *folder) replacePhrase(p phrase, at int) {
	from := 0
	for _, to := range p.to {
		r, size := utf8.DecodeRuneInString(p.from[from:])
		if r != to {
			f.replace(to, at+from, size)
		}
		from += size
	}
}

// replace writes the rune to for the size bytes at i.
func (f *folder) replace(to rune, i, size int) {
	f.skip(i, i+size)
	at := f.out.Len()
	f.out.WriteRune(to)
	if end := f.out.Len(); end-at != size {
		f.shifts = append(f.shifts, shift{text: at, textEnd: end, source: i, sourceEnd: i + size})
	}
}
