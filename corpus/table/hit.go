package table

import "jianbao/corpus"

// Hit is a row of what a search found. The rows stand in the order of the hits,
// which the file does not tell.
type Hit struct {
	DocID       string       `parquet:"doc_id" json:"doc_id"`
	URI         string       `parquet:"uri" json:"uri"`
	Title       string       `parquet:"title" json:"title"`
	Published   *corpus.Date `parquet:"published,date" json:"published"`
	PublishedAt *Timestamp   `parquet:"published_at,timestamp(microsecond:utc)" json:"published_at"`
	Source      string       `parquet:"source,dict" json:"source"`
	Score       float64      `parquet:"score" json:"score"`
	Reprints    int64        `parquet:"reprints" json:"reprints"`
	Snippet     string       `parquet:"snippet" json:"snippet"`
}

func (Hit) layout() layout  { return layout{name: Hits, blobs: []string{"snippet"}} }
func (Hit) compare(Hit) int { return 0 } // any order is right
func (h Hit) size() int64   { return 160 + int64(len(h.URI)+len(h.Title)+len(h.Snippet)) }
