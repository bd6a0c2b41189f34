package pipeline

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"jianbao/corpus/store"
	"jianbao/corpus/verify"
	"jianbao/index"
	"jianbao/ingest"
)

// VerifyOptions says how a corpus is looked over.
type VerifyOptions struct {
	Report func(verify.Problem) // called from one goroutine
	Quick  bool                 // the manifest, sizes and footers alone
	Limit  int64                // how many problems of one kind in one file are reported; 0 means 10
}

// Verify looks the corpus in dir over: its tables, what is derived from them
// and the quarantine. It changes nothing and may run beside a writer. What is
// wrong is reported; an error says that the check could not be made.
func (p *Pipeline) Verify(ctx context.Context, dir string, opts VerifyOptions) (sum verify.Summary, err error) {
	// What is derived is opened before the manifest: it is never ahead of a
	// manifest that is read later, so one that is ahead is wrong.
	d, err := p.openDerived(dir)
	defer func() { err = errors.Join(err, d.close()) }()
	if err != nil {
		return sum, err
	}
	r, err := store.OpenReader(dir)
	if problem := verify.OfManifest(err); problem != nil {
		opts.Report(*problem)
		return verify.Summary{Errors: 1}, nil
	}
	if err != nil {
		return sum, err
	}
	c := verify.New(r, verify.Options{Report: opts.Report, Fold: fold, Quick: opts.Quick, Limit: opts.Limit})
	err = c.Tables(ctx)
	if err == nil {
		err = d.verify(ctx, c)
	}
	if err == nil {
		err = c.Quarantine(ctx, identityOf)
	}
	return c.Close(), err
}

// derived is what is made from the tables, opened for a check.
type derived struct {
	clusters *os.File // nil when there is none
	dir      string   // of the index
	index    *index.Reader
	err      error // why the index does not open
}

func (p *Pipeline) openDerived(dir string) (*derived, error) {
	d := &derived{dir: filepath.Join(dir, indexDir)}
	f, err := os.Open(filepath.Join(dir, clustersFile))
	if err == nil {
		d.clusters = f
	} else if !errors.Is(err, fs.ErrNotExist) {
		return d, fmt.Errorf("verify clusters: %w", err)
	}
	d.index, d.err = index.OpenReader(d.dir, p.language())
	if errors.Is(d.err, index.ErrNoIndex) {
		d.err = nil
	}
	return d, nil
}

func (d *derived) close() error {
	var err error
	if d.clusters != nil {
		err = d.clusters.Close()
	}
	if d.index != nil {
		err = errors.Join(err, d.index.Close())
	}
	return err
}

func (d *derived) verify(ctx context.Context, c *verify.Checker) error {
	if err := d.verifyClusters(ctx, c); err != nil {
		return err
	}
	if d.index == nil {
		path, err := filepath.Abs(d.dir)
		c.NoIndex(path, d.err)
		return err
	}
	path, err := filepath.Abs(d.index.Path())
	if err != nil {
		return err
	}
	return c.Index(ctx, verify.Index{Path: path, Manifest: d.index.Generation(), Check: d.index.Check, IDs: d.index.IDs})
}

func (d *derived) verifyClusters(ctx context.Context, c *verify.Checker) error {
	if d.clusters == nil {
		return c.Clusters(ctx, nil, 0)
	}
	info, err := d.clusters.Stat()
	if err != nil {
		return fmt.Errorf("verify clusters: %w", err)
	}
	return c.Clusters(ctx, d.clusters, info.Size())
}

// identityOf is the hash that names a document in quarantine, of whose bytes
// all are kept. A name that is not UTF-8 was changed when it was written down:
// then the hash cannot be made again.
func identityOf(b store.Bad) string {
	if strings.ContainsRune(b.URI, '\uFFFD') {
		return b.SHA256
	}
	sum := identity(&ingest.Bad{Reason: ingest.Reason(b.Reason), URI: b.URI, Offset: b.Offset, Bytes: b.Raw})
	return hex.EncodeToString(sum[:])
}
