package cluster

import "slices"

// Two bulletins of one pattern can have most of their grams in common and say
// other things: 全县设检查站12处 and 全县设检查站17处. They are told apart by their
// figures: when each has at least minFigures of them and fewer than three in four
// of the longer list are in both, neither reprints the other. A reprint whose site
// deleted the digits has too few to be told apart.
const minFigures = 3

// figures are the numbers in a text, in ascending order, as often as they stand
// there: the runs of digits, hashed.
type figures []uint64

func figuresOf(hans string) figures {
	var out figures
	for i := 0; i < len(hans); i++ {
		if !isDigit(hans[i]) {
			continue
		}
		hash := uint64(gramKey1)
		for ; i < len(hans) && isDigit(hans[i]); i++ {
			hash = fold(hash^uint64(hans[i]), gramKey3)
		}
		out = append(out, hash)
	}
	slices.Sort(out)
	return slices.Clip(out)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// differ reports whether two texts say other numbers.
func (f figures) differ(o figures) bool {
	if min(len(f), len(o)) < minFigures {
		return false
	}
	both := 0
	for i, j := 0, 0; i < len(f) && j < len(o); {
		switch {
		case f[i] == o[j]:
			both++
			i++
			j++
		case f[i] < o[j]:
			i++
		default:
			j++
		}
	}
	return 4*both < 3*max(len(f), len(o))
}

// content is what two bodies are compared by.
type content struct {
	grams   gramSet
	figures figures
}

func contentOf(hans string) content { return content{gramsOf(hans), figuresOf(hans)} }

// similarity is the exact Jaccard similarity of the grams; 0 of texts that say
// other numbers.
func (c content) similarity(o content) float64 {
	if c.figures.differ(o.figures) {
		return 0
	}
	return c.grams.jaccard(o.grams)
}

// bytes is what c takes in memory.
func (c content) bytes() int64 { return 8 * int64(len(c.grams)+len(c.figures)) }
