package index

import (
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// How fields are indexed. Positions are kept, since phrases need them, in the
// library's locations; offsets are not, since a hit's text is segmented again to
// show it.
const (
	wordsOptions = bleveindex.IndexField | bleveindex.IncludeTermVectors
	keyOptions   = bleveindex.IndexField
	storeOptions = bleveindex.StoreField
)

// field is one field of one document, made of ready terms. It implements
// bleve's document.Field directly: no analyzer has to be registered in the
// library's global tables, and no token is allocated only to be counted.
type field struct {
	name    string
	options bleveindex.FieldIndexingOptions
	stored  string
	pack    func() []byte // if given, makes what is stored; called as terms is
	terms   func() []term // called once, by a worker of the library
	place   placer        // if given, writes where the terms are in its own way

	packed []byte
	length int
	freqs  bleveindex.TokenFrequencies
}

func (f *field) Name() string                             { return f.name }
func (f *field) ArrayPositions() []uint64                 { return nil }
func (f *field) Options() bleveindex.FieldIndexingOptions { return f.options }
func (f *field) NumPlainTextBytes() uint64                { return uint64(len(f.stored)) }
func (f *field) AnalyzedLength() int                      { return f.length }
func (f *field) Size() int                                { return len(f.name) + len(f.stored) + 64*f.length }

// Value is what is stored.
func (f *field) Value() []byte {
	if f.pack != nil {
		return f.packed
	}
	return []byte(f.stored)
}

// EncodedFieldType is the library's mark of a text field.
func (f *field) EncodedFieldType() byte { return 't' }

// AnalyzedTokenFrequencies is what Analyze found.
func (f *field) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies { return f.freqs }

// Analyze counts the terms and notes their positions.
func (f *field) Analyze() {
	terms := f.terms()
	f.length = len(terms)
	place := f.place
	switch {
	case place != nil:
		f.length = min(f.length, 1) // nobody ranks by it, and it is stored with each key
	case f.options.IncludeTermVectors():
		place = placeWords
	}
	f.freqs = frequencies(terms, place)
	if f.pack != nil {
		f.packed = f.pack()
	}
}

// placer gives entries what says where their terms are. Of has the entry of each
// term and counts how many terms each entry has.
type placer func(entries []bleveindex.TokenFreq, terms []term, of, counts []int)

// frequencies groups terms by their text. All of a document's counts and
// locations lie in a few blocks, since there are thousands of them.
func frequencies(terms []term, place placer) bleveindex.TokenFrequencies {
	ids := make(map[string]int, len(terms)/2)
	of := make([]int, len(terms)) // the id of each term
	var counts []int
	for i, t := range terms {
		id, ok := ids[t.text]
		if !ok {
			id = len(counts)
			ids[t.text] = id
			counts = append(counts, 0)
		}
		of[i] = id
		counts[id]++
	}
	entries := make([]bleveindex.TokenFreq, len(counts))
	freqs := make(bleveindex.TokenFrequencies, len(counts))
	size := 0
	for text := range ids {
		size += len(text)
	}
	block := make([]byte, 0, size)
	for text, id := range ids {
		at := len(block)
		block = append(block, text...)
		entries[id].Term = block[at:len(block):len(block)]
		entries[id].SetFrequency(counts[id])
		freqs[text] = &entries[id]
	}
	if place != nil {
		place(entries, terms, of, counts)
	}
	return freqs
}
