package store

// Content is the number of the last manifest that changed what the corpus
// holds. Those after it only laid the same rows out in other batches: what was
// derived from Content or later needs nothing.
func (m Manifest) Content() (n int64) {
	for _, b := range m.Batches {
		n = max(n, b.content())
	}
	for _, f := range m.Forgotten {
		n = max(n, f.Number)
	}
	return n
}

// Changes are what happened to the documents of a corpus.
type Changes struct {
	Batches []Batch  // that hold new or changed documents, perhaps beside others
	Removed []string // doc_ids
}

// Since is what changed after the manifest of that number. It reports false
// when m is older than that: what was derived then must be derived anew.
func (m Manifest) Since(number int64) (c Changes, ok bool) {
	if number < 0 || number > m.Number {
		return Changes{}, false
	}
	for _, b := range m.Batches {
		if b.content() > number {
			c.Batches = append(c.Batches, b)
		}
	}
	for _, f := range m.Forgotten {
		if f.Number > number {
			c.Removed = append(c.Removed, f.DocID)
		}
	}
	return c, true
}
