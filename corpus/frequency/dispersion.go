package frequency

import "math"

// Parts gathers how a word is spread over the parts of a corpus: articles, or
// months. Only parts with the word take memory, 16 bytes each.
type Parts struct {
	with  []part
	n     int64
	size  int64 // of all parts
	least int64 // size of the smallest part
	freq  int64
}

type part struct{ size, frequency int64 }

// Add takes a part of so many words with the word so often among them. One
// without words is no part.
func (p *Parts) Add(size, frequency int64) {
	if size <= 0 {
		return
	}
	if p.n == 0 || size < p.least {
		p.least = size
	}
	p.n++
	p.size += size
	p.freq += frequency
	if frequency > 0 {
		p.with = append(p.with, part{size, frequency})
	}
}

// Count is how many parts there are, and how many of them have the word.
func (p *Parts) Count() (parts, with int64) { return p.n, int64(len(p.with)) }

// Total is the words of all parts, and the frequency of the word in them.
func (p *Parts) Total() (size, frequency int64) { return p.size, p.freq }

// Juilland is Juilland's D (Juilland, Brodin and Davidovitch 1970, "Frequency
// dictionary of French words"), with the relative frequencies of the parts, so
// that these may differ in size:
//
//	D = 1 - V / √(n-1),  V = σ/μ of the relative frequencies in the n parts
//
// 1 is perfectly even, 0 a word in one part alone. It reports false for a word
// that is nowhere, and for less than two parts. Over many parts it comes near 1
// for every word (Biber et al. 2016); [Parts.DP] does not.
func (p *Parts) Juilland() (float64, bool) {
	if p.freq == 0 || p.n < 2 {
		return 0, false
	}
	n := float64(p.n)
	var sum float64
	for _, x := range p.with {
		sum += float64(x.frequency) / float64(x.size)
	}
	mean := sum / n
	squares := (n - float64(len(p.with))) * mean * mean
	for _, x := range p.with {
		d := float64(x.frequency)/float64(x.size) - mean
		squares += d * d
	}
	return 1 - math.Sqrt(squares/n)/mean/math.Sqrt(n-1), true
}

// DP is the deviation of proportions (Gries 2008, "Dispersions and adjusted
// frequencies in corpora"):
//
//	DP = ½ Σ |v - s|
//
// where s is the share of a part in the words of the corpus and v its share in
// the occurrences of the word. 0 is spread as the words are, near 1 in one small
// part alone. Norm is DP / (1 - the least s), which can reach 1 (Lijffijt and
// Gries 2012). It reports false for a word that is nowhere, and for less than two
// parts.
func (p *Parts) DP() (dp, norm float64, ok bool) {
	if p.freq == 0 || p.n < 2 {
		return 0, 0, false
	}
	rest := p.size // words of the parts without the word
	for _, x := range p.with {
		rest -= x.size
		dp += math.Abs(float64(x.frequency)/float64(p.freq) - float64(x.size)/float64(p.size))
	}
	dp = (dp + float64(rest)/float64(p.size)) / 2
	return dp, dp / (1 - float64(p.least)/float64(p.size)), true
}
