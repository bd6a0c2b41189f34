package web

import (
	"errors"
	"log/slog"
	"sync"

	"jianbao/cmd/internal/pipeline"
)

// library hands out the newest state of a corpus. A state that a newer one
// replaced is closed when its last reader gives it back.
type library struct {
	p   *pipeline.Pipeline
	dir string
	log *slog.Logger

	mu     sync.Mutex
	newest *volume
}

// volume is one state of the corpus, lent to any number of requests.
type volume struct {
	*pipeline.Corpus
	library *library
	answers answers
	readers int
	old     bool
}

func openLibrary(p *pipeline.Pipeline, dir string, log *slog.Logger) (*library, error) {
	c, err := p.OpenCorpus(dir)
	if err != nil {
		return nil, err
	}
	l := &library{p: p, dir: dir, log: log}
	l.newest = &volume{Corpus: c, library: l}
	return l, nil
}

// borrow lends the newest state, which the reader must give back. When a newer
// one cannot be opened the last one stays, and the log says so.
func (l *library) borrow() *volume {
	l.mu.Lock()
	defer l.mu.Unlock()
	outdated, err := l.newest.Outdated()
	if err != nil {
		l.log.Warn("look for commits", "error", err)
	}
	if outdated {
		l.renew()
	}
	l.newest.readers++
	return l.newest
}

// renew opens the corpus anew. The caller holds mu.
func (l *library) renew() {
	c, err := l.p.OpenCorpus(l.dir)
	if err != nil {
		l.log.Warn("open the newest state", "error", err)
		return
	}
	before := l.newest
	l.newest = &volume{Corpus: c, library: l}
	before.old = true
	before.closeUnread()
}

// giveBack ends what borrow began.
func (v *volume) giveBack() {
	v.library.mu.Lock()
	defer v.library.mu.Unlock()
	v.readers--
	v.closeUnread()
}

// closeUnread closes a state that nobody needs. The caller holds mu.
func (v *volume) closeUnread() {
	if !v.old || v.readers > 0 {
		return
	}
	if err := v.Close(); err != nil {
		v.library.log.Warn("close an old state", "error", err)
	}
}

func (l *library) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.newest.readers > 0 {
		l.newest.old = true // its last reader closes it
		return errors.New("close corpus: a query still reads it")
	}
	return l.newest.Close()
}
