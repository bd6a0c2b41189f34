package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"

	bleveindex "github.com/blevesearch/bleve_index_api"
)

// Reprints says which documents of a generation are one article. It is for
// [SearchOptions] and may be used from several goroutines at once.
type Reprints struct {
	of map[uint32]reprint // what is a reprint of nothing is not in here
}

// reprint is a document of a cluster. The document that the cluster is named
// for has the least rank.
type reprint struct{ cluster, rank int32 }

// Reprints looks up the documents of clusters. Rows are pairs of the ids of a
// document and of its cluster; those that the index does not know are passed
// over.
func (r *Reader) Reprints(ctx context.Context, rows iter.Seq2[[2]string, error]) (out *Reprints, err error) {
	defer guard(r.path, &err)
	snapshot, err := r.snapshot()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, snapshot.Close()) }()
	out = &Reprints{of: map[uint32]reprint{}}
	clusters := map[string]int32{}
	for row, err := range rows {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, err
		}
		internal, err := snapshot.InternalID(row[0])
		if err != nil {
			return nil, fmt.Errorf("find reprint %s: %w", row[0], err)
		}
		if internal == nil {
			continue
		}
		n, ok := clusters[row[1]]
		if !ok {
			n = int32(len(clusters))
			clusters[row[1]] = n
		}
		rank := int32(len(out.of))
		if row[0] == row[1] {
			rank = -1
		}
		out.of[uint32(internal.Value())] = reprint{n, rank}
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

// fold keeps of each cluster the document that comes first, of equals the one it
// is named for, and counts how many there were.
func (r *Reprints) fold(found []ranked) (kept []ranked, size map[uint32]int) {
	if r == nil || len(r.of) == 0 {
		return found, nil
	}
	first := map[int32]int{} // index in kept
	size = map[uint32]int{}
	kept = found[:0]
	for _, f := range found {
		of, ok := r.of[f.doc]
		if !ok {
			kept = append(kept, f)
			continue
		}
		at, seen := first[of.cluster]
		if !seen {
			first[of.cluster] = len(kept)
			kept = append(kept, f)
			size[f.doc] = 1
			continue
		}
		n := size[kept[at].doc] + 1
		if c := cmp.Compare(f.key, kept[at].key); c < 0 || c == 0 && of.rank < r.of[kept[at].doc].rank {
			delete(size, kept[at].doc)
			kept[at] = f
		}
		size[kept[at].doc] = n
	}
	return kept, size
}
