//go:build linux

package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/concordance"
)

// wantedLines is about how many lines the concordance has that is measured, if
// the corpus is large enough.
const wantedLines = 10_000

// measureKWIC prints how long all lines of a concordance take, and returns its
// query.
func measureKWIC(ctx context.Context, c *pipeline.Corpus, out io.Writer) (query string, err error) {
	query, lines, err := chooseKWIC(ctx, c)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(out, "%-12s %8s %10s %9s %9s %9s\n", "kwic", "query", "lines", "p50 ms", "p95 ms", "most ms")
	characters, inWords := concordance.Window{Size: 40}, concordance.Window{Size: 8, Words: true}
	for _, way := range []struct {
		name, order string
		window      concordance.Window
	}{
		{"as found", "", characters}, {"by r1", "r1", characters}, {"by l1,r1", "l1,r1", characters}, {"8 words", "", inWords},
	} {
		o := pipeline.KWICOptions{Window: way.window}
		if o.Lines.Order, err = concordance.ParseOrder(way.order); err != nil {
			return "", err
		}
		var took []time.Duration
		for range rounds {
			start := time.Now()
			if _, err := countLines(ctx, c, query, o); err != nil {
				return "", err
			}
			took = append(took, time.Since(start))
		}
		fmt.Fprintf(out, "%-12s %8s %10d %9.1f %9.1f %9.1f\n", way.name, query, lines,
			milliseconds(percentile(took, 50)), milliseconds(percentile(took, 95)), milliseconds(percentile(took, 100)))
	}
	return query, nil
}

// chooseKWIC is the query of the list whose lines are nearest to wantedLines.
func chooseKWIC(ctx context.Context, c *pipeline.Corpus) (query string, lines int, err error) {
	for _, q := range concordances {
		n, err := countLines(ctx, c, q, pipeline.KWICOptions{})
		if err != nil {
			return "", 0, err
		}
		if query == "" || distance(n, wantedLines) < distance(lines, wantedLines) {
			query, lines = q, n
		}
	}
	return query, lines, nil
}

func distance(a, b int) int { return max(a-b, b-a) }

// countLines makes a concordance and throws its lines away.
func countLines(ctx context.Context, c *pipeline.Corpus, query string, o pipeline.KWICOptions) (int, error) {
	about, err := c.KWIC(ctx, query, o, func(concordance.Line) error { return nil })
	if err != nil {
		return 0, fmt.Errorf("kwic %s: %w", query, err)
	}
	return about.Hits, nil
}
