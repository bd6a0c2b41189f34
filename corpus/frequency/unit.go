package frequency

import "jianbao/corpus/words"

// unit is a word of a text with what must be known of its neighbourhood.
type unit struct {
	text     string
	sentence int
	apart    bool // a mark stands before it

	node, near bool // belongs to the node; stands near it
}

// appendUnits takes the words of a text and numbers its sentences.
func appendUnits(dst []unit, seq []words.Word, marks bool) []unit {
	sentence, apart := 0, false
	for _, w := range seq {
		word := isWord(w, marks)
		if word {
			dst = append(dst, unit{text: w.Text, sentence: sentence, apart: apart})
		}
		apart = !word
		if w.Kind == words.End || w.Kind == words.Break {
			sentence++
		}
	}
	return dst
}

// standsAt reports whether the units from i on are the words of node, side by side.
func standsAt(units []unit, i int, node []string) bool {
	if len(node) == 0 || i+len(node) > len(units) {
		return false
	}
	for k, w := range node {
		u := &units[i+k]
		if u.text != w || k > 0 && (u.apart || u.sentence != units[i].sentence) {
			return false
		}
	}
	return true
}

// Occurrences is how many words a text has, marks not among them, and how often
// node stands there: one or more words side by side.
func Occurrences(seq []words.Word, node []string) (size, n int64) {
	units := appendUnits(make([]unit, 0, len(seq)), seq, false)
	for i := 0; i < len(units); i++ {
		if standsAt(units, i, node) {
			n++
			i += len(node) - 1
		}
	}
	return int64(len(units)), n
}
