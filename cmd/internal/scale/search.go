//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

const (
	rounds   = 10 // how often each query is timed, after once that is not
	page     = 20 // hits with snippets, as jianbao search shows them
	launches = 11 // of the command
)

// measureSearch prints how long searches of the corpus take and how big its
// index is.
func measureSearch(ctx context.Context, o options, out io.Writer) error {
	rules, err := pipeline.Rules("")
	if err != nil {
		return err
	}
	p, err := pipeline.New(rules)
	if err != nil {
		return err
	}
	c, err := p.OpenCorpus(o.dir)
	if err != nil {
		return err
	}
	defer c.Close()
	fmt.Fprintf(out, "%-12s %8s %10s %9s %9s %9s\n", "queries", "number", "hits", "p50 ms", "p95 ms", "most ms")
	for _, kind := range kinds {
		hits, took, err := timeQueries(ctx, c, kind.queries)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%-12s %8d %10d %9.1f %9.1f %9.1f\n", kind.name, len(kind.queries), hits/len(kind.queries),
			milliseconds(percentile(took, 50)), milliseconds(percentile(took, 95)), milliseconds(percentile(took, 100)))
	}
	concordance, err := measureKWIC(ctx, c, out)
	if err != nil {
		return err
	}
	if err := measureSizes(ctx, c, out); err != nil {
		return err
	}
	return measureCommands(ctx, out,
		[]string{"search", "-c", o.dir, "临时党支部"},
		[]string{"kwic", "-c", o.dir, "--all", "-o", "jsonl", concordance},
	)
}

// timeQueries runs each query some times, with all facets. Hits is the sum of
// what they found.
func timeQueries(ctx context.Context, c *pipeline.Corpus, queries []string) (hits int, took []time.Duration, err error) {
	for _, q := range queries {
		for round := range 1 + rounds {
			start := time.Now()
			answer, err := c.Search(ctx, q, pipeline.SearchOptions{Limit: page, Facets: facets})
			if err != nil {
				return 0, nil, fmt.Errorf("search %s: %w", q, err)
			}
			if round == 0 {
				hits += answer.Total
				continue
			}
			took = append(took, time.Since(start))
		}
	}
	return hits, took, nil
}

// percentile is the value that so many percent are not above; 0 of none.
func percentile(took []time.Duration, percent int) time.Duration {
	if len(took) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(took))
	return sorted[(len(sorted)*percent+99)/100-1]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// measureSizes prints the bytes of the newest generation beside those of the texts.
func measureSizes(ctx context.Context, c *pipeline.Corpus, out io.Writer) error {
	type body struct {
		Text string `parquet:"text"`
	}
	var text int64
	for row, err := range store.Rows[body](ctx, c.Store(), table.Documents) {
		if err != nil {
			return err
		}
		text += int64(len(row.Text))
	}
	idx, err := c.Index()
	if err != nil {
		return err
	}
	size, err := bytesBelow(idx.Path())
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "texts %.1f MB, index %.1f MB, %.2f times the texts\n", float64(text)/1e6, float64(size)/1e6, float64(size)/float64(text))
	return nil
}

func bytesBelow(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return n, err
}

// buildCommand builds jianbao in a folder that remove takes away.
func buildCommand(ctx context.Context) (command string, remove func() error, err error) {
	temp, err := os.MkdirTemp("", "jianbao-scale-")
	if err != nil {
		return "", nil, err
	}
	remove = func() error { return os.RemoveAll(temp) }
	command = filepath.Join(temp, "jianbao")
	if b, err := exec.CommandContext(ctx, "go", "build", "-o", command, "jianbao/cmd/jianbao").CombinedOutput(); err != nil {
		return "", nil, errors.Join(fmt.Errorf("build jianbao: %w: %s", err, b), remove())
	}
	return command, remove, nil
}

// measureCommands prints how long commands take from the start of the process to
// its end.
func measureCommands(ctx context.Context, out io.Writer, commands ...[]string) (err error) {
	binary, remove, err := buildCommand(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	for _, args := range commands {
		var took []time.Duration
		for range launches {
			start := time.Now()
			if b, err := exec.CommandContext(ctx, binary, args...).CombinedOutput(); err != nil {
				return fmt.Errorf("jianbao %s: %w: %s", args[0], err, b)
			}
			took = append(took, time.Since(start))
		}
		fmt.Fprintf(out, "jianbao %s, the process with all it loads: p50 %.0f ms, most %.0f ms\n",
			args[0], milliseconds(percentile(took, 50)), milliseconds(percentile(took, 100)))
	}
	return nil
}
