//go:build linux

package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jianbao/corpus/store"
)

// TestRun takes a few documents and holds them to limits.
func TestRun(t *testing.T) {
	for _, tt := range []struct {
		name  string
		opts  options
		error string
	}{
		{"no limits", options{}, ""},
		{"limits that hold", options{maxRSS: 100_000, minRate: 1e-6}, ""},
		{"too much memory", options{maxRSS: 1}, "more than 1"},
		{"too slow at the end", options{minRate: 1e6}, "the last tenth"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			tt.opts.n, tt.opts.seed, tt.opts.dir = 200, 1, filepath.Join(t.TempDir(), "corpus")
			err := run(t.Context(), tt.opts, &out)
			if got := errorText(err); tt.error == "" && err != nil || !strings.Contains(got, tt.error) {
				t.Errorf("error %q, want %q", got, tt.error)
			}
			if lines := strings.Count(out.String(), "\n"); lines != 1+10+1+1 { // head, tenths, end, sum
				t.Errorf("%d lines:\n%s", lines, out.String())
			}
			r, err := store.OpenReader(tt.opts.dir)
			if err != nil {
				t.Fatal(err)
			}
			if n := r.Manifest().Counts.Documents; n < 150 || n > 200 {
				t.Errorf("%d documents", n)
			}
		})
	}
}

// TestSearch measures searches of a corpus that is there, in the program and
// over HTTP.
func TestSearch(t *testing.T) {
	o := options{n: 200, seed: 1, dir: filepath.Join(t.TempDir(), "corpus")}
	var out bytes.Buffer
	if err := run(t.Context(), o, &out); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	o.search, o.serve, o.reuse = true, 300*time.Millisecond, true
	if err := run(t.Context(), o, &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"word ", "phrase ", "by l1,r1 ", "times the texts", "jianbao search, ", "jianbao kwic, ", "fifty who read ", "a rush ",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestPercentile(t *testing.T) {
	ten := []time.Duration{7, 3, 1, 10, 2, 9, 5, 4, 8, 6}
	for percent, want := range map[int]time.Duration{1: 1, 50: 5, 95: 10, 100: 10} {
		if got := percentile(ten, percent); got != want {
			t.Errorf("percentile %d of 1 to 10 is %d, want %d", percent, got, want)
		}
	}
	if got := percentile([]time.Duration{3}, 50); got != 3 {
		t.Errorf("percentile 50 of one is %d", got)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
