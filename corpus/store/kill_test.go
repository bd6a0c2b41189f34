package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The test binary runs itself as a writer when this names a directory.
const (
	childDir       = "JIANBAO_STORE_TEST_CHILD"
	childDocuments = "JIANBAO_STORE_TEST_DOCUMENTS" // how many
)

const childBatch = 7

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		n, err := strconv.Atoi(os.Getenv(childDocuments))
		if err == nil {
			err = ingestAsChild(dir, n, os.Stdout)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// ingestAsChild adds what is missing of the first n documents, and prints the
// doc_ids of each batch on a line once it is committed.
func ingestAsChild(dir string, n int, out io.Writer) error {
	ctx := context.Background()
	w, err := OpenWriter(ctx, dir, WriterOptions{BatchDocuments: childBatch, OnCommit: func(_ context.Context, c Committed) error {
		_, err := fmt.Fprintln(out, strings.Join(c.DocIDs, " "))
		return err
	}})
	if err != nil {
		return err
	}
	for i := range n {
		d, s := makeDocument(i)
		if err := w.Add(ctx, d, s); err != nil {
			return errors.Join(err, w.Close())
		}
	}
	return errors.Join(w.Commit(ctx), w.Close())
}

// startChild runs the writer on dir; its lines come out of the scanner.
func startChild(t *testing.T, dir string, n int) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir, childDocuments+"="+strconv.Itoa(n))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

// Killed at random moments, a writer loses nothing that it acknowledged, leaves
// nothing twice, and its lock goes with it.
func TestSIGKILL(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "corpus")
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	acknowledged := make(map[string]bool)
	for round := range 10 {
		killChild(t, dir, 1+random.IntN(5), acknowledged)
		if _, err := os.Stat(filepath.Join(dir, holderFile)); err != nil {
			t.Fatalf("round %d: the child was not killed while it wrote: %v", round, err)
		}
		closeWriter(t, mustOpen(t, dir, WriterOptions{}))
		checkSwept(t, dir)
		got := contents(t, dir)
		for id := range acknowledged {
			if !got[id] {
				t.Fatalf("round %d: document %s was acknowledged and is gone", round, id)
			}
		}
		if extra := len(got) - len(acknowledged); extra != 0 && extra != childBatch {
			t.Fatalf("round %d: %d documents more than acknowledged; at most one batch may be", round, extra)
		}
		// What was committed but not said is the next rounds' to keep.
		for id := range got {
			acknowledged[id] = true
		}
	}

	want := len(acknowledged) + 3*childBatch + 1
	cmd, lines := startChild(t, dir, want)
	for lines.Scan() {
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("the last run: %v", err)
	}
	if n := len(contents(t, dir)); n != want {
		t.Errorf("%d documents in the end, want %d", n, want)
	}
}

// killChild lets the child commit some batches, kills it amid the next one, and
// notes all that it said.
func killChild(t *testing.T, dir string, batches int, acknowledged map[string]bool) {
	t.Helper()
	cmd, lines := startChild(t, dir, math.MaxInt)
	for n := 0; lines.Scan(); n++ {
		for _, id := range strings.Fields(lines.Text()) {
			acknowledged[id] = true
		}
		if n == batches {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	err := cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Exited() {
		t.Fatalf("the child ended by itself: %v", err)
	}
}
