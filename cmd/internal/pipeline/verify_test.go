package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/corpus/verify"
)

// Each way to spoil a corpus is named, and nothing but it.
func TestVerify(t *testing.T) {
	p := newPipeline(t)
	sound := soundCorpus(t, p)
	for _, tt := range damages {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := copyOf(t, p, sound)
			tt.spoil(d)
			got, sum := d.problems(VerifyOptions{})
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("wrong problems (-want +got):\n%s", diff)
			}
			if hasError := slices.ContainsFunc(tt.want, func(s string) bool { return strings.HasPrefix(s, "error") }); hasError != (sum.Errors > 0) {
				t.Errorf("counted %+v", sum)
			}
		})
	}
}

// What happens to the bytes of a file is told from the manifest alone.
func TestVerifyFiles(t *testing.T) {
	p := newPipeline(t)
	sound := soundCorpus(t, p)
	for _, name := range store.Tables() {
		for _, tt := range []struct {
			check verify.Check
			quick bool // sees it too
			spoil func(d *damaged, file string)
		}{
			{verify.Hash, false, flip},
			{verify.Size, true, func(d *damaged, file string) { b := d.read(file); d.write(file, b[:len(b)-9]) }},
			{verify.Missing, true, func(d *damaged, file string) { d.remove(file) }},
		} {
			t.Run(fmt.Sprint(name, " ", tt.check), func(t *testing.T) {
				t.Parallel()
				d := copyOf(t, p, sound)
				tt.spoil(d, d.file(name))
				want := []string{inSecond(tt.check, name)}
				if got, _ := d.problems(VerifyOptions{}); !slices.Equal(got, want) {
					t.Errorf("found %q, want %q", got, want)
				}
				if got, _ := d.problems(VerifyOptions{Quick: true}); slices.Equal(got, want) != tt.quick || !tt.quick && got != nil {
					t.Errorf("a quick look found %q", got)
				}
			})
		}
	}
}

// Many problems of one kind are counted, not listed.
func TestVerifyLimit(t *testing.T) {
	p := newPipeline(t)
	d := copyOf(t, p, soundCorpus(t, p))
	rewrite(d, func(rows []table.Mention) []table.Mention {
		for i := range rows {
			rows[i].RawEnd++
		}
		return rows
	})
	var found []verify.Problem
	sum, err := p.Verify(t.Context(), d.dir, VerifyOptions{Limit: 3, Report: func(p verify.Problem) { found = append(found, p) }})
	d.check(err)
	n := d.manifest().Batches[1].Files[table.Mentions].Rows
	if sum.Errors != n || len(found) != 4 || !strings.HasPrefix(found[3].Message, fmt.Sprint(n-3, " more")) {
		t.Errorf("%d errors of %d, listed %+v", sum.Errors, n, found)
	}
	if found[0].Row == nil || len(found[0].DocID) != 32 {
		t.Errorf("no row: %+v", found[0])
	}
}

// A check beside a writer sees one state of the corpus and takes nothing that
// the writer does for damage.
func TestVerifyBesideAWriter(t *testing.T) {
	p := newPipeline(t)
	d := &damaged{T: t, p: p, dir: t.TempDir()}
	checked := int64(0)
	ingestSamples(t, p, d.dir, IngestOptions{BatchDocuments: 4, Progress: func(s Summary) {
		got, sum := d.problems(VerifyOptions{})
		checked = max(checked, sum.Documents)
		if sum.Errors > 0 {
			t.Errorf("after %d documents: %q", s.Read, got)
		}
	}})
	if checked < 12 {
		t.Errorf("at most %d documents were checked", checked)
	}
}

// A batch that a writer removed after the manifest was read is no damage.
func TestVerifyBatchRemovedMeanwhile(t *testing.T) {
	p := newPipeline(t)
	d := copyOf(t, p, soundCorpus(t, p))
	r, err := store.OpenReader(d.dir)
	d.check(err)
	m := d.manifest()
	d.remove(filepath.Join("batches", m.Batches[1].ID))
	m.Batches = slices.Delete(m.Batches, 1, 2)
	d.setManifest(m)
	warned := 0
	c := verify.New(r, verify.Options{Fold: fold, Report: func(p verify.Problem) {
		if p.Severity != verify.Warning || p.Check != verify.Missing {
			t.Errorf("%+v", p)
		}
		warned++
	}})
	d.check(c.Tables(t.Context()))
	if c.Close(); warned != len(store.Tables()) {
		t.Errorf("%d warnings", warned)
	}
}

// An interrupted check says so and leaves nothing behind.
func TestVerifyInterrupted(t *testing.T) {
	p := newPipeline(t)
	dir := soundCorpus(t, p)
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Verify(ctx, dir, VerifyOptions{Report: func(verify.Problem) {}}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	_, err := p.Verify(t.Context(), dir, VerifyOptions{Report: func(p verify.Problem) { t.Errorf("%+v", p) }})
	left, readErr := os.ReadDir(temp)
	if err := errors.Join(err, readErr); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}
