package frequency

import (
	"cmp"
	"iter"

	"jianbao/corpus/words"
)

// MaxN is the longest n-gram.
const MaxN = 5

// Options say what is counted.
type Options struct {
	N     int               // words of an n-gram, 1 to MaxN; 0 is 1
	Marks bool              // marks are words too
	Stop  func(string) bool // words that are counted and not listed; nil for none
	Least int64             // frequency from which on a row is listed

	Memory int64  // bytes for the counts; 0 is 256 MiB
	Dir    string // where they go beyond that; "" for the system's folder of temporary files
}

// isStop reports whether words, of which there is at least one, are left out.
func (o *Options) isStop(gram []words.Word) bool {
	return o.Stop != nil && (o.Stop(gram[0].Text) || o.Stop(gram[len(gram)-1].Text))
}

// List counts words or n-grams.
type List struct {
	opts    Options
	counter *counter
	total   [2]int64
	gram    []byte
}

// NewList returns an empty list, which must be closed.
func NewList(o Options) *List {
	o.N = min(max(o.N, 1), MaxN)
	return &List{opts: o, counter: newCounter(o.Memory, o.Dir)}
}

// Close removes the temporary files.
func (l *List) Close() error { return l.counter.close() }

// Total is how many n-grams a side has, those with stop words included.
func (l *List) Total(side int) int64 { return l.total[side] }

// Add counts a text on each of the sides, which are 0 and 1.
func (l *List) Add(seq []words.Word, sides ...int) error {
	for gram := range grams(seq, l.opts.N, l.opts.Marks) {
		for _, side := range sides {
			l.total[side]++
		}
		if l.opts.isStop(gram) {
			continue
		}
		l.gram = l.gram[:0]
		for i, w := range gram {
			if i > 0 {
				l.gram = append(l.gram, ' ')
			}
			l.gram = append(l.gram, w.Text...)
		}
		for _, side := range sides {
			l.counter.add(l.gram, side)
		}
	}
	return l.counter.endText()
}

// grams yields the runs of n words, valid until the next.
func grams(seq []words.Word, n int, marks bool) iter.Seq[[]words.Word] {
	return func(yield func([]words.Word) bool) {
		start := 0 // of the words that nothing separates
		for i, w := range seq {
			if !isWord(w, marks) {
				start = i + 1
				continue
			}
			if i+1-start >= n && !yield(seq[i+1-n:i+1]) {
				return
			}
		}
	}
}

func isWord(w words.Word, marks bool) bool {
	return w.Kind == words.Plain || marks && (w.Kind == words.Mark || w.Kind == words.End)
}

// Row is a word or an n-gram, its words with a space between, with its counts on
// side 0.
type Row struct {
	Word       string  `json:"word"`
	Frequency  int64   `json:"frequency"`
	Documents  int64   `json:"documents"`
	PerMillion float64 `json:"per_million"` // of all n-grams of this length
}

// MostFrequent orders rows for [Top].
func MostFrequent(a, b Row) int {
	return cmp.Or(cmp.Compare(b.Frequency, a.Frequency), cmp.Compare(b.Documents, a.Documents), cmp.Compare(a.Word, b.Word))
}

// Rows yields what was counted on side 0.
func (l *List) Rows() iter.Seq2[Row, error] {
	return listed(l.counter, func(e Entry) (Row, bool) {
		return Row{e.Word, e.Frequency[0], e.Texts[0], PerMillion(e.Frequency[0], l.total[0])},
			e.Frequency[0] >= max(l.opts.Least, 1)
	})
}

// listed yields the rows of those entries that have one.
func listed[R any](c *counter, row func(Entry) (R, bool)) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		for e, err := range c.all() {
			var r R
			ok := true
			if err == nil {
				r, ok = row(e)
			}
			if ok && !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// Key is a word with its counts in two corpora.
type Key struct {
	Word              string  `json:"word"`
	Frequency         int64   `json:"frequency"`
	Documents         int64   `json:"documents"`
	PerMillion        float64 `json:"per_million"`
	AgainstFrequency  int64   `json:"against_frequency"`
	AgainstDocuments  int64   `json:"against_documents"`
	AgainstPerMillion float64 `json:"against_per_million"`
	G2                float64 `json:"g2"` // negative when it is rarer than in the other
	LogRatio          float64 `json:"log_ratio"`
}

// ByKeyness orders keywords for [Top]: those that are more frequent than in the
// other corpus, the surest first, and at the end those that are rarer.
func ByKeyness(a, b Key) int {
	return cmp.Or(cmp.Compare(b.G2, a.G2), cmp.Compare(b.LogRatio, a.LogRatio), cmp.Compare(a.Word, b.Word))
}

// Keys yields the words of side 0 against side 1 that reach the least frequency on
// both together.
func (l *List) Keys() iter.Seq2[Key, error] {
	return listed(l.counter, func(e Entry) (Key, bool) {
		a, b := e.Frequency[0], e.Frequency[1]
		return Key{
			Word: e.Word, Frequency: a, Documents: e.Texts[0], PerMillion: PerMillion(a, l.total[0]),
			AgainstFrequency: b, AgainstDocuments: e.Texts[1], AgainstPerMillion: PerMillion(b, l.total[1]),
			G2: LogLikelihood(a, l.total[0], b, l.total[1]), LogRatio: LogRatio(a, l.total[0], b, l.total[1]),
		}, a+b >= max(l.opts.Least, 1)
	})
}
