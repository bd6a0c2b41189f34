// Package words tells the words of a text from what stands between them.
//
//	seq := words.Of(nil, folded, tokens) // 临时党支部 | 12 | 个 | 。
//	seq[0].Text, seq[3].Kind             // "临时党支部", words.End
//
// It does not cut: tokens come from a segmenter. What counts words and what
// shows them in their context agree by it on what a word is.
package words
