// Package script folds Chinese text to its simplified form rune for rune,
// writes it in traditional forms, and tells in which script a text was printed.
//
//	f := script.Fold("設立臨時黨支部")
//	f.Text                        // 设立临时党支部
//	f.SourceSpan(corpus.Span{...}) // the same characters in the printed text
//	script.Unfold(f.Text)         // 設立臨時黨支部
//	script.Convert("设立", script.TW)
//
// Rune i of the folded text is rune i of the source, whatever the input, so
// code-point offsets hold in both. Byte offsets do too, unless a character
// changed its width in UTF-8, which [Folded] keeps track of.
//
// The tables are generated from the dictionaries of OpenCC 1.0.5 as gocc
// carries them, with the exceptions in overrides.txt on top. gocc itself is
// not linked, because it needs a library under the GPL; the tests hold the
// tables equal to it.
package script

//go:generate go run ./internal/gentables
