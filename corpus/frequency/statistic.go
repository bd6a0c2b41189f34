package frequency

import "math"

// LogLikelihood is the signed log-likelihood ratio G2 of a contingency table of
// two by two (Dunning 1993, "Accurate methods for the statistics of surprise and
// coincidence"):
//
//	            | with c   | others
//	in A        | a        | sizeA - a
//	in B        | b        | sizeB - b
//
//	G2 = 2 Σ O ln(O/E),  E = row total × column total / all
//
// over the four cells; a cell of 0 adds nothing. It is negative when a is less
// than expected, that is, when c is rarer in A than in B. With one degree of
// freedom 3.84 stands for p < 0.05, 6.63 for p < 0.01, 10.83 for p < 0.001, of a
// single word that was chosen before looking.
func LogLikelihood(a, sizeA, b, sizeB int64) float64 {
	all := float64(sizeA) + float64(sizeB)
	if sizeA <= 0 || sizeB <= 0 {
		return 0
	}
	with := float64(a) + float64(b)
	cell := func(o, row, column float64) float64 {
		if o <= 0 {
			return 0
		}
		return o * math.Log(o*all/(row*column))
	}
	rowA, rowB := float64(sizeA), float64(sizeB)
	g := 2 * (cell(float64(a), rowA, with) + cell(rowA-float64(a), rowA, all-with) +
		cell(float64(b), rowB, with) + cell(rowB-float64(b), rowB, all-with))
	g = max(g, 0) // rounding
	if float64(a)*rowB < float64(b)*rowA {
		return -g
	}
	return g
}

// LogDice is how typically two words stand together, on a scale that does not
// depend on the size of the corpus (Rychlý 2008, "A lexicographer-friendly
// association score"):
//
//	14 + log2(2 f(x,y) / (f(x) + f(y)))
//
// It is 14 when either occurs with the other alone; one less is half as often
// together. When a window holds more of y than there are x it can exceed 14. It is
// -Inf for words that never stand together.
func LogDice(together, x, y int64) float64 {
	return 14 + math.Log2(2*float64(together)/(float64(x)+float64(y)))
}

// LogRatio is how many times more frequent a word is in A than in B, as a power
// of two (Hardie 2014, "Log Ratio: an informal introduction"):
//
//	log2((a / sizeA) / (b / sizeB))
//
// A frequency of 0 is taken for 0.5, so that it can be computed.
func LogRatio(a, sizeA, b, sizeB int64) float64 {
	share := func(n, size int64) float64 {
		if n == 0 {
			return 0.5 / float64(size)
		}
		return float64(n) / float64(size)
	}
	return math.Log2(share(a, sizeA) / share(b, sizeB))
}

// PerMillion is a frequency relative to size.
func PerMillion(n, size int64) float64 {
	if size == 0 {
		return 0
	}
	return float64(n) / float64(size) * 1e6
}
