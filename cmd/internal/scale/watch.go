//go:build linux

package main

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"sync"
	"time"

	"jianbao/cmd/internal/pipeline"
)

// watcher prints a line for each tenth of the documents.
type watcher struct {
	opts  options
	out   io.Writer
	tenth int       // that is complete
	rates []float64 // documents a second, of each
	began time.Time
	used  time.Duration // processor time until then

	stop, stopped chan struct{}

	mu   sync.Mutex
	most memory // since the last line; its peak is of the whole run
	err  error
}

const sampleEvery = 100 * time.Millisecond

// watch samples the memory until close is called.
func watch(o options, out io.Writer) *watcher {
	w := &watcher{opts: o, out: out, began: time.Now(), used: processorTime(), stop: make(chan struct{}), stopped: make(chan struct{})}
	fmt.Fprintf(out, "%-10s %9s %9s %11s %9s %9s %9s %9s\n", "documents", "seconds", "docs/s", "cpu ms/doc", "anon MB", "file MB", "heap MB", "peak MB")
	go func() {
		defer close(w.stopped)
		ticker := time.NewTicker(sampleEvery)
		defer ticker.Stop()
		for {
			select {
			case <-w.stop:
				return
			case <-ticker.C:
				w.sample()
			}
		}
	}()
	return w
}

func (w *watcher) close() {
	close(w.stop)
	<-w.stopped
}

// sample keeps the most memory.
func (w *watcher) sample() {
	m, err := readMemory()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.most = memory{max(w.most.anon, m.anon), max(w.most.file, m.file), m.peak}
	w.err = errors.Join(w.err, err)
}

// document is told of each document that was taken.
func (w *watcher) document(s pipeline.Summary) {
	if s.Read*10/int(w.opts.n) > w.tenth {
		w.tenth++
		w.line(strconv.Itoa(s.Read), float64(w.opts.n)/10)
	}
}

// line prints what was measured since the last one; documents is how many that
// were, 0 for what comes after them.
func (w *watcher) line(name string, documents float64) {
	w.sample()
	seconds, used := time.Since(w.began).Seconds(), processorTime()
	var heap runtime.MemStats
	runtime.ReadMemStats(&heap)
	w.mu.Lock()
	m := w.most
	w.most = memory{}
	w.mu.Unlock()
	rate, cost := "-", "-"
	if documents > 0 {
		w.rates = append(w.rates, documents/seconds)
		rate = fmt.Sprintf("%.0f", documents/seconds)
		cost = fmt.Sprintf("%.2f", float64((used-w.used).Microseconds())/1000/documents)
	}
	fmt.Fprintf(w.out, "%-10s %9.1f %9s %11s %9d %9d %9d %9d\n", name, seconds, rate, cost, m.anon>>10, m.file>>10, heap.HeapAlloc>>20, m.peak>>10)
	if w.opts.heap != "" {
		err := profileHeap(w.opts.heap + "." + name)
		w.mu.Lock()
		w.err = errors.Join(w.err, err)
		w.mu.Unlock()
	}
	w.began, w.used = time.Now(), processorTime()
}

// report prints what came after the last document and the sum, and says whether
// the limits were kept. The watcher is closed.
func (w *watcher) report(s pipeline.Summary) error {
	w.line("end", 0)
	m, err := readMemory()
	if err := errors.Join(w.err, err); err != nil {
		return fmt.Errorf("watch the process: %w", err)
	}
	fmt.Fprintf(w.out, "%d read, %d committed in %d batches, %d present, %d duplicate, %d quarantined, %.1f s, %.0f docs/s, %.1f s of processors\n",
		s.Read, s.Committed, s.Batches, s.Present, s.Duplicate, s.Quarantined, s.Seconds, float64(s.Read)/s.Seconds, processorTime().Seconds())
	if most := w.opts.maxRSS; most > 0 && m.peak>>10 > most {
		return fmt.Errorf("%d MB were resident, more than %d", m.peak>>10, most)
	}
	if n := len(w.rates); n > 1 && w.rates[n-1] < w.opts.minRate*w.rates[0] {
		return fmt.Errorf("the last tenth ran at %.0f documents a second, the first at %.0f", w.rates[n-1], w.rates[0])
	}
	return nil
}
