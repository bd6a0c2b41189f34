// Command jianbao-generate writes invented bulletins as JSON lines (id, url,
// title, date, source, text): material for tests of scale and benchmarks.
//
//	jianbao-generate -seed 1 -n 1000000 | jianbao ingest -c corpus -
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"

	"jianbao/corpus/sample/generate"
	"jianbao/segment/script"
)

func main() {
	seed := flag.Uint64("seed", 1, "which articles: those of a seed are always the same")
	n := flag.Uint64("n", 1000, "how many")
	first := flag.Uint64("first", 0, "the number of the first: article i of a seed does not depend on where one begins")
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(64)
	}
	if err := write(os.Stdout, *seed, *first, *n); err != nil {
		fmt.Fprintln(os.Stderr, "jianbao-generate:", err)
		os.Exit(1)
	}
}

// write writes n articles to w, one a line.
func write(w io.Writer, seed, first, n uint64) error {
	g, err := generate.New(generate.Options{Seed: seed, Traditional: script.Unfold})
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	var line []byte
	for i := range n {
		line = g.Article(first + i).AppendJSON(line[:0])
		if _, err := out.Write(line); err != nil {
			return fmt.Errorf("write article %d: %w", first+i, err)
		}
	}
	return out.Flush()
}
