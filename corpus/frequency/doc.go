// Package frequency counts words over a corpus, and weighs the counts: word
// lists, n-grams, collocations, keywords, dispersion.
//
//	l := frequency.NewList(frequency.Options{N: 2})
//	defer l.Close()
//	for seq := range texts { // words.Of
//		err := l.Add(seq, 0)
//	}
//	rows, err := frequency.Top(l.Rows(), 100, frequency.MostFrequent)
//
// A text belongs to one or both of two sides: for keywords these are two corpora,
// for a word list there is only side 0.
//
// # What is counted
//
// Words are the tokens of the segmenter with a letter or a number in them, folded
// and in small letters. Marks separate words and are not counted, unless
// Options.Marks says that they are words too. An n-gram does not reach across a
// mark or the end of a line. Stop words are counted in every total; they are left
// out of what is listed, and with them n-grams that begin or end with one.
//
// # Memory
//
// Counts are exact whatever the texts. They take up to Options.Memory bytes (256
// MiB if it is zero); beyond that they are sorted and written to temporary files,
// which are merged when they are listed. Beside them stand the words of one text
// and the rows that are listed.
package frequency
