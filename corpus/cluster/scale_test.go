package cluster

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"jianbao/corpus"
)

// press is a large generated corpus that stands in no memory: document i is made
// again whenever it is needed. Of ten documents five are alone, and five are one
// article with two exact reprints and two near ones.
type press struct{ n int }

// familySize is the documents that go back to one text.
const familySize = 10

// hans is the body of document i: about 250 characters.
func (p press) hans(i int) string {
	story := uint64(i/familySize) * familySize
	switch member := i % familySize; member {
	case 0, 1, 2:
		return string(prose(rand.New(rand.NewPCG(story, 21)), 250))
	case 3, 4:
		text := prose(rand.New(rand.NewPCG(story, 21)), 250)
		return string(revise(rand.New(rand.NewPCG(uint64(i), 22)), text, 2))
	default:
		return string(prose(rand.New(rand.NewPCG(story+uint64(member), 21)), 250))
	}
}

func (p press) id(i int) string {
	sum := sha256.Sum256(binary.LittleEndian.AppendUint64(nil, uint64(i)))
	return hex.EncodeToString(sum[:16])
}

func (p press) item(i int) Item {
	hans := p.hans(i)
	sum := sha256.Sum256([]byte(hans))
	day := corpus.Date(18000 + i%400)
	return Item{DocID: p.id(i), Published: &day, TextSHA256: hex.EncodeToString(sum[:]), Signature: Sign(hans)}
}

func (p press) items(yield func(Item, error) bool) {
	for i := range p.n {
		if !yield(p.item(i), nil) {
			return
		}
	}
}

func (p press) texts(_ context.Context, docIDs []string) iter.Seq2[Text, error] {
	return func(yield func(Text, error) bool) {
		for i := range p.n {
			id := p.id(i)
			if _, ok := slices.BinarySearch(docIDs, id); ok && !yield(Text{id, p.hans(i)}, nil) {
				return
			}
		}
	}
}

// watchHeap samples the heap until stop is called, which returns the most that was
// in use above what was at the start.
func watchHeap() (stop func() uint64) {
	runtime.GC()
	start := heapAlloc()
	done, peak := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		ticker := time.NewTicker(20 * time.Millisecond)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				most = max(most, heapAlloc())
			case <-done:
				peak <- max(most, heapAlloc()) - start
				return
			}
		}
	}()
	return func() uint64 {
		close(done)
		return <-peak
	}
}

func heapAlloc() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestScale groups 200,000 documents (10,000 with the race detector). The bound on the heap has room for the
// garbage that the collector lets stand.
func TestScale(t *testing.T) {
	p := press{scale}
	stop := watchHeap()
	began := time.Now()
	result, err := Group(t.Context(), p.items, p.texts, Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	took, peak := time.Since(began), stop()
	t.Logf("%d documents in %v, heap up to %d MB: %+v", p.n, took.Round(time.Millisecond), peak>>20, result.Stats)
	if peak > 100<<20 {
		t.Errorf("the heap grew by %d MB", peak>>20)
	}
	checkPress(t, p, result)
}

// checkPress allows for the near reprints that share no band: they are of a
// similarity above 0.9, so one in thousands.
func checkPress(t *testing.T, p press, result *Result) {
	t.Helper()
	families := p.n / familySize
	s := result.Stats
	if s.Documents != p.n || s.Exact != 2*families || s.Near > 2*families || s.Near < 2*families*99/100 {
		t.Errorf("%+v of %d families", s, families)
	}
	rows := 0
	last := ""
	for row := range result.Rows() {
		if row.DocID <= last || row.Size > 5 || row.Kind == Near && row.Similarity < 0.72 {
			t.Fatalf("after %s: %+v", last, row)
		}
		last = row.DocID
		rows++
	}
	if rows != p.n {
		t.Errorf("%d rows", rows)
	}
}

// BenchmarkGroup groups 20,000 documents whose bands are in a run: from scratch,
// and with all pairs known.
func BenchmarkGroup(b *testing.B) {
	p := press{20_000}
	path := filepath.Join(b.TempDir(), "run")
	if err := writeFile(path, func(w io.Writer) error { return WriteRun(w, p.items) }); err != nil {
		b.Fatal(err)
	}
	var bodies []article
	for i := range p.n {
		bodies = append(bodies, article{id: p.id(i), hans: p.hans(i)})
	}
	var known *Pairs
	for _, name := range []string{"scratch", "known"} {
		found := known
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				result, err := GroupRuns(b.Context(), []string{path}, textsOf(bodies), Options{Dir: b.TempDir(), Known: known})
				if err != nil {
					b.Fatal(err)
				}
				found = result.Pairs
			}
			b.ReportMetric(float64(p.n)*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
		})
		known = found
	}
}
