// Package recode repairs text whose bytes were once decoded in the wrong way:
// GBK pages that were cut between the two bytes of a character, UTF-8 that was
// read as GBK or as a Western code page, GBK that was read as Latin-1, Big5
// and GBK taken for one another.
//
//	m, err := recode.OpenModel()
//	…
//	for _, r := range recode.Repairs(text, m, nil) {
//		if r.Applied {
//			// r.Span of text becomes r.After
//		}
//	}
//
// Every repair rests on two proofs. The bytes must allow it: the damaged text,
// encoded again, must decode to the repaired one. And the repaired text must
// read better, by a wide margin, under a model of which Chinese characters
// follow which ([Model]). What the bytes allow in several ways, or what lost
// bytes on the way, is only marked.
//
// # Frame shifts
//
// GBK has two bytes a character, and nothing in a byte says which of the two
// it is. Some sites cut their pages before bytes that look like a full-width
// mark (A3 A1 is ！) though they are the end of one character and the start of
// the next, decode the pieces one by one and join them again:
//
//	。    老    支    书        A1 A3 | C0 CF | D6 A7 | CA E9
//	?  ！...                   ?  A3 C0 | CF D6 | A7 CA | E9 …
//
// The first byte is lost and becomes a question mark; from there on bytes pair
// wrongly, until a character whose second byte is below 0x80 or the end of the
// line. frame.go finds such places, lattice.go says which bytes the damaged
// characters may stand for, and beam.go searches for the best reading.
package recode
