// Package charset decodes the bytes of a document whose encoding is not known
// for certain:
//
//		text, name, err := charset.Decode(raw, charset.Hints{Header: "gb2312", HTML: true})
//
//	 1. A byte order mark decides.
//	 2. Valid UTF-8 without a NUL is UTF-8; so is text that is UTF-8 but for a
//	    few bytes, which stay as they are.
//	 3. Otherwise GB18030, Big5 and UTF-16 of both orders are tried strictly: one
//	    byte that does not fit, and an encoding is out. So are the encodings that
//	    the hints name.
//	 4. Of those that are left the one wins whose text costs the fewest bits
//	    under a model of characters of both scripts (cost.txt), since the bytes
//	    are the same: the principle of minimum description length. What a hint
//	    names wins unless it costs clearly more. When two are nearly level, a
//	    detector of byte statistics (saintfish/chardet) is asked.
//	 5. When all strict trials fail, text with very few bytes that do not fit is
//	    taken, those bytes as U+FFFD.
package charset

//go:generate go run ./internal/gencost
