package verify

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"jianbao/corpus/cluster"
	"jianbao/corpus/table"
)

const clustersFile = table.Clusters + ".parquet"

// Clusters checks the table of clusters, of size bytes; a nil r says that there
// is none. It must have been opened before the manifest was: a writer beside
// this replaces it later. Call it after Tables.
func (c *Checker) Clusters(ctx context.Context, r io.ReaderAt, size int64) error {
	l := listed{table: table.Clusters, name: clustersFile, path: c.reader.Derived(clustersFile)}
	if r == nil {
		if c.sum.Documents > 0 {
			c.behind(l.name, "there is none", catchUp)
		}
		return nil
	}
	c.sum.Files++
	c.sum.Bytes += size
	info, err := table.Inspect[table.Cluster](r, size)
	if err != nil {
		c.wrong(l, Footer, "%v", err)
		return nil
	}
	from, err := strconv.ParseInt(info.Metadata[table.KeyManifest], 10, 64)
	if err != nil || from > c.sum.Manifest {
		c.wrong(l, Metadata, "its key %s is %q, the corpus is at manifest %d", table.KeyManifest, info.Metadata[table.KeyManifest], c.sum.Manifest)
		return nil
	}
	if !c.isCurrent(from) {
		c.behind(l.name, fmt.Sprintf("made from manifest %d, the corpus is at %d", from, c.sum.Manifest), catchUp)
		return nil
	}
	if c.opts.Quick {
		return nil
	}
	return c.clusterRows(ctx, l, r, size)
}

// behind warns of something derived.
func (c *Checker) behind(file, message, mend string) {
	c.report.add(Problem{Severity: Warning, Check: Behind, File: file, Message: message, Mend: mend})
}

// grouping is what the rows of the clusters say, by the number of the document.
type grouping struct {
	*members
	leads   []bool
	size    []int64 // as the row says
	counted []int64 // rows that name this document as their cluster
}

// clusterRows checks that the rows are of the documents of the corpus, each
// once, and that the sizes of clusters are the numbers of their rows.
func (c *Checker) clusterRows(ctx context.Context, l listed, r io.ReaderAt, size int64) error {
	n := len(c.docs.ids)
	g := &grouping{members: c.members(), leads: make([]bool, n), size: make([]int64, n), counted: make([]int64, n)}
	var row int64
	var last table.Cluster
	for x, err := range table.Read[table.Cluster](r, size) {
		if err != nil {
			c.wrong(l, Unreadable, "after row %d: %v", row, err)
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if row > 0 && table.Compare(last, x) > 0 {
			c.wrongRow(l, row, x.DocID, Order, "the row belongs before the one that it comes after")
		}
		c.clusterRow(l, row, x, g)
		last = x
		row++
	}
	c.lacks(l.name, regroup, g.members)
	c.clusterSizes(l, g)
	return nil
}

func (c *Checker) clusterRow(l listed, row int64, x table.Cluster, g *grouping) {
	before, known := g.mark(x.DocID)
	if before {
		c.wrongRow(l, row, x.DocID, Duplicate, "the document has a row already")
	}
	if !known && c.isWhole() {
		c.wrongRow(l, row, x.DocID, Excess, "there is no such document")
	}
	leads := x.Kind == string(cluster.Single) || x.Kind == string(cluster.Leader)
	if leads != (x.ClusterID == x.DocID) {
		c.wrongRow(l, row, x.DocID, Field, "kind is %q in cluster %s", x.Kind, x.ClusterID)
	}
	n, ok := c.docs.find(x.DocID)
	leader, led := c.docs.find(x.ClusterID)
	if ok {
		g.leads[n], g.size[n] = leads, x.Size
	}
	if led {
		g.counted[leader]++
	}
}

// clusterSizes compares what leaders say of their clusters with the rows.
func (c *Checker) clusterSizes(l listed, g *grouping) {
	for n, size := range g.size {
		docID := c.docs.ids[n].String()
		switch {
		case g.leads[n] && size != g.counted[n]:
			c.wrongRow(l, -1, docID, Field, "cluster_size is %d, the cluster has %d rows", size, g.counted[n])
		case !g.leads[n] && g.counted[n] > 0 && g.met[n]:
			c.wrongRow(l, -1, docID, Field, "%d rows are in its cluster, but it leads none", g.counted[n])
		}
	}
}

// lacks reports the documents that something derived does not hold.
func (c *Checker) lacks(file, mend string, m *members) {
	for n := range m.missing() {
		c.report.add(Problem{Severity: Error, Check: Lacks, File: file, DocID: m.docs.ids[n].String(), Message: "the document is not in it", Mend: mend})
	}
}
