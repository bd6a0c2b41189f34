package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"jianbao/corpus"
	"jianbao/corpus/cluster"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// Where clusters are kept within a corpus. All of it is derived: a run of each
// batch and the pairs that were compared spare the next grouping most of its
// work, and can be deleted.
const (
	clustersFile = table.Clusters + ".parquet"
	clustersDir  = "clusters"
	runSuffix    = ".run"
	pairsFile    = clustersDir + "/pairs"
)

// grouper keeps clusters.parquet in step with the corpus.
type grouper struct {
	corpus string
	store  *store.Writer
	log    *slog.Logger
}

// catchUp groups the articles of the newest manifest, unless that was done.
func (g *grouper) catchUp(ctx context.Context) error {
	r, err := store.OpenReader(g.corpus)
	if err != nil {
		return err
	}
	manifest := r.Manifest()
	done, err := r.DerivedFrom(clustersFile)
	if err != nil && !errors.Is(err, store.ErrDamaged) {
		return err
	}
	if done >= manifest.Content() && done <= manifest.Number && (done > 0 || manifest.Counts.Documents == 0) {
		return nil
	}
	paths, err := g.runs(ctx, r)
	if err != nil {
		return err
	}
	result, err := cluster.GroupRuns(ctx, paths, texts(r), cluster.Options{Dir: r.Derived(clustersDir), Known: g.known(r)})
	if errors.Is(err, cluster.ErrRun) { // a run of another version, or a damaged one
		if err = os.RemoveAll(r.Derived(clustersDir)); err == nil {
			return g.catchUp(ctx)
		}
	}
	if err != nil {
		return fmt.Errorf("group reprints: %w", err)
	}
	g.log.Info("grouped", "documents", result.Stats.Documents, "clusters", result.Stats.Clusters, "manifest", manifest.Number)
	return g.save(result, manifest.Number)
}

// runs makes the runs that are missing, removes those of batches that are no
// longer there, and returns the paths of all.
func (g *grouper) runs(ctx context.Context, r *store.Reader) ([]string, error) {
	var paths []string
	for _, b := range r.Manifest().Batches {
		name := clustersDir + "/" + b.ID + runSuffix
		paths = append(paths, r.Derived(name))
		if _, err := os.Stat(r.Derived(name)); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		err := g.store.Derive(name, func(w io.Writer) error { return cluster.WriteRun(w, items(ctx, r, b)) })
		if err != nil {
			return nil, fmt.Errorf("signatures of batch %s: %w", b.ID, err)
		}
	}
	kept, err := filepath.Glob(r.Derived(clustersDir) + "/*")
	if err != nil {
		return nil, err
	}
	for _, path := range kept {
		if slices.Contains(paths, path) || path == r.Derived(pairsFile) {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return nil, err
		}
	}
	return paths, nil
}

// merged merges the runs of batches as the batches themselves were, where they
// are there. A run that is missing is made when it is needed.
func (g *grouper) merged(ctx context.Context) func([]store.Merged) error {
	return func(round []store.Merged) error {
		for _, m := range round {
			g.log.Info("merged", "batch", m.Batch.ID, "of", len(m.Of), "documents", m.Batch.Counts().Documents)
			if err := g.mergeRun(ctx, m); err != nil {
				return fmt.Errorf("signatures of batch %s: %w", m.Batch.ID, err)
			}
		}
		return nil
	}
}

func (g *grouper) mergeRun(ctx context.Context, m store.Merged) error {
	var paths []string
	for _, b := range m.Of {
		path := filepath.Join(g.corpus, clustersDir, b.ID+runSuffix)
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		paths = append(paths, path)
	}
	err := g.store.Derive(clustersDir+"/"+m.Batch.ID+runSuffix, func(w io.Writer) error {
		return cluster.MergeRuns(ctx, w, paths)
	})
	if errors.Is(err, cluster.ErrRun) { // damaged: it is made anew
		return nil
	}
	return err
}

// items are the documents of a batch with their signatures.
func items(ctx context.Context, r *store.Reader, b store.Batch) iter.Seq2[cluster.Item, error] {
	type signed struct {
		DocID      string       `parquet:"doc_id"`
		Published  *corpus.Date `parquet:"published,date"`
		TextSHA256 string       `parquet:"text_sha256"`
		MinHash    []byte       `parquet:"minhash"`
	}
	return func(yield func(cluster.Item, error) bool) {
		for d, err := range store.BatchRows[signed](ctx, r, b, table.Documents) {
			item := cluster.Item{DocID: d.DocID, Published: d.Published, TextSHA256: d.TextSHA256}
			if err == nil {
				item.Signature, err = cluster.FromBytes(d.MinHash)
			}
			if !yield(item, err) || err != nil {
				return
			}
		}
	}
}

// few is up to how many bodies are looked up one by one; more are scanned for.
const few = 2000

// texts fetches folded bodies.
func texts(r *store.Reader) cluster.Texts {
	type body struct {
		DocID string `parquet:"doc_id"`
		Text  string `parquet:"text"`
	}
	return func(ctx context.Context, ids []string) iter.Seq2[cluster.Text, error] {
		rows := store.Rows[body](ctx, r, table.Documents)
		if len(ids) <= few {
			rows = store.Find[body](ctx, r, table.Documents, ids...)
		}
		return func(yield func(cluster.Text, error) bool) {
			for row, err := range rows {
				if err == nil {
					if _, ok := slices.BinarySearch(ids, row.DocID); !ok {
						continue
					}
				}
				if !yield(cluster.Text{DocID: row.DocID, Hans: fold(row.Text)}, err) || err != nil {
					return
				}
			}
		}
	}
}

// known is the pairs that were compared before. Without them all are compared.
func (g *grouper) known(r *store.Reader) *cluster.Pairs {
	f, err := os.Open(r.Derived(pairsFile))
	if err != nil {
		return nil
	}
	defer f.Close()
	pairs, err := cluster.ReadPairs(f)
	if err != nil {
		g.log.Warn("pairs of reprints are compared anew", "why", err)
		return nil
	}
	return pairs
}

func (g *grouper) save(result *cluster.Result, manifest int64) error {
	err := g.store.Derive(pairsFile, func(w io.Writer) error {
		_, err := result.Pairs.WriteTo(w)
		return err
	})
	if err != nil {
		return err
	}
	return g.store.Derive(clustersFile, func(w io.Writer) error {
		out := table.NewWriter[table.Cluster](w, table.Options{PipelineVersion: Version, Manifest: manifest})
		rows := make([]table.Cluster, 0, chunk)
		for row := range result.Rows() {
			rows = append(rows, table.Cluster{
				DocID: row.DocID, ClusterID: row.ClusterID, Size: int64(row.Size), Kind: string(row.Kind), Similarity: row.Similarity,
			})
			if len(rows) == chunk {
				if err := out.Write(rows); err != nil {
					return err
				}
				rows = rows[:0]
			}
		}
		return errors.Join(out.Write(rows), out.Close())
	})
}

// clusters is the cluster of each document, as far as they are grouped.
func (c *Corpus) clusters() (map[string]table.Cluster, error) {
	all := map[string]table.Cluster{}
	for row, err := range c.clusterRows() {
		if err != nil {
			return nil, err
		}
		row.DocID = strings.Clone(row.DocID)
		all[row.DocID] = row
	}
	return all, nil
}
