package verify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// Options of a [Checker].
type Options struct {
	Report  func(Problem)            // called from one goroutine; must not be nil
	Fold    func(text string) string // of which text_sha256 is the hash; nil folds nothing
	Quick   bool                     // the manifest, sizes and footers alone
	Limit   int64                    // how many problems of one check in one file are reported; 0 means 10
	TempDir string                   // "" means that of the system
}

// Checker looks one state of a corpus over. It is used once.
type Checker struct {
	reader  *store.Reader
	opts    Options
	report  *reporter
	sum     Summary
	spoiled map[string]bool // tables of which no more is looked at, by path relative to the corpus
	docs    *catalog
}

// New prepares to look over what r reads.
func New(r *store.Reader, opts Options) *Checker {
	m := r.Manifest()
	c := &Checker{reader: r, opts: opts, spoiled: make(map[string]bool)}
	c.sum = Summary{Manifest: m.Number, Batches: int64(len(m.Batches)), Documents: m.Counts.Documents}
	if c.opts.Fold == nil {
		c.opts.Fold = func(text string) string { return text }
	}
	c.report = &reporter{
		put: opts.Report, limit: cmp.Or(opts.Limit, 10), sum: &c.sum,
		count: make(map[kind]int64), first: make(map[kind]Problem),
	}
	return c
}

// OfManifest is the problem of a manifest that cannot be read; nil when err is
// of another kind.
func OfManifest(err error) *Problem {
	if !errors.Is(err, store.ErrDamaged) {
		return nil
	}
	return &Problem{Severity: Error, Check: Manifest, File: "manifest.json", Message: err.Error(), Mend: restoreBoth}
}

// Close reports how many problems were left out and returns the counts.
func (c *Checker) Close() Summary {
	c.report.flush()
	return c.sum
}

// Tables checks the files that the manifest lists and, unless it is quick,
// their rows.
func (c *Checker) Tables(ctx context.Context) error {
	if err := c.leftovers(); err != nil {
		return err
	}
	for _, l := range c.listed() {
		if err := c.file(ctx, l); err != nil {
			return err
		}
	}
	if c.opts.Quick {
		return nil
	}
	if err := c.loadDocuments(ctx); err != nil {
		return err
	}
	for i := range c.reader.Manifest().Batches {
		if err := c.batch(ctx, i); err != nil {
			return err
		}
	}
	return c.sightings(ctx)
}

// leftovers notes what the next writer sweeps.
func (c *Checker) leftovers() error {
	left, err := c.reader.Leftovers()
	if p := OfManifest(err); p != nil {
		c.report.add(*p)
		return nil
	}
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	for _, path := range left {
		c.report.add(Problem{Severity: Note, Check: Leftover, File: path, Message: "not listed by the manifest: being written now, or left by a writer that was interrupted", Mend: sweep})
	}
	return nil
}

// listed is a file that the manifest lists.
type listed struct {
	batch store.Batch
	table string
	path  string
	name  string // relative to the corpus
	want  store.File
}

// listed are the files of all batches.
func (c *Checker) listed() []listed {
	var all []listed
	for i, b := range c.reader.Manifest().Batches {
		for _, name := range slices.Sorted(maps.Keys(b.Files)) {
			all = append(all, c.listedIn(i, name))
		}
	}
	return all
}

// listedIn is the file of a table in the i-th batch.
func (c *Checker) listedIn(i int, name string) listed {
	b := c.reader.Manifest().Batches[i]
	path := c.reader.Files(name)[i]
	return listed{batch: b, table: name, path: path, name: c.relative(path), want: b.Files[name]}
}

func (c *Checker) relative(path string) string {
	if name, err := filepath.Rel(c.reader.Derived(""), path); err == nil {
		return name
	}
	return path
}

// wrong reports what is wrong with a whole file.
func (c *Checker) wrong(l listed, check Check, format string, args ...any) {
	c.report.add(Problem{Severity: Error, Check: check, File: l.name, Message: fmt.Sprintf(format, args...), Mend: mendOf(l.table)})
}

// wrongRow reports what is wrong with one row, or, when row is negative, with
// the rows of one document.
func (c *Checker) wrongRow(l listed, row int64, docID string, check Check, format string, args ...any) {
	p := Problem{Severity: Error, Check: check, File: l.name, DocID: docID, Message: fmt.Sprintf(format, args...), Mend: mendOf(l.table)}
	if row >= 0 {
		p.Row = &row
	}
	c.report.add(p)
}

// usable reports whether the rows of a file can be trusted to be those that
// were committed.
func (c *Checker) usable(l listed) bool { return !c.spoiled[l.name] }

// isCurrent reports whether what was derived from the manifest of that number
// should hold exactly the documents of the corpus.
func (c *Checker) isCurrent(from int64) bool { return from >= c.reader.Manifest().Content() }

// isWhole reports whether all documents are known: only then can one be said
// to be missing.
func (c *Checker) isWhole() bool {
	for i := range c.reader.Manifest().Batches {
		if !c.usable(c.listedIn(i, table.Documents)) {
			return false
		}
	}
	return true
}
