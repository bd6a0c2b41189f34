//go:build linux

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

// load is a number of connections that ask for one page of hits after the
// other for a time.
type load struct {
	name        string
	connections int
	takes       time.Duration
	pause       time.Duration // of a reader between pages, on average
	again       bool          // searches are repeated as readers repeat them
	rush        bool          // more than the server takes: 503 is an answer
}

// loads are what -serve measures, scaled to a time.
func loads(takes time.Duration) []load {
	return []load{
		{name: "one", connections: 1, takes: takes / 3},
		{name: "fifty who read", connections: 50, takes: takes, pause: time.Second},
		{name: "fifty who do not", connections: 50, takes: takes},
		{name: "fifty who repeat", connections: 50, takes: takes, again: true},
		{name: "a rush", connections: 400, takes: takes / 3, rush: true},
	}
}

// measured is what a load met.
type measured struct {
	answered, refused []time.Duration
	failed            int
	first             error
	seconds           float64
}

// measureServe starts jianbao serve over the corpus and prints how long pages of
// hits take, to one reader and to many. Every search is a new one, but those of who
// repeats them: there the nth is asked for 1/n^1.1 times as often as the first.
func measureServe(ctx context.Context, o options, out io.Writer) (err error) {
	command, remove, err := buildCommand(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	base, stop, err := startServer(ctx, command, o.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	asked := searches(o.seed)
	fmt.Fprintf(out, "%-16s %11s %10s %9s %9s %9s %9s %12s\n", "readers", "connections", "pages/s", "p50 ms", "p99 ms", "most ms", "refused", "refused p99")
	next := new(atomic.Uint64)
	for _, l := range loads(o.serve) {
		m, err := l.run(ctx, base, asked, next, o.seed)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%-16s %11d %10.0f %9.1f %9.1f %9.1f %9d %12.1f\n", l.name, l.connections, float64(len(m.answered))/m.seconds,
			milliseconds(percentile(m.answered, 50)), milliseconds(percentile(m.answered, 99)), milliseconds(percentile(m.answered, 100)),
			len(m.refused), milliseconds(percentile(m.refused, 99)))
		if m.failed > 0 || len(m.refused) > 0 && !l.rush {
			return fmt.Errorf("%s: %d pages failed, %d were refused: %w", l.name, m.failed, len(m.refused), m.first)
		}
	}
	return nil
}

// searches are queries of two or three words, in an order of chance.
func searches(seed uint64) []string {
	var words, out []string
	for _, k := range kinds {
		if k.name == "word" {
			words = k.queries
		}
	}
	for _, a := range words {
		for _, b := range words {
			for _, c := range words {
				if a != b && b != c && a != c {
					out = append(out, a+" "+b+" -"+c, a+" OR ("+b+" "+c+")")
				}
			}
		}
	}
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// run has all connections ask. Next counts the searches of all loads.
func (l load) run(ctx context.Context, base string, asked []string, next *atomic.Uint64, seed uint64) (measured, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: l.connections, DisableCompression: true}}
	defer client.CloseIdleConnections()
	each := make([]measured, l.connections)
	start := time.Now()
	var readers errgroup.Group
	for i := range each {
		readers.Go(func() error {
			chance := rand.New(rand.NewPCG(seed, uint64(i)))
			rank := rand.NewZipf(chance, 1.1, 1, uint64(len(asked)-1))
			for time.Since(start) < l.takes {
				if err := wait(ctx, time.Duration(chance.ExpFloat64()*float64(l.pause))); err != nil {
					return err
				}
				n := next.Add(1) % uint64(len(asked))
				if l.again {
					n = rank.Uint64()
				}
				took, err := fetch(ctx, client, base+"/?q="+url.QueryEscape(asked[n]))
				each[i].add(took, err)
				if busy := (refused{}); errors.As(err, &busy) {
					if err := wait(ctx, busy.again); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	err := readers.Wait()
	all := measured{seconds: time.Since(start).Seconds()}
	for _, m := range each {
		all.answered, all.refused = append(all.answered, m.answered...), append(all.refused, m.refused...)
		all.failed += m.failed
		if all.first == nil {
			all.first = m.first
		}
	}
	return all, err
}

// refused is a 503 that says when to come again.
type refused struct{ again time.Duration }

func (r refused) Error() string { return "refused for " + r.again.String() }

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

func (m *measured) add(took time.Duration, err error) {
	switch {
	case err == nil:
		m.answered = append(m.answered, took)
		return
	case errors.As(err, new(refused)):
		m.refused = append(m.refused, took)
	default:
		m.failed++
	}
	if m.first == nil {
		m.first = err
	}
}

// fetch reads a page, compressed as a browser would.
func fetch(ctx context.Context, client *http.Client, address string) (time.Duration, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Accept-Encoding", "gzip")
	start := time.Now()
	res, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, res.Body)
	took := time.Since(start)
	again, _ := strconv.Atoi(res.Header.Get("Retry-After")) // 0 where it does not say
	switch err = errors.Join(err, res.Body.Close()); {
	case err != nil:
		return took, err
	case res.StatusCode == http.StatusServiceUnavailable && again > 0:
		return took, refused{time.Duration(again) * time.Second}
	case res.StatusCode != http.StatusOK || n == 0:
		return took, fmt.Errorf("%s: %s, %d bytes", address, res.Status, n)
	}
	return took, nil
}

// startServer runs jianbao serve on a free port. Stop ends it as an operator
// does and reports when it did not end well.
func startServer(ctx context.Context, command, dir string) (base string, stop func() error, err error) {
	server := exec.CommandContext(ctx, command, "serve", "-c", dir, "--listen", "127.0.0.1:0")
	server.Cancel = func() error { return server.Process.Signal(syscall.SIGTERM) }
	says, err := server.StderrPipe()
	if err != nil {
		return "", nil, err
	}
	if err := server.Start(); err != nil {
		return "", nil, fmt.Errorf("start jianbao serve: %w", err)
	}
	lines := bufio.NewReader(says)
	line, err := lines.ReadString('\n')
	_, base, ok := strings.Cut(strings.TrimSpace(line), "listening on ")
	if err != nil || !ok {
		return "", nil, errors.Join(fmt.Errorf("jianbao serve says %q", line), err, server.Process.Kill(), server.Wait())
	}
	drained := make(chan error, 1)
	go func() { _, err := io.Copy(os.Stderr, lines); drained <- err }()
	return base, func() error {
		err := server.Process.Signal(syscall.SIGTERM)
		return errors.Join(err, <-drained, server.Wait())
	}, nil
}
