//go:build linux

package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

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

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
