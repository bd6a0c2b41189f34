package pipeline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// untilAsked is a context that is cancelled when it is asked for the n-th time.
type untilAsked struct {
	context.Context
	cancel context.CancelFunc
	left   atomic.Int64
}

func newUntilAsked(t *testing.T, n int) *untilAsked {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	c := &untilAsked{Context: ctx, cancel: cancel}
	c.left.Store(int64(n))
	return c
}

func (c *untilAsked) Err() error {
	if c.left.Add(-1) <= 0 {
		c.cancel()
	}
	return c.Context.Err()
}

// Wherever a command is interrupted, all articles can be read and found as
// before or as after it, and the next run completes it.
func TestInterruptedAnywhere(t *testing.T) {
	before, p := fewRules(t), newPipeline(t)
	from := t.TempDir()
	if _, err := before.Ingest(t.Context(), from, generated(6), IngestOptions{BatchDocuments: 2}); err != nil {
		t.Fatal(err)
	}
	id := idOf(t, openCorpus(t, p, from), "临时党支部", "3")
	for _, c := range []struct {
		name string
		left int // articles after the command
		run  func(ctx context.Context, dir string) error
	}{
		{"compact", 6, func(ctx context.Context, dir string) error {
			_, err := p.Compact(ctx, dir, UpkeepOptions{})
			return err
		}},
		{"reprocess", 6, func(ctx context.Context, dir string) error {
			_, err := p.Reprocess(ctx, dir, ReprocessOptions{})
			return err
		}},
		{"forget", 5, func(ctx context.Context, dir string) error {
			_, err := p.Forget(ctx, dir, []string{id}, UpkeepOptions{})
			return err
		}},
		{"index rebuild", 6, func(ctx context.Context, dir string) error {
			_, err := p.RebuildIndex(ctx, dir, UpkeepOptions{})
			return err
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			interrupted := 0
			for n := 1; ; n += 1 + n/5 {
				dir := filepath.Join(t.TempDir(), "corpus")
				if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
					t.Fatal(err)
				}
				err := c.run(newUntilAsked(t, n), dir)
				if err == nil {
					break
				}
				interrupted++
				if !errors.Is(err, context.Canceled) {
					t.Fatalf("at %d: %v", n, err)
				}
				checkFound(t, p, dir, n, 6, c.left)
				if err := c.run(t.Context(), dir); err != nil {
					t.Fatalf("the next run, after %d: %v", n, err)
				}
				checkFound(t, p, dir, n, c.left, c.left)
			}
			if interrupted < 5 {
				t.Errorf("interrupted %d times only", interrupted)
			}
		})
	}
}

// checkFound wants so many articles in the tables and in the index, each as
// before or as after.
func checkFound(t *testing.T, p *Pipeline, dir string, n, before, after int) {
	t.Helper()
	c := openCorpus(t, p, dir)
	documents := len(holdingsOf(t, c).Documents)
	hits := len(found(t, c, "临时党支部"))
	for what, got := range map[string]int{"documents": documents, "hits": hits} {
		if got != before && got != after {
			t.Fatalf("at %d: %d %s, want %d or %d", n, got, what, before, after)
		}
	}
}
