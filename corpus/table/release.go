package table

import (
	"cmp"

	"jianbao/corpus"
)

// Released is a row of documents in a release: the stored row, its folded text
// and its cluster. The cluster is the one it has in the whole corpus, whatever
// part of it was exported.
type Released struct {
	Document
	Hans           string  `parquet:"hans" json:"hans"`
	ClusterID      string  `parquet:"cluster_id" json:"cluster_id"`
	ClusterSize    int64   `parquet:"cluster_size" json:"cluster_size"`
	ClusterKind    string  `parquet:"cluster_kind,dict" json:"cluster_kind"`
	Similarity     float64 `parquet:"similarity" json:"similarity"`
	Representative bool    `parquet:"representative" json:"representative"`
}

// Summary is a row of the table summary: what the representative articles of a
// month say of one place in one category.
type Summary struct {
	Place    string       `parquet:"place,dict" json:"place"`
	Adcode   string       `parquet:"adcode,dict" json:"adcode"`
	Month    *corpus.Date `parquet:"month,date" json:"month"`
	Category string       `parquet:"category,dict" json:"category"`
	Articles int64        `parquet:"articles" json:"articles"`
	Mentions int64        `parquet:"mentions" json:"mentions"`
	Valued   int64        `parquet:"valued" json:"valued"`
	Total    *int64       `parquet:"total" json:"total"`
	Lo       *int64       `parquet:"lo" json:"lo"`
	Hi       *int64       `parquet:"hi" json:"hi"`
}

func (Released) layout() layout {
	l := Document{}.layout()
	l.blobs = append(l.blobs, "hans")
	return l
}

func (Summary) layout() layout {
	return layout{name: Summaries, sorted: []string{"category", "month", "place", "adcode"}}
}

func (r Released) compare(o Released) int { return r.Document.compare(o.Document) }

func (s Summary) compare(o Summary) int {
	return cmp.Or(
		cmp.Compare(s.Category, o.Category),
		compareDays(s.Month, o.Month),
		cmp.Compare(s.Place, o.Place),
		cmp.Compare(s.Adcode, o.Adcode),
	)
}

func (r Released) size() int64 { return r.Document.size() + int64(len(r.Hans)) }
func (Summary) size() int64    { return 200 }
