package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"jianbao/cmd/internal/pipeline"
	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// How the test of kills is run: `make kill` asks for more.
const (
	killsVar = "JIANBAO_TEST_KILLS"     // how many; default 20
	seedVar  = "JIANBAO_TEST_KILL_SEED" // to repeat a run, as far as the kernel lets one
)

// Killed again and again in the midst of whatever command, the corpus loses no
// document that was acknowledged, holds none twice, opens each time, and never
// fails a reader; in the end all is in step.
func TestKilledAtAnyMoment(t *testing.T) {
	kills, seed := setting(t, killsVar, 20), uint64(setting(t, seedVar, int(rand.Uint32())))
	t.Logf("seed %d", seed)
	k := newKilling(t, seed)
	stop := k.readOn(t)
	for killed := 0; killed < kills; {
		if k.round(t) {
			killed++
		}
		k.check(t)
		if t.Failed() {
			t.FailNow()
		}
	}
	stop()
	k.complete(t)
	t.Logf("%d documents, %d forgotten; killed while the corpus was locked: %d; runs by command: %v", len(k.acknowledged), len(k.forgotten), k.amid, k.runs)
}

func setting(t *testing.T, name string, otherwise int) int {
	t.Helper()
	s := os.Getenv(name)
	if s == "" {
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// killing is a corpus that is worked on by processes that are killed, and what
// is known to be in it.
type killing struct {
	random       *rand.Rand
	pipeline     *pipeline.Pipeline
	dir          string // of the corpus
	input, rules string // folders
	files        [][]string
	acknowledged map[string]bool // doc_ids
	forgotten    map[string]bool
	runs         map[string]int
	amid         int                      // kills while the corpus was open for writing
	usual        map[string]time.Duration // how long a command takes
}

func newKilling(t *testing.T, seed uint64) *killing {
	t.Helper()
	a := &app{}
	p, err := a.pipeline()
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	k := &killing{
		random: rand.New(rand.NewPCG(seed, 0)), pipeline: p,
		dir: filepath.Join(root, "corpus"), input: filepath.Join(root, "input"), rules: filepath.Join(root, "rules"),
		acknowledged: make(map[string]bool), forgotten: make(map[string]bool),
		runs: make(map[string]int), usual: make(map[string]time.Duration),
	}
	boat := "category: boat\nversion: 1\nclassifiers: [艘]\npatterns: [pre]\nheads: [救生艇]\nexamples:\n" +
		"  - {text: 调来⟦20艘救生艇⟧, expect: [{value: 20}]}\n  - {text: 救生艇靠岸了, matches: []}\n"
	if err := errors.Join(os.Mkdir(k.input, 0o755), os.Mkdir(k.rules, 0o755), os.WriteFile(filepath.Join(k.rules, "boat.yaml"), []byte(boat), 0o644)); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := k.run(t, false, k.ingest(t)...); code != ExitQuarantined {
		t.Fatalf("the first run: exit code %d: %s", code, stderr)
	}
	return k
}

const articlesAFile = 40

// ingest is a run over a new file of articles, the last line of which is bad.
func (k *killing) ingest(t *testing.T) []string {
	t.Helper()
	var b strings.Builder
	var ids []string
	for i := range articlesAFile {
		text := fmt.Sprintf("第%d号简报：全县设检查站%d处，调来%d艘救生艇。", len(k.files)*articlesAFile+i, i+2, i+3)
		ids = append(ids, corpus.DocID([]byte(text)))
		fmt.Fprintf(&b, "{\"text\":%q}\n", text)
	}
	fmt.Fprintf(&b, "{\"n\":%d}\n", len(k.files))
	path := filepath.Join(k.input, fmt.Sprintf("%04d.jsonl", len(k.files)))
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	k.files = append(k.files, ids)
	return []string{"ingest", "-v", "--batch-documents", "7", "--merge-batches", "3", path}
}

// command is one that is drawn by lot.
func (k *killing) command(t *testing.T) []string {
	t.Helper()
	switch k.random.IntN(8) {
	case 0, 1, 2:
		return k.ingest(t)
	case 3:
		return []string{"compact"}
	case 4:
		return []string{"reprocess", "--rules", k.rules}
	case 5:
		return []string{"reprocess"}
	case 6:
		return []string{"index", "rebuild"}
	}
	if len(k.acknowledged) == 0 {
		return []string{"compact"}
	}
	ids := k.sortedIDs()
	return []string{"forget", ids[k.random.IntN(len(ids))]}
}

func (k *killing) sortedIDs() []string {
	var ids []string
	for id := range k.acknowledged {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// round runs a command and reports whether it was killed.
func (k *killing) round(t *testing.T) bool {
	t.Helper()
	args := k.command(t)
	k.runs[args[0]]++
	code, _, stderr := k.run(t, true, args...)
	if args[0] == "ingest" {
		k.acknowledge(t, stderr)
	}
	if killed := code < 0; killed {
		if _, err := os.Stat(filepath.Join(k.dir, "lock.json")); err == nil {
			k.amid++
		}
		return true
	}
	if code != ExitDone && code != ExitQuarantined {
		t.Fatalf("%v: exit code %d: %s", args, code, stderr)
	}
	return false
}

// run runs jianbao, kills it at some moment if it is to be, and returns its exit
// code, -1 for none.
func (k *killing) run(t *testing.T, kill bool, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	words := 1
	if args[0] == "index" {
		words = 2
	}
	cmd := exec.CommandContext(t.Context(), "jianbao", slices.Concat(args[:words], []string{"-c", k.dir}, args[words:])...)
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	began := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if kill {
		usual := max(k.usual[args[0]], 100*time.Millisecond)
		moment := usual/3 + time.Duration(k.random.Int64N(int64(usual*2/3))) // before, the program only starts
		timer := time.AfterFunc(moment, func() { _ = cmd.Process.Kill() })   // it may have ended
		defer timer.Stop()
	}
	err := cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	// One that was killed would have taken longer.
	k.usual[args[0]] = max(k.usual[args[0]]*9/10, time.Since(began)*5/4)
	return cmd.ProcessState.ExitCode(), out.String(), log.String()
}

// acknowledge notes what the last run over the newest file said to be committed:
// its documents are taken in order.
func (k *killing) acknowledge(t *testing.T, log string) {
	t.Helper()
	said := 0
	lines := bufio.NewScanner(strings.NewReader(log))
	for lines.Scan() {
		var line struct {
			Msg       string `json:"msg"`
			Documents int    `json:"documents"`
		}
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "committed" { // the last line may be cut off
			said += line.Documents
		}
	}
	for _, id := range k.files[len(k.files)-1][:said] {
		k.acknowledged[id] = true
	}
}

// check opens the corpus as whoever comes next would.
func (k *killing) check(t *testing.T) {
	t.Helper()
	r, err := store.OpenReader(k.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Manifest().Forgotten {
		k.forgotten[f.DocID] = true
		delete(k.acknowledged, f.DocID)
	}
	got, err := whole(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	for id := range k.acknowledged {
		if !got[id] {
			t.Errorf("document %s was acknowledged and is gone", id)
		}
	}
	for id := range got {
		if k.forgotten[id] {
			t.Errorf("document %s was forgotten and is there", id)
		}
		k.acknowledged[id] = true // what was committed but not said must stay, too
	}
}

// whole reads all tables and wants them to agree.
func whole(ctx context.Context, r *store.Reader) (map[string]bool, error) {
	ids, seen := make(map[string]bool), make(map[string]bool)
	for d, err := range r.Documents(ctx) {
		if err != nil {
			return nil, err
		}
		if ids[d.DocID] {
			return nil, fmt.Errorf("document %s is there twice", d.DocID)
		}
		ids[d.DocID] = true
	}
	mentions := make(map[string]bool)
	for m, err := range r.Mentions(ctx) {
		if err != nil || !ids[m.DocID] || mentions[m.MentionID] {
			return nil, fmt.Errorf("mention %s of %s: without a document, or twice: %w", m.MentionID, m.DocID, err)
		}
		mentions[m.MentionID] = true
	}
	for s, err := range store.Rows[table.Sighting](ctx, r, table.Sightings) {
		if err != nil || !ids[s.DocID] {
			return nil, fmt.Errorf("sighting of %s: %w", s.DocID, err)
		}
		seen[s.DocID] = true
	}
	n := r.Manifest().Counts
	if len(seen) != len(ids) || int(n.Documents) != len(ids) || int(n.Mentions) != len(mentions) {
		return nil, fmt.Errorf("%d documents, %d of them seen, %d mentions; the manifest counts %+v", len(ids), len(seen), len(mentions), n)
	}
	return ids, nil
}

// readOn reads and searches until it is stopped, each corpus twice: when it was
// opened and once another was opened after it.
func (k *killing) readOn(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	readers.Go(func() {
		var old *pipeline.Corpus
		for ctx.Err() == nil {
			c, err := k.pipeline.OpenCorpus(k.dir)
			if err != nil {
				t.Errorf("open beside a writer: %v", err)
				break
			}
			k.readBoth(ctx, t, old, c)
			if old != nil {
				_ = old.Close()
			}
			old = c
		}
		if old != nil {
			_ = old.Close()
		}
	})
	stop = func() { cancel(); readers.Wait() }
	t.Cleanup(stop) // also when the test ends early
	return stop
}

func (k *killing) readBoth(ctx context.Context, t *testing.T, old, c *pipeline.Corpus) {
	for _, open := range []*pipeline.Corpus{old, c} {
		if open == nil {
			continue
		}
		_, err := whole(ctx, open.Store())
		if err == nil {
			_, err = open.Search(ctx, "检查站", pipeline.SearchOptions{Limit: 10})
		}
		if err != nil && ctx.Err() == nil {
			t.Errorf("read beside a writer: %v", err)
		}
	}
}

// complete lets every command run to its end: everything is there, in step.
func (k *killing) complete(t *testing.T) {
	t.Helper()
	code, out, stderr := k.run(t, false, "ingest", k.input)
	if code != ExitDone && code != ExitQuarantined {
		t.Fatalf("the last run: exit code %d: %s", code, stderr)
	}
	var sum pipeline.Summary
	if err := json.Unmarshal([]byte(out), &sum); err != nil {
		t.Fatal(err)
	}
	all := len(k.files) * (articlesAFile + 1)
	if sum.Read != all || sum.Read != sum.Committed+sum.Present+sum.Quarantined || sum.Quarantined != len(k.files) {
		t.Errorf("%d were offered: %+v", all, sum)
	}
	for _, args := range [][]string{{"reprocess"}, {"compact"}, {"verify"}} {
		if code, _, stderr := k.run(t, false, args...); code != ExitDone {
			t.Errorf("%v: exit code %d: %s", args, code, stderr)
		}
	}
	k.check(t)
	_, out, _ = k.run(t, false, "stats", "-o", "json")
	var stats corpusStats
	if err := json.Unmarshal([]byte(out), &stats); err != nil {
		t.Fatal(err)
	}
	want := int64(len(k.files)*articlesAFile - len(k.forgotten))
	if stats.Documents != want || stats.IndexDocuments != want || stats.Quarantined != int64(len(k.files)) {
		t.Errorf("%d documents are to be there: %+v", want, stats)
	}
}
