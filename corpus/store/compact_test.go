package store

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

// fillBatches makes a corpus of n documents in batches of the given size, each
// third document seen at a second address in a later batch.
func fillBatches(t testing.TB, dir string, n, size int) {
	t.Helper()
	w := mustOpen(t, dir, WriterOptions{BatchDocuments: size, RunID: "r1", PipelineVersion: "v1", Fingerprint: "f1", disk: newFaultyDisk(-1)})
	add(t, w, 0, n)
	for i := 0; i < n; i += 3 {
		d, _ := makeDocument(i)
		if err := w.Sight(t.Context(), corpus.Sighting{DocID: d.ID, URI: fmt.Sprintf("mirror/%d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	commit(t, w)
	closeWriter(t, w)
}

// everything is the rows of all tables of a corpus, each table in its order,
// and the batches they belong to.
type everything struct {
	Documents []table.Document
	Mentions  []table.Mention
	Edits     []table.Edit
	Sentences []table.Sentence
	Sightings []table.Sighting
	Batches   []table.Batch
}

func readEverything(t testing.TB, dir string) (all everything) {
	t.Helper()
	r, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	all.Documents = readTable[table.Document](t, r)
	all.Mentions = readTable[table.Mention](t, r)
	all.Edits = readTable[table.Edit](t, r)
	all.Sentences = readTable[table.Sentence](t, r)
	all.Sightings = readTable[table.Sighting](t, r)
	for b, err := range Batches(t.Context(), r) {
		if err != nil {
			t.Fatal(err)
		}
		all.Batches = append(all.Batches, b)
	}
	table.Sort(all.Batches)
	return all
}

func readTable[T table.Row[T]](t testing.TB, r *Reader) (rows []T) {
	t.Helper()
	for row, err := range Rows[T](t.Context(), r, table.Name[T]()) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	table.Sort(rows)
	return rows
}

func compactAll(t testing.TB, dir string, opts WriterOptions, how CompactOptions) (merged []Merged) {
	t.Helper()
	w := mustOpen(t, dir, opts)
	err := w.Compact(t.Context(), how, func(round []Merged) error {
		merged = append(merged, round...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	closeWriter(t, w)
	return merged
}

// Compaction changes no row and no batch's history; who opened the corpus
// before goes on; what was derived stands; and a second one has nothing to do.
func TestCompactKeepsEveryRow(t *testing.T) {
	dir := t.TempDir()
	fillBatches(t, dir, 50, 3)
	before, old := readEverything(t, dir), mustRead(t, dir)
	number := old.Manifest().Number
	if merged := compactAll(t, dir, WriterOptions{RunID: "r2"}, CompactOptions{}); len(merged) != 1 || len(merged[0].Of) != 17 {
		t.Fatalf("merged into %d batches", len(merged))
	}
	if diff := gocmp.Diff(before, readEverything(t, dir)); diff != "" {
		t.Errorf("rows changed (-before +after):\n%s", diff)
	}
	contents(t, dir)
	m := mustRead(t, dir).Manifest()
	if len(m.Batches) != 1 || m.Batches[0].Fingerprint != "f1" || m.Batches[0].RunID != "r2" || m.Content() != number {
		t.Errorf("after compaction: %+v", m)
	}
	if c, ok := m.Since(number); !ok || len(c.Batches) != 0 || len(c.Removed) != 0 {
		t.Errorf("what was derived before is told to be stale: %+v, %v", c, ok)
	}
	if c, ok := m.Since(number - 1); !ok || len(c.Batches) != 1 {
		t.Errorf("the newest documents are not found: %+v, %v", c, ok)
	}
	n := 0
	for _, err := range old.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 50 {
		t.Errorf("the old reader sees %d documents", n)
	}

	files := snapshot(t, dir)
	if merged := compactAll(t, dir, WriterOptions{}, CompactOptions{}); len(merged) != 0 {
		t.Errorf("the second compaction made %d batches", len(merged))
	}
	if diff := gocmp.Diff(files, snapshot(t, dir)); diff != "" {
		t.Errorf("the second compaction changed files:\n%s", diff)
	}
	compactAll(t, dir, WriterOptions{Grace: -1}, CompactOptions{})
	checkSwept(t, dir)
}

// What is merged again still knows the first batches, and batches of two
// pipelines stay apart.
func TestCompactAgain(t *testing.T) {
	dir := t.TempDir()
	fillBatches(t, dir, 6, 2)
	compactAll(t, dir, WriterOptions{}, CompactOptions{})
	for i, fingerprint := range []string{"f1", "f2", "f2", "f1"} {
		w := mustOpen(t, dir, WriterOptions{RunID: fmt.Sprint("later ", i), PipelineVersion: "v1", Fingerprint: fingerprint})
		add(t, w, 100+i, 101+i)
		commit(t, w)
		closeWriter(t, w)
	}
	before := readEverything(t, dir)
	compactAll(t, dir, WriterOptions{}, CompactOptions{})
	if diff := gocmp.Diff(before, readEverything(t, dir)); diff != "" {
		t.Error(diff)
	}
	if len(before.Batches) != 8 {
		t.Errorf("%d batches in the history", len(before.Batches))
	}
	var got []string
	for _, b := range mustRead(t, dir).Manifest().Batches {
		got = append(got, fmt.Sprint(b.Fingerprint, " ", b.Counts().Documents))
	}
	slices.Sort(got)
	if diff := gocmp.Diff([]string{"f1 8", "f2 2"}, got); diff != "" {
		t.Error(diff)
	}
}

func mustRead(t testing.TB, dir string) *Reader {
	t.Helper()
	r, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCompactStops(t *testing.T) {
	dir := t.TempDir()
	fillBatches(t, dir, 10, 2)
	before := snapshot(t, dir)
	w := mustOpen(t, dir, WriterOptions{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Compact(ctx, CompactOptions{}, nil); err == nil || ctx.Err() == nil {
		t.Error("a compaction that was cancelled ends well")
	}
	add(t, w, 20, 21)
	if err := w.Compact(t.Context(), CompactOptions{}, nil); err == nil || !strings.Contains(err.Error(), "wait for a commit") {
		t.Errorf("compaction with documents buffered: %v", err)
	}
	closeWriter(t, w)
	if diff := gocmp.Diff(before, snapshot(t, dir)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
}

// sized are batches of one pipeline with these bytes.
func sized(bytes ...int64) (batches []Batch) {
	for i, n := range bytes {
		batches = append(batches, Batch{ID: fmt.Sprintf("%010d-00000000", i+1), Files: map[string]File{table.Documents: {Bytes: n}}})
	}
	return batches
}

func TestPlan(t *testing.T) {
	for _, c := range []struct {
		name  string
		opts  CompactOptions
		bytes []int64
		want  []string // the sizes of each set
	}{
		{"nothing", CompactOptions{}, nil, nil},
		{"one", CompactOptions{}, []int64{5}, nil},
		{"all", CompactOptions{}, []int64{5, 900, 1}, []string{"[1 5 900]"}},
		{"up to the limit", CompactOptions{MaxBytes: 10}, []int64{4, 4, 4, 4, 11}, []string{"[4 4]", "[4 4]"}},
		{"large ones stay", CompactOptions{MaxBytes: 10}, []int64{9, 3, 30}, nil},
		{"not yet enough of a size", CompactOptions{Fan: 4}, []int64{5, 6, 7, 900, 901}, nil},
		{"enough of a size", CompactOptions{Fan: 4}, []int64{5, 6, 900, 7, 8}, []string{"[5 6 7 8]"}},
		{"two sizes", CompactOptions{Fan: 2}, []int64{5, 300, 5, 300}, []string{"[5 5]", "[300 300]"}},
		{"half the limit is large", CompactOptions{Fan: 2, MaxBytes: 10}, []int64{6, 6}, nil},
	} {
		var got []string
		for _, set := range c.opts.withDefaults().plan(sized(c.bytes...)) {
			var sizes []int64
			for _, b := range set {
				sizes = append(sizes, b.Bytes())
			}
			got = append(got, fmt.Sprint(sizes))
		}
		if diff := gocmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// Whatever the batches: a plan takes each at most once, keeps makers apart and
// merges at least two; carried out again and again it comes to an end.
func TestPlanEnds(t *testing.T) {
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 7))
		opts := CompactOptions{Fan: []int{0, 2, 16}[random.IntN(3)], MaxBytes: 1 << random.IntN(20)}.withDefaults()
		batches := sized(make([]int64, random.IntN(300))...)
		for i := range batches {
			batches[i].Files[table.Documents] = File{Bytes: 1 << random.IntN(16)}
			batches[i].Fingerprint = fmt.Sprint(random.IntN(2))
		}
		for rounds := 0; ; rounds++ {
			sets := opts.plan(batches)
			if len(sets) == 0 {
				break
			}
			if batches = carryOut(t, batches, sets); rounds > 300 {
				t.Fatalf("seed %d: no end", seed)
			}
		}
	}
}

func carryOut(t *testing.T, batches []Batch, sets [][]Batch) []Batch {
	t.Helper()
	left := make(map[string]bool)
	for _, b := range batches {
		left[b.ID] = true
	}
	var made []Batch
	for _, set := range sets {
		if len(set) < 2 || len(set) > maxParts {
			t.Fatalf("a set of %d", len(set))
		}
		var size int64
		for _, b := range set {
			if !left[b.ID] || b.Fingerprint != set[0].Fingerprint {
				t.Fatalf("batch %s, fingerprint %s: twice, or in a set of another", b.ID, b.Fingerprint)
			}
			left[b.ID] = false
			size += b.Bytes()
		}
		made = append(made, Batch{ID: set[0].ID, Fingerprint: set[0].Fingerprint, Files: map[string]File{table.Documents: {Bytes: size * 9 / 10}}})
	}
	kept := slices.DeleteFunc(slices.Clone(batches), func(b Batch) bool { return !left[b.ID] })
	all := append(kept, made...)
	slices.SortFunc(all, func(a, b Batch) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// tinyCommits commits n batches of one document, merging as a run does.
func tinyCommits(t testing.TB, w *Writer, n int, how CompactOptions) (most int) {
	t.Helper()
	for i := range n {
		add(t, w, i, i+1)
		commit(t, w)
		if err := w.Compact(t.Context(), how, nil); err != nil {
			t.Fatal(err)
		}
		most = max(most, len(w.Manifest().Batches))
	}
	return most
}

// However many tiny batches there are, the manifest stays short.
func TestTinyBatchesStayFew(t *testing.T) {
	dir := t.TempDir()
	w := mustOpen(t, dir, WriterOptions{Grace: -1, disk: newFaultyDisk(-1)})
	if most := tinyCommits(t, w, 80, CompactOptions{Fan: 4}); most > 12 {
		t.Errorf("%d live batches at a time", most)
	}
	closeWriter(t, w)
	if n := len(contents(t, dir)); n != 80 {
		t.Errorf("%d documents", n)
	}
	if n := len(readEverything(t, dir).Batches); n != 80 {
		t.Errorf("%d batches in the history", n)
	}
}

// What a commit of one document costs when there are thousands of them.
func BenchmarkTinyCommits(b *testing.B) {
	const commits = 3000
	for name, fan := range map[string]int{"merging": 16, "never merging": 3 * commits} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				dir := b.TempDir()
				w := mustOpen(b, dir, WriterOptions{Grace: -1})
				tinyCommits(b, w, commits, CompactOptions{Fan: fan})
				info, err := os.Stat(filepath.Join(dir, manifestFile))
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(info.Size()), "manifest-bytes")
				b.ReportMetric(float64(len(w.Manifest().Batches)), "batches")
				closeWriter(b, w)
			}
		})
	}
}
