// Package number reads Chinese quantities in running text: it finds every
// number, says what it says (value, inclusive bounds, hedge) and what it is a
// number of (things that may be counted, a date, money, an identifier, …).
//
//	for _, q := range number.Append(nil, "近60余名干部、检查站6处") {
//		fmt.Println(q.Span.Of(text), q.Kind, q.Count.Value)
//	}
//
// # How it works
//
//  1. A byte-level scan looks for a rune with which a numeral can begin; text
//     without one costs about as much as ranging over it.
//  2. The numeral there is read: Arabic digits of either width with commas,
//     spaces or decimals, Chinese numerals, mixtures (2亿5600万), adjacent
//     digits (七八百), vague ones (几十, 数百), masks (X万).
//  3. Hedges are joined on both sides (近60余, 三百以上), and two numerals into
//     a range (3至5).
//  4. What stands before and after decides the [Kind]. The tests are
//     structural: units, date patterns, neighbouring letters, place in the
//     line. Words that no structure gives away are listed in names.go.
//
// # Conventions
//
// Bounds are inclusive. 余 and 多 reach to the end of the lowest non-zero
// position that was written: 2300余 ends at 2399, 4.6万余 at 46999; after a
// digit in the last place (8888余) the upper bound is unknown. A lone 几 or 数
// is 2 to 9, and 1 to 9 in the last place after 十 (十几 is 11 to 19). A number
// that is not whole has no value; its bounds are the whole numbers around it.
// A date, a time, a fraction, a name or an identifier has no count at all.
//
// Input is folded (simplified) text; the traditional forms of the numerals
// themselves are understood as well. Offsets are bytes.
package number
