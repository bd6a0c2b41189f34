package recode

import "unicode/utf8"

// bareAt looks for a shift that left no mark where its first byte was lost. At
// byte offset i, and not before floor, stands what such a shift brings about:
// a private-use character, or a letter in the middle of Chinese that makes a
// common character with the byte before it (the h of 黨, which is FC 68).
func (f *frames) bareAt(i, floor int) (Repair, bool) {
	if f.text[i] < 0x80 && !f.endsShift(i) {
		return Repair{}, false
	}
	var starts [backReach]int
	n := 0
	for at := i; at > floor && n < backReach; n++ {
		r, width := utf8.DecodeLastRuneInString(f.text[:at])
		if r == '\n' {
			break
		}
		at -= width
		starts[n] = at
	}
	for n > 0 {
		n--
		r, _ := utf8.DecodeRuneInString(f.text[starts[n]:])
		if before := runeBefore(f.text, starts[n]); !startsShift(r) || before == '?' || before == utf8.RuneError {
			continue
		}
		if r, ok := f.at(starts[n], true); ok && r.Applied && r.Span.End > i {
			return r, true
		}
	}
	return Repair{}, false
}

// startsShift reports whether r is what a shift begins with: a full-width form
// of ASCII, perhaps folded.
func startsShift(r rune) bool {
	return r >= 0xFF01 && r <= 0xFF5E || r == '!' || r == ',' || r == ';'
}

// endsShift reports whether the letter at byte offset i, after the last byte
// of the character before it, makes a common one.
func (f *frames) endsShift(i int) bool {
	_, trail, ok := f.m.gbk(runeBefore(f.text, i))
	if !ok {
		return false
	}
	id := f.m.id(f.m.char(trail, f.text[i]))
	return id > 0 && f.m.start(id) < commonStart
}
