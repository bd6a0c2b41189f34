//go:build linux

// Command scale takes invented bulletins into a new corpus, as jianbao ingest
// would from a pipe, and prints how fast that goes and what memory it takes as the
// corpus grows. It reads /proc, so it needs Linux.
//
//	go run ./cmd/internal/scale -n 100000 -cpuprofile cpu.prof
//	go run ./cmd/internal/scale -n 100000 -dir corpus -search
//	go run ./cmd/internal/scale -dir corpus -search -reuse
//	go run ./cmd/internal/scale -dir corpus -serve 30s -reuse
//
// With -search it then prints how long a fixed list of queries takes, hits and
// snippets included, and how large the index is; with -serve how many pages of
// hits jianbao serve gives to one reader, to fifty and to too many.
//
// It fails when the memory is more than -max-rss, or the last tenth of the
// documents is taken at less than -min-rate of the rate of the first.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus/sample/generate"
	"jianbao/ingest"
	"jianbao/segment/script"
)

// options are the flags.
type options struct {
	n, seed    uint64
	dir        string
	workers    int
	cpu, heap  string
	maxRSS     int64
	minRate    float64
	batchBytes int64
	search     bool
	serve      time.Duration
	reuse      bool
}

func main() {
	var o options
	flag.Uint64Var(&o.n, "n", 1_000_000, "how many documents")
	flag.Uint64Var(&o.seed, "seed", 1, "which documents")
	flag.StringVar(&o.dir, "dir", "", "keep the corpus here (default a temporary folder, removed at the end)")
	flag.IntVar(&o.workers, "workers", 0, "documents worked on at once (default one a processor)")
	flag.Int64Var(&o.batchBytes, "batch-bytes", 0, "as of jianbao ingest")
	flag.StringVar(&o.cpu, "cpuprofile", "", "write a profile of the processor to this file")
	flag.StringVar(&o.heap, "memprofile", "", "write a profile of the heap to this file after each tenth and at the end: FILE.100000 and so on")
	flag.Int64Var(&o.maxRSS, "max-rss", 800, "fail when more memory is resident, in MB; 0 is no limit")
	flag.Float64Var(&o.minRate, "min-rate", 0.8, "fail when the last tenth is slower than so much of the first; 0 is no limit")
	flag.BoolVar(&o.search, "search", false, "measure searches of the corpus then")
	flag.DurationVar(&o.serve, "serve", 0, "measure jianbao serve then, with fifty connections for so long")
	flag.BoolVar(&o.reuse, "reuse", false, "take in nothing: with -search or -serve and the corpus that is in -dir")
	flag.Parse()
	if o.n == 0 || flag.NArg() > 0 || o.reuse && (!o.search && o.serve == 0 || o.dir == "") {
		flag.Usage()
		os.Exit(64)
	}
	pipeline.LimitMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, out io.Writer) (err error) {
	if o.dir == "" {
		temp, err := os.MkdirTemp("", "jianbao-scale-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temp)
		o.dir = filepath.Join(temp, "corpus")
	}
	stop, err := profileProcessor(o.cpu)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if !o.reuse {
		err = measureIngest(ctx, o, out)
	}
	if err == nil && o.search {
		err = measureSearch(ctx, o, out)
	}
	if err == nil && o.serve > 0 {
		err = measureServe(ctx, o, out)
	}
	return err
}

// measureIngest prints rate and memory, and says whether the limits were kept.
func measureIngest(ctx context.Context, o options, out io.Writer) error {
	w := watch(o, out)
	sum, err := take(ctx, o, w.document)
	w.close()
	if err != nil {
		return err
	}
	return w.report(sum)
}

// take generates documents into a pipe and ingests what comes out.
func take(ctx context.Context, o options, progress func(pipeline.Summary)) (pipeline.Summary, error) {
	g, err := generate.New(generate.Options{Seed: o.seed, Traditional: script.Unfold})
	if err != nil {
		return pipeline.Summary{}, err
	}
	rules, err := pipeline.Rules("")
	if err != nil {
		return pipeline.Summary{}, err
	}
	p, err := pipeline.New(rules)
	if err != nil {
		return pipeline.Summary{}, err
	}
	in, to := io.Pipe()
	written := make(chan struct{})
	go func() {
		defer close(written)
		to.CloseWithError(feed(g, o.n, to))
	}()
	sum, err := p.Ingest(ctx, o.dir, ingest.Read(ctx, ingest.Options{Format: ingest.JSONL}, in, ingest.Stdin), pipeline.IngestOptions{
		RunID: "scale-" + time.Now().UTC().Format("20060102T150405Z"), Workers: o.workers, BatchBytes: o.batchBytes, Progress: progress,
	})
	in.Close()
	<-written
	return sum, err
}

// feed writes n articles as JSON lines.
func feed(g *generate.Generator, n uint64, to io.Writer) error {
	var block []byte
	for i := range n {
		block = g.Article(i).AppendJSON(block)
		if len(block) > 1<<16 || i == n-1 {
			if _, err := to.Write(block); err != nil {
				return err
			}
			block = block[:0]
		}
	}
	return nil
}
