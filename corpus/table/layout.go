package table

import (
	"cmp"
	"slices"

	"github.com/parquet-go/parquet-go"

	"jianbao/corpus"
)

// The names of the tables. A table's file is its name and .parquet.
const (
	Documents = "documents"
	Mentions  = "mentions"
	Edits     = "edits"
	Sentences = "sentences"
	Sightings = "sightings"
	Batches   = "batches"
	Clusters  = "clusters"
	Summaries = "summary"
	Hits      = "hits"
)

// Row is a row of one of the tables.
type Row[T any] interface {
	Document | Sighting | Mention | Edit | Sentence | Batch | Cluster | Released | Summary | Hit

	layout() layout
	compare(T) int // the order of the table's rows
	size() int64   // estimate of the row in memory, in bytes
}

// layout is how a table is laid out in a file.
type layout struct {
	name   string
	sorted []string // what compare goes by; nulls come last
	blobs  []string // columns whose least and greatest value say nothing
}

func (l layout) sorting() []parquet.SortingColumn {
	columns := make([]parquet.SortingColumn, len(l.sorted))
	for i, name := range l.sorted {
		columns[i] = parquet.Ascending(name)
	}
	return columns
}

func (Document) layout() layout {
	return layout{
		name:   Documents,
		sorted: []string{"published", "source", "doc_id"},
		blobs:  []string{"raw", "raw_text", "text", "minhash", "record", "input"},
	}
}

func (Mention) layout() layout {
	return layout{
		name:   Mentions,
		sorted: []string{"category", "published", "doc_id", "seq"},
		blobs:  []string{"sentence"},
	}
}

func (Edit) layout() layout {
	return layout{name: Edits, sorted: []string{"doc_id", "seq"}, blobs: []string{"before", "after"}}
}

func (Sentence) layout() layout {
	return layout{name: Sentences, sorted: []string{"doc_id", "seq"}}
}

func (Sighting) layout() layout {
	return layout{name: Sightings, sorted: []string{"doc_id", "uri"}}
}

func (Batch) layout() layout {
	return layout{name: Batches, sorted: []string{"batch_id"}}
}

func (Cluster) layout() layout {
	return layout{name: Clusters, sorted: []string{"doc_id"}}
}

// Name is the name of the table whose rows are T.
func Name[T Row[T]]() string {
	var row T
	return row.layout().name
}

// Size is about how many bytes of memory a row takes.
func Size[T Row[T]](row T) int64 { return row.size() }

// Sort puts rows into the order of their table, as [Writer] wants them.
func Sort[T Row[T]](rows []T) {
	slices.SortFunc(rows, func(a, b T) int { return a.compare(b) })
}

// Compare orders two rows as their table does.
func Compare[T Row[T]](a, b T) int { return a.compare(b) }

func (d Document) compare(o Document) int {
	return cmp.Or(
		compareDays(d.Published, o.Published),
		cmp.Compare(d.Source, o.Source),
		cmp.Compare(d.DocID, o.DocID),
	)
}

func (m Mention) compare(o Mention) int {
	return cmp.Or(
		cmp.Compare(m.Category, o.Category),
		compareDays(m.Published, o.Published),
		cmp.Compare(m.DocID, o.DocID),
		cmp.Compare(m.Seq, o.Seq),
	)
}

func (e Edit) compare(o Edit) int {
	return cmp.Or(cmp.Compare(e.DocID, o.DocID), cmp.Compare(e.Seq, o.Seq))
}

func (s Sentence) compare(o Sentence) int {
	return cmp.Or(cmp.Compare(s.DocID, o.DocID), cmp.Compare(s.Seq, o.Seq))
}

func (s Sighting) compare(o Sighting) int {
	return cmp.Or(cmp.Compare(s.DocID, o.DocID), cmp.Compare(s.URI, o.URI))
}

func (b Batch) compare(o Batch) int { return cmp.Compare(b.BatchID, o.BatchID) }

func (c Cluster) compare(o Cluster) int { return cmp.Compare(c.DocID, o.DocID) }

// compareDays orders unknown days after all known ones.
func compareDays(a, b *corpus.Date) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return cmp.Compare(*a, *b)
}

// The fixed parts of the estimates stand for the numbers and the string
// headers of a row.
func (d Document) size() int64 {
	return 512 + int64(len(d.Title)+len(d.Raw)+len(d.RawText)+len(d.Text)+len(d.MinHash)+len(d.Record)+len(d.Input))
}

func (m Mention) size() int64  { return 512 + int64(len(m.Sentence)+len(m.Head)+len(m.NumberText)) }
func (e Edit) size() int64     { return 192 + int64(len(e.Before)+len(e.After)+len(e.Note)) }
func (s Sentence) size() int64 { return 96 + 4*int64(len(s.TokenEnds)) }
func (s Sighting) size() int64 { return 128 + int64(len(s.URI)+len(s.Container)) }
func (Batch) size() int64      { return 256 }
func (Cluster) size() int64    { return 160 }
