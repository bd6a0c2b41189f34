package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	bleveindex "github.com/blevesearch/bleve_index_api"
)

// Reprints says which documents of a generation are one article. It is for
// [SearchOptions] and may be used from several goroutines at once.
type Reprints struct {
	of       []reprint // by document, as far as there are any
	clusters int
}

// reprint is a document of a cluster. The document that the cluster is named
// for has the least rank. Clusters count from 1; 0 is no cluster.
type reprint struct{ cluster, rank int32 }

// Reprints looks up the documents of clusters. Rows are pairs of the ids of a
// document and of its cluster; those that the index does not know are passed
// over. It is fastest when they are ordered by document, as a table has them.
func (r *Reader) Reprints(ctx context.Context, rows iter.Seq2[[2]string, error]) (out *Reprints, err error) {
	defer guard(r.path, &err)
	v, err := r.view()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	ids, err := newIDWalk(v)
	if err != nil {
		return nil, err
	}
	out = &Reprints{}
	clusters := map[string]int32{}
	rank := int32(0)
	for row, err := range rows {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, err
		}
		doc, ok, err := ids.find(row[0])
		if err != nil {
			return nil, fmt.Errorf("find reprint %s: %w", row[0], err)
		}
		if !ok {
			continue
		}
		n, ok := clusters[row[1]]
		if !ok {
			out.clusters++
			n = int32(out.clusters)
			clusters[strings.Clone(row[1])] = n
		}
		if rank++; row[0] == row[1] {
			out.set(doc, reprint{n, 0})
		} else {
			out.set(doc, reprint{n, rank})
		}
	}
	return out, nil
}

// snapshot opens the generation for reading.
func (r *Reader) snapshot() (bleveindex.IndexReader, error) {
	inner, err := r.idx.Advanced()
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	snapshot, err := inner.Reader()
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	return snapshot, nil
}

func (r *Reprints) set(doc uint64, to reprint) {
	if n := int(doc) + 1 - len(r.of); n > 0 {
		r.of = append(r.of, make([]reprint, n)...)
	}
	r.of[doc] = to
}

func (r *Reprints) at(doc uint32) reprint {
	if r == nil || int(doc) >= len(r.of) {
		return reprint{}
	}
	return r.of[doc]
}

// fold keeps of each cluster the document that comes first, of equals the one it
// is named for. Others is how many more of its cluster there were.
func (r *Reprints) fold(found []ranked) (kept []ranked, others func(doc uint32) int) {
	if r == nil {
		return found, func(uint32) int { return 0 }
	}
	type group struct{ at, size int32 } // of kept; how many of it were found
	groups := make([]group, r.clusters+1)
	kept = found[:0]
	for _, f := range found {
		of := r.at(f.doc)
		g := &groups[of.cluster]
		g.size++
		switch {
		case of.cluster == 0:
			kept = append(kept, f)
		case g.size == 1:
			g.at = int32(len(kept))
			kept = append(kept, f)
		default:
			first := kept[g.at]
			if c := cmp.Compare(f.key, first.key); c < 0 || c == 0 && of.rank < r.at(first.doc).rank {
				kept[g.at] = f
			}
		}
	}
	return kept, func(doc uint32) int {
		of := r.at(doc)
		if of.cluster == 0 {
			return 0
		}
		return int(groups[of.cluster].size) - 1
	}
}
