package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/extract"
	"jianbao/ingest"
)

// fewRules is a pipeline without the last pack of the bundled ones.
func fewRules(t *testing.T) *Pipeline {
	t.Helper()
	rules, err := extract.Bundled()
	if err != nil {
		t.Fatal(err)
	}
	rules.Packs = rules.Packs[:len(rules.Packs)-1]
	p, err := New(rules)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// records are articles whose input says more than their text, and one whose
// encoding is told by it.
const records = `{"id":7,"text":"全县设检查站12处，组建突击队3支。","title":"题","source":"报","date":"2021-02-03 08:09:10","url":"http://a.example/x","lang":"zh"}
{"text":"(zhī)支部(bù)书记2名到岗\ud800，慰问困难群众30户。","title":"又一题","url":"http://a.example/y"}
`

func ingestRecords(t *testing.T, p *Pipeline, dir string) {
	t.Helper()
	docs := ingest.Read(t.Context(), ingest.Options{Format: ingest.JSONL}, strings.NewReader(records), ingest.Stdin)
	if _, err := p.Ingest(t.Context(), dir, docs, IngestOptions{RunID: "records"}); err != nil {
		t.Fatal(err)
	}
}

// holdings are the rows of a corpus without what tells when they were made.
type holdings struct {
	Documents []table.Document
	Mentions  []table.Mention
	Edits     []table.Edit
	Sentences []table.Sentence
	Sightings []table.Sighting
}

func holdingsOf(t *testing.T, c *Corpus) (all holdings) {
	t.Helper()
	r := c.Store()
	all.Documents = rowsOf(t, r, func(d *table.Document) { d.BatchID, d.IngestedAt = "", 0 })
	all.Mentions = rowsOf(t, r, func(m *table.Mention) { m.BatchID = "" })
	all.Edits = rowsOf(t, r, func(*table.Edit) {})
	all.Sentences = rowsOf(t, r, func(*table.Sentence) {})
	all.Sightings = rowsOf(t, r, func(s *table.Sighting) { s.SeenAt = 0 })
	return all
}

func rowsOf[T table.Row[T]](t *testing.T, r *store.Reader, steady func(*T)) (rows []T) {
	t.Helper()
	for row, err := range store.Rows[T](t.Context(), r, table.Name[T]()) {
		if err != nil {
			t.Fatal(err)
		}
		steady(&row)
		rows = append(rows, row)
	}
	table.Sort(rows)
	return rows
}

// madeBy makes the corpus one that an older program or other rules made.
func madeBy(t *testing.T, dir string, p *Pipeline, version, fingerprint string) {
	t.Helper()
	path := filepath.Join(dir, "manifest.json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.ReplaceAll(data, []byte(`"pipeline_version": "`+Version+`"`), []byte(`"pipeline_version": "`+version+`"`))
	data = bytes.ReplaceAll(data, []byte(`"fingerprint": "`+p.Fingerprint()+`"`), []byte(`"fingerprint": "`+fingerprint+`"`))
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// What is made anew is what would be made of the same input today: by
// extraction alone when only rules changed, else through all stages.
func TestReprocessedIsAsNew(t *testing.T) {
	before, now := fewRules(t), newPipeline(t)
	want := t.TempDir()
	ingestSamples(t, now, want, IngestOptions{})
	ingestRecords(t, now, want)
	fresh := openCorpus(t, now, want)
	for _, whole := range []bool{false, true} {
		dir := t.TempDir()
		ingestSamples(t, before, dir, IngestOptions{BatchDocuments: 7})
		ingestRecords(t, before, dir)
		if whole {
			madeBy(t, dir, before, "0", before.Fingerprint())
		}
		if cmp.Equal(holdingsOf(t, fresh).Mentions, holdingsOf(t, openCorpus(t, now, dir)).Mentions) {
			t.Fatal("the rules make no difference: nothing is tested")
		}
		foreseen := reprocessed(t, now, dir, ReprocessOptions{DryRun: true})
		sum := reprocessed(t, now, dir, ReprocessOptions{})
		if sum.Read != 20 || sum.Failed != 0 || (sum.Cleaned == 20) != whole || sum.Cleaned+sum.Extracted != 20 || sum.Batches != 4 {
			t.Errorf("%+v", sum)
		}
		if foreseen.Cleaned != sum.Cleaned || foreseen.Extracted != sum.Extracted || foreseen.Batches != sum.Batches || !foreseen.DryRun {
			t.Errorf("foreseen %+v, done %+v", foreseen, sum)
		}
		got := openCorpus(t, now, dir)
		if diff := cmp.Diff(holdingsOf(t, fresh), holdingsOf(t, got)); diff != "" {
			t.Errorf("whole %v (-fresh +reprocessed):\n%s", whole, diff)
		}
		if diff := cmp.Diff(answers(t, fresh), answers(t, got)); diff != "" {
			t.Errorf("whole %v: answers (-fresh +reprocessed):\n%s", whole, diff)
		}
		if diff := cmp.Diff(clustersOf(t, fresh), clustersOf(t, got)); diff != "" {
			t.Errorf("whole %v: clusters (-fresh +reprocessed):\n%s", whole, diff)
		}
		files := modified(t, filepath.Join(dir, "manifest.json"))
		if sum := reprocessed(t, now, dir, ReprocessOptions{}); sum.Read != 0 || modified(t, filepath.Join(dir, "manifest.json")) != files {
			t.Errorf("a second run: %+v", sum)
		}
	}
}

func reprocessed(t *testing.T, p *Pipeline, dir string, opts ReprocessOptions) ReprocessSummary {
	t.Helper()
	sum, err := p.Reprocess(t.Context(), dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// addRaw puts a document into the corpus that says it was made of these bytes.
func addRaw(t *testing.T, p *Pipeline, dir string, raw []byte) string {
	t.Helper()
	doc, err := p.Document(&corpus.Raw{Bytes: []byte("旧的干部5名。"), UTF8: true, Media: corpus.Text})
	if err != nil {
		t.Fatal(err)
	}
	doc.ID, doc.Raw, doc.RawText, doc.Edits = corpus.DocID(raw), raw, string(raw), nil
	w, err := store.OpenWriter(t.Context(), dir, store.WriterOptions{Fold: fold, PipelineVersion: "0", Fingerprint: "old"})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Add(t.Context(), doc, corpus.Sighting{URI: "hollow"}), w.Commit(t.Context()), w.Close()); err != nil {
		t.Fatal(err)
	}
	return doc.ID
}

// A document that the newer stages cannot take keeps its rows and is counted,
// each time.
func TestReprocessKeepsWhatFails(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestRecords(t, p, dir)
	madeBy(t, dir, p, "0", "old")
	id := addRaw(t, p, dir, []byte("  "))
	before, err := openCorpus(t, p, dir).Store().Document(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for run := range 2 {
		sum := reprocessed(t, p, dir, ReprocessOptions{})
		if sum.Failed != 1 || sum.Cleaned != 2*(1-run) {
			t.Errorf("run %d: %+v", run, sum)
		}
		after, err := openCorpus(t, p, dir).Store().Document(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("run %d:\n%s", run, diff)
		}
	}
}

// quarantined puts bytes into the quarantine, as a pipeline left them that could
// not take them.
func quarantined(t *testing.T, dir, fingerprint, uri string, raw []byte) {
	t.Helper()
	sum := sha256.Sum256(raw)
	w, err := store.OpenWriter(t.Context(), dir, store.WriterOptions{Fingerprint: fingerprint})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Quarantine(t.Context(), store.Bad{
		SHA256: hex.EncodeToString(sum[:]), Reason: string(ingest.NothingLeft), Stage: "clean", URI: uri,
		Raw: raw, Input: corpus.Input{Media: corpus.Text, UTF8: true, Title: "早先的题"},
	})
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
}

// The quarantine is tried again when the pipeline changed, or on request: what
// can be taken now is, with its hints and its address.
func TestReprocessRetriesTheQuarantine(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestRecords(t, p, dir)
	quarantined(t, dir, "old", "good", []byte("派出干部8名。"))
	quarantined(t, dir, p.Fingerprint(), "good too", []byte("派出干部9名。"))
	quarantined(t, dir, "old", "bad", []byte(" "))
	for _, c := range []struct {
		retry                          bool
		retried, recovered, left, hits int
	}{
		{false, 2, 1, 2, 1},
		{false, 0, 0, 2, 1},
		{true, 2, 1, 1, 2},
	} {
		if sum := reprocessed(t, p, dir, ReprocessOptions{Retry: c.retry, DryRun: true}); sum.Retried != c.retried {
			t.Errorf("foreseen: %+v, want %d", sum, c.retried)
		}
		sum := reprocessed(t, p, dir, ReprocessOptions{Retry: c.retry})
		if sum.Retried != c.retried || sum.Recovered != c.recovered {
			t.Errorf("%+v, want %+v", sum, c)
		}
		opened := openCorpus(t, p, dir)
		stats, err := opened.Store().Stats()
		if err != nil || stats.Quarantined != int64(c.left) || len(found(t, opened, "title:早先的题")) != c.hits {
			t.Errorf("%+v, %v, want %+v", stats, err, c)
		}
	}
}

// A run that is interrupted keeps the batches that it finished; the next one
// does the rest.
func TestReprocessGoesOn(t *testing.T) {
	before, now := fewRules(t), newPipeline(t)
	dir := t.TempDir()
	ingestSamples(t, before, dir, IngestOptions{BatchDocuments: 3})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	first, err := now.Reprocess(ctx, dir, ReprocessOptions{Progress: func(s ReprocessSummary) {
		if s.Batches == 2 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || first.Batches != 2 {
		t.Fatalf("%+v, %v", first, err)
	}
	if rest := reprocessed(t, now, dir, ReprocessOptions{}); rest.Batches != 4 || rest.Read != 12 {
		t.Errorf("the next run: %+v", rest)
	}
	if got := openCorpus(t, now, dir).Store().Manifest(); got.Counts.Documents != 18 || len(now.outdated(got)) != 0 {
		t.Errorf("%d documents", got.Counts.Documents)
	}
}
