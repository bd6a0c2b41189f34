package cli

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"jianbao/cmd/internal/pipeline"
	"jianbao/ingest"
)

// readOptions are the flags of commands that read articles.
type readOptions struct {
	format    string
	filesFrom string
	ingest.Options
}

func (o *readOptions) addFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.format, "format", string(ingest.Auto), fmt.Sprint("one of ", ingest.Formats()))
	f.StringVar(&o.filesFrom, "files-from", "", "file with further paths, one a line or each with a NUL behind it (- is standard input)")
	f.Int64Var(&o.MaxDocument, "max-document", 20_000_000, "largest document in bytes")
	f.IntVar(&o.MaxLine, "max-line", 4<<20, "longest line of JSON lines in bytes")
	f.Int64Var(&o.MaxExpansion, "max-expansion", 100, "bytes that one compressed byte may become, after the first megabyte")
	f.Int64Var(&o.MaxArchive, "max-archive", 2<<30, "bytes that an archive may expand to")
	f.IntVar(&o.MaxEntries, "max-entries", 10_000, "members of an archive")
	f.Uint64Var(&o.MaxWindow, "max-window", 128<<20, "memory in bytes that a zstd stream may ask for")
}

// open prepares reading and refuses what is wrong before anything is touched.
// The function that it returns closes the list of files.
func (o *readOptions) open(stdin io.Reader, paths []string) (ingest.Options, func() error, error) {
	nothing := func() error { return nil }
	format, err := ingest.ParseFormat(o.format)
	if err != nil {
		return ingest.Options{}, nothing, usageError{err}
	}
	o.Options.Format = format
	for name, n := range map[string]int64{
		"max-document": o.MaxDocument, "max-line": int64(o.MaxLine), "max-expansion": o.MaxExpansion, "max-archive": o.MaxArchive, "max-entries": int64(o.MaxEntries),
	} {
		if n <= 0 {
			return ingest.Options{}, nothing, usageError{fmt.Errorf("--%s must be positive", name)}
		}
	}
	if err := ingest.Check(paths...); err != nil {
		return ingest.Options{}, nothing, err
	}
	switch o.filesFrom {
	case "":
		return o.Options, nothing, nil
	case ingest.Stdin:
		o.Options.FilesFrom = stdin
		return o.Options, nothing, nil
	}
	list, err := os.Open(o.filesFrom)
	if err != nil {
		return ingest.Options{}, nothing, fmt.Errorf("read the list of files: %w", err)
	}
	o.Options.FilesFrom = list
	return o.Options, list.Close, nil
}

type ingestOptions struct {
	readOptions
	batchDocuments int
	batchBytes     int64
	workers        int
	mergeBatches   int
}

func (a *app) ingest() *cobra.Command {
	var o ingestOptions
	c := &cobra.Command{
		Use:   "ingest -c DIR PATH...",
		Short: "Take new articles into the corpus (a batch job)",
		Long: `Takes the articles of files, folders and standard input (-) into the corpus, which is made if there is none: text,
HTML, JSON lines, WARC, WET and Parquet, plain, compressed with gzip or zstd, or in tar and ZIP archives.
What the corpus holds already is left alone, so that the same command can be run again at any time.
The last line on standard output is a JSON summary. Exit code 3 says that some documents were newly quarantined.`,
		Example: "  jianbao ingest -c corpus/ articles/ crawl.warc.gz\n  find articles/ -newer mark -print0 | jianbao ingest -c corpus/ --files-from -",
		Args: func(c *cobra.Command, args []string) error {
			if o.filesFrom != "" {
				return nil
			}
			return cobra.MinimumNArgs(1)(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error { return a.runIngest(c.Context(), &o, args) },
	}
	a.corpusFlag(c)
	o.addFlags(c)
	f := c.Flags()
	f.IntVar(&o.batchDocuments, "batch-documents", 8192, "commit after so many documents")
	f.Int64Var(&o.batchBytes, "batch-bytes", 64<<20, "commit after about so many bytes")
	f.IntVar(&o.mergeBatches, "merge-batches", 16, "merge batches when so many of about one size are there; 0 never does")
	f.IntVar(&o.workers, "workers", 0, "documents worked on at once (default one a processor)")
	return c
}

func (a *app) runIngest(ctx context.Context, o *ingestOptions, paths []string) (err error) {
	if o.batchDocuments <= 0 || o.batchBytes <= 0 || o.workers < 0 {
		return usageError{errors.New("--batch-documents and --batch-bytes must be positive, --workers must not be negative")}
	}
	if o.mergeBatches < 0 || o.mergeBatches == 1 {
		return usageError{errors.New("--merge-batches must be 0 or at least 2")}
	}
	dir, err := a.corpusDir()
	if err != nil {
		return err
	}
	reading, done, err := o.open(a.In, paths)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	p, err := a.pipeline()
	if err != nil {
		return err
	}
	progress, finish := a.progress()
	sum, err := p.Ingest(ctx, dir, ingest.Read(ctx, reading, a.In, paths...), pipeline.IngestOptions{
		RunID:          newRunID(time.Now()),
		BatchDocuments: o.batchDocuments,
		BatchBytes:     o.batchBytes,
		Workers:        o.workers,
		Fan:            cmp.Or(o.mergeBatches, -1),
		Log:            a.log(),
		Progress:       progress,
	})
	finish()
	if sum.Read > 0 || err == nil {
		if err := writeJSON(a.Out, sum); err != nil {
			return err
		}
	}
	switch {
	case err != nil:
		return err
	case sum.Unreadable > 0:
		return fmt.Errorf("%d files could not be read", sum.Unreadable)
	case sum.NewlyQuarantined > 0:
		return errQuarantined
	}
	if sum.Present == sum.Read && sum.Read > 0 {
		fmt.Fprintf(a.Err, "all %d documents are in the corpus already; nothing was changed\n", sum.Read)
	}
	return nil
}

// newRunID is the time of a run, which sorts, and 32 random bits.
func newRunID(now time.Time) string {
	var b [4]byte
	rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return fmt.Sprintf("%s-%x", now.UTC().Format("20060102T150405Z"), b)
}

// progress is a line on a terminal that counts documents, and what ends it.
func (a *app) progress() (show func(pipeline.Summary), finish func()) {
	line, start := a.counter(), time.Now()
	show = func(s pipeline.Summary) {
		line.show("%d documents, %d new, %d batches, %.0f/s", s.Read, s.Committed, s.Batches, float64(s.Read)/time.Since(start).Seconds())
	}
	return show, line.finish
}

// counterLine is a line on a terminal that is written over and over; elsewhere
// it is nothing.
type counterLine struct {
	out  io.Writer // nil elsewhere
	last time.Time
}

func (a *app) counter() *counterLine {
	if !isTerminal(a.Err) {
		return &counterLine{}
	}
	return &counterLine{out: a.Err}
}

func (l *counterLine) show(format string, args ...any) {
	if now := time.Now(); l.out != nil && now.Sub(l.last) > 200*time.Millisecond {
		l.last = now
		fmt.Fprintf(l.out, "\r\x1b[K"+format, args...)
	}
}

func (l *counterLine) finish() {
	if l.out != nil {
		fmt.Fprint(l.out, "\r\x1b[K")
	}
}
