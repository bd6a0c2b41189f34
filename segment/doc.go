// Package segment cuts folded Chinese text into words with byte offsets.
//
//	s, err := segment.Open()
//	s, err = s.WithWords(lexicon.Words()) // whole wherever they stand
//	s, err = s.With(userWords)            // each at the cost of its frequency
//	tokens := s.Append(nil, "设立临时党支部三个")
//
// The general words and the way through a text are gse's: the shortest path
// over the words of its dictionary of simplified Chinese, each as long as
// log2 of the inverse of its share. Without domain words the tokens are those
// of gse's Segment with the same dictionaries (in a text above 190 KB, those
// that gse would give if its sums did not lose precision with length). What
// differs is that the dictionary is a snapshot that is read in place, so that
// opening takes no time and cutting allocates nothing.
package segment

//go:generate go run ./internal/gendict
