package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/corpus/verify"
	"jianbao/index"
	"jianbao/ingest"
)

// damaged is a copy of a sound corpus that a test spoils.
type damaged struct {
	*testing.T
	p   *Pipeline
	dir string
}

func must[V any](v V, err error) V {
	if err != nil {
		panic(err)
	}
	return v
}

func (d *damaged) check(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *damaged) manifest() (m store.Manifest) {
	d.check(json.Unmarshal(d.read("manifest.json"), &m))
	return m
}

// setManifest writes m with the counts of its batches.
func (d *damaged) setManifest(m store.Manifest) {
	m.Counts = store.Counts{}
	for _, b := range m.Batches {
		n := b.Counts()
		m.Counts.Documents += n.Documents
		m.Counts.Mentions += n.Mentions
		m.Counts.Edits += n.Edits
		m.Counts.Sentences += n.Sentences
		m.Counts.Sightings += n.Sightings
	}
	d.write("manifest.json", must(json.Marshal(m)))
}

func (d *damaged) read(name string) []byte {
	d.Helper()
	b, err := os.ReadFile(filepath.Join(d.dir, name))
	d.check(err)
	return b
}

func (d *damaged) write(name string, b []byte) {
	d.Helper()
	path := filepath.Join(d.dir, name)
	d.check(os.MkdirAll(filepath.Dir(path), 0o755))
	d.check(os.WriteFile(path, b, 0o644))
}

func (d *damaged) remove(name string) {
	d.Helper()
	d.check(os.RemoveAll(filepath.Join(d.dir, name)))
}

// file is a table's file in the second batch.
func (d *damaged) file(name string) string {
	return filepath.Join("batches", d.manifest().Batches[1].ID, name+".parquet")
}

// rowsIn are the rows of a table in the i-th batch.
func rowsIn[T table.Row[T]](d *damaged, i int) []T {
	d.Helper()
	path := filepath.Join(d.dir, "batches", d.manifest().Batches[i].ID, table.Name[T]()+".parquet")
	var rows []T
	for row, err := range table.ReadFile[T](path) {
		d.check(err)
		rows = append(rows, row)
	}
	return rows
}

// rewrite changes the rows of a table in the second batch and lets the manifest
// agree with the new file.
func rewrite[T table.Row[T]](d *damaged, change func(rows []T) []T, metadata ...string) {
	d.Helper()
	m := d.manifest()
	b := m.Batches[1]
	keys := map[string]string{
		table.KeyTable: table.Name[T](), table.KeyOffsets: "code points", table.KeyBatchID: b.ID,
		table.KeyPipelineVersion: b.PipelineVersion, table.KeyFingerprint: b.Fingerprint,
	}
	for i := 0; i < len(metadata); i += 2 {
		keys[metadata[i]] = metadata[i+1]
	}
	rows := change(rowsIn[T](d, 1))
	d.put(&m, table.Name[T](), encode(d, rows, keys), int64(len(rows)))
}

// encode writes rows in any order.
func encode[T any](d *damaged, rows []T, keys map[string]string) []byte {
	var options []parquet.WriterOption
	for k, v := range keys {
		options = append(options, parquet.KeyValueMetadata(k, v))
	}
	var out bytes.Buffer
	w := parquet.NewGenericWriter[T](&out, options...)
	_, err := w.Write(rows)
	d.check(errors.Join(err, w.Close()))
	return out.Bytes()
}

// put makes content the file of a table in the second batch.
func (d *damaged) put(m *store.Manifest, name string, content []byte, rows int64) {
	d.write(d.file(name), content)
	sum := sha256.Sum256(content)
	m.Batches[1].Files = maps.Clone(m.Batches[1].Files)
	m.Batches[1].Files[name] = store.File{Rows: rows, Bytes: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}
	d.setManifest(*m)
}

// first changes the first row that fits.
func first[T any](fits func(*T) bool, change func(*T)) func([]T) []T {
	return func(rows []T) []T {
		for i := range rows {
			if fits == nil || fits(&rows[i]) {
				change(&rows[i])
				return rows
			}
		}
		panic("no row fits")
	}
}

func swapped[T any](rows []T) []T {
	last := len(rows) - 1
	rows[0], rows[last] = rows[last], rows[0]
	return rows
}

func doubled[T any](rows []T) []T { return slices.Insert(rows, 0, rows[0]) }

func withoutFirst[T any](rows []T) []T { return rows[1:] }

// problems runs a check; each problem is its severity, check and file, once.
func (d *damaged) problems(opts VerifyOptions) (found []string, sum verify.Summary) {
	d.Helper()
	batch := regexp.MustCompile(`batches/0*(\d+)-[0-9a-f]{8}`)
	opts.Report = func(p verify.Problem) {
		if p.Mend == "" || p.Message == "" || filepath.IsAbs(p.File) {
			d.Errorf("incomplete: %+v", p)
		}
		d.Logf("%s %s %s row %v %s: %s", p.Severity, p.Check, p.File, p.Row, p.DocID, p.Message)
		found = append(found, fmt.Sprintf("%s %s %s", p.Severity, p.Check, batch.ReplaceAllString(p.File, "batches/$1")))
	}
	sum, err := d.p.Verify(d.Context(), d.dir, opts)
	d.check(err)
	slices.Sort(found)
	return slices.Compact(found), sum
}

// stranger is a doc_id that no document has.
const stranger = "00000000000000000000000000000000"

func inSecond(check verify.Check, name string) string {
	return fmt.Sprintf("error %s batches/2/%s.parquet", check, name)
}

func hasNumber(m *table.Mention) bool { return m.NumberEnd > m.NumberStart+1 }

// damages are ways to spoil a corpus, and what must be found then.
var damages = []struct {
	name  string
	spoil func(*damaged)
	want  []string
}{
	{"nothing", func(*damaged) {}, nil},

	{"a manifest is cut", func(d *damaged) { d.write("manifest.json", d.read("manifest.json")[:100]) }, []string{"error manifest manifest.json"}},
	{"the counts are wrong", func(d *damaged) {
		m := d.manifest()
		m.Counts.Mentions++
		d.write("manifest.json", must(json.Marshal(m)))
	}, []string{"error manifest manifest.json"}},
	{"the rows of a file are wrong", func(d *damaged) {
		m := d.manifest()
		f := m.Batches[1].Files[table.Edits]
		f.Rows++
		m.Batches[1].Files[table.Edits] = f
		d.setManifest(m)
	}, []string{inSecond(verify.RowCount, "edits")}},
	{"an older manifest", func(d *damaged) {
		d.check(os.Mkdir(filepath.Join(d.dir, "batches", "0000000009-0a1b2c3d"), 0o755))
	}, []string{"error manifest manifest.json"}},
	{"leftovers", func(d *damaged) {
		d.check(os.Mkdir(filepath.Join(d.dir, "batches", "0000000004-0a1b2c3d"), 0o755))
		d.write("manifest.json.tmp", nil)
	}, []string{"note leftover batches/4", "note leftover manifest.json.tmp"}},

	{"metadata", func(d *damaged) {
		rewrite(d, func(r []table.Edit) []table.Edit { return r }, table.KeyBatchID, "other")
	}, []string{inSecond(verify.Metadata, "edits")}},
	{"another table", func(d *damaged) {
		m := d.manifest()
		rows := rowsIn[table.Sentence](d, 1)
		d.put(&m, table.Edits, encode(d, rows, nil), int64(len(rows)))
	}, []string{inSecond(verify.Schema, "edits")}},
	{"a column too many", func(d *damaged) {
		type more struct {
			table.Sighting
			More int64 `parquet:"more"`
		}
		m := d.manifest()
		d.put(&m, table.Sightings, encode(d, []more{{}}, nil), 1)
	}, []string{inSecond(verify.Schema, "sightings")}},

	{"documents: order", func(d *damaged) { rewrite(d, swapped[table.Document]) }, []string{inSecond(verify.Order, "documents")}},
	{"mentions: order", func(d *damaged) { rewrite(d, swapped[table.Mention]) }, []string{inSecond(verify.Order, "mentions")}},
	{"sightings: order", func(d *damaged) { rewrite(d, swapped[table.Sighting]) }, []string{inSecond(verify.Order, "sightings")}},
	{"sightings: twice", func(d *damaged) { rewrite(d, doubled[table.Sighting]) }, []string{inSecond(verify.Duplicate, "sightings")}},

	{"documents: raw", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Document) { r.Raw = []byte("something else") }))
	}, []string{inSecond(verify.DocID, "documents")}},
	{"documents: text_sha256", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Document) { r.TextSHA256 = strings.Repeat("0", 64) }))
	}, []string{inSecond(verify.TextHash, "documents")}},
	{"documents: text", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Document) {
			text := []rune(r.Text)
			text[len(text)-1] = '！'
			r.Text = string(text)
		}))
	}, []string{inSecond(verify.Rebuild, "edits"), inSecond(verify.TextHash, "documents")}},
	{"documents: n_chars", func(d *damaged) { rewrite(d, first(nil, func(r *table.Document) { r.NChars++ })) }, []string{inSecond(verify.Field, "documents")}},
	{"documents: n_edits", func(d *damaged) { rewrite(d, first(nil, func(r *table.Document) { r.NEdits++ })) }, []string{inSecond(verify.Field, "documents")}},
	{"documents: batch_id", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Document) { r.BatchID = "other" }))
	}, []string{inSecond(verify.Field, "documents"), inSecond(verify.Field, "mentions")}},
	{"documents: record", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Document) { r.Record = json.RawMessage("{") }))
	}, []string{inSecond(verify.Field, "documents")}},
	{"documents: minhash", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Document) { r.MinHash = r.MinHash[1:] }))
	}, []string{inSecond(verify.Field, "documents")}},
	{"documents: title", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Document) { r.TitleEnd = 1 << 30 }))
	}, []string{inSecond(verify.Offsets, "documents")}},
	{"documents: one too many", func(d *damaged) {
		other := rowsIn[table.Document](d, 0)[0]
		rewrite(d, func(r []table.Document) []table.Document {
			r = append(r, other)
			table.Sort(r)
			return r
		})
	}, []string{inSecond(verify.Duplicate, "documents")}},
	{"documents: one lost", func(d *damaged) { rewrite(d, withoutFirst[table.Document]) }, []string{
		"error excess clusters.parquet", "error excess index/gen-3",
		inSecond(verify.Orphan, "edits"), inSecond(verify.Orphan, "mentions"),
		inSecond(verify.Orphan, "sentences"), inSecond(verify.Orphan, "sightings"),
	}},

	{"mentions: number_text", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Mention) { r.NumberText += "余" }))
	}, []string{inSecond(verify.Offsets, "mentions")}},
	{"mentions: number", func(d *damaged) {
		rewrite(d, first(hasNumber, func(r *table.Mention) { r.NumberStart++ }))
	}, []string{inSecond(verify.Field, "mentions"), inSecond(verify.Offsets, "mentions")}},
	{"mentions: head", func(d *damaged) { rewrite(d, first(nil, func(r *table.Mention) { r.HeadStart-- })) }, []string{inSecond(verify.Offsets, "mentions")}},
	{"mentions: unit", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Mention) { r.Unit = "艘" }))
	}, []string{inSecond(verify.Offsets, "mentions")}},
	{"mentions: beyond the text", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Mention) { r.End = 1 << 30 }))
	}, []string{inSecond(verify.Offsets, "mentions")}},
	{"mentions: sentence", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Mention) { r.SentenceStart++ }))
	}, []string{inSecond(verify.Offsets, "mentions")}},
	{"mentions: raw", func(d *damaged) { rewrite(d, first(nil, func(r *table.Mention) { r.RawEnd++ })) }, []string{inSecond(verify.RawOffsets, "mentions")}},
	{"mentions: bounds", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Mention) { r.Lo, r.Hi = new(int64), new(int64); *r.Lo = 1 }))
	}, []string{inSecond(verify.Field, "mentions")}},
	{"mentions: counted", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Mention) { r.Counted = !r.Counted }))
	}, []string{inSecond(verify.Field, "mentions")}},
	{"mentions: source", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Mention) { r.Source += "？" }))
	}, []string{inSecond(verify.Field, "mentions")}},
	{"mentions: one lost", func(d *damaged) { rewrite(d, withoutFirst[table.Mention]) }, []string{inSecond(verify.Sequence, "mentions")}},

	{"edits: after", func(d *damaged) {
		rewrite(d, first(func(r *table.Edit) bool { return r.Applied }, func(r *table.Edit) { r.After += "？" }))
	}, []string{inSecond(verify.Rebuild, "edits")}},
	{"edits: before", func(d *damaged) { rewrite(d, first(nil, func(r *table.Edit) { r.Before += "？" })) }, []string{inSecond(verify.Offsets, "edits")}},
	{"edits: beyond the text", func(d *damaged) {
		rewrite(d, first(nil, func(r *table.Edit) { r.RawEnd = 1 << 30 }))
	}, []string{inSecond(verify.Offsets, "edits")}},
	{"edits: one not applied", func(d *damaged) {
		rewrite(d, first(func(r *table.Edit) bool { return r.Applied }, func(r *table.Edit) { r.Applied = false }))
	}, []string{inSecond(verify.Field, "documents")}},
	{"edits: one lost", func(d *damaged) { rewrite(d, withoutFirst[table.Edit]) }, []string{inSecond(verify.Field, "documents"), inSecond(verify.Sequence, "edits")}},
	{"edits: of nobody", func(d *damaged) {
		rewrite(d, func(rows []table.Edit) []table.Edit {
			return slices.Insert(rows, 0, table.Edit{DocID: stranger, Kinds: []string{}})
		})
	}, []string{inSecond(verify.Orphan, "edits")}},
	{"edits: of another batch", func(d *damaged) {
		other := rowsIn[table.Document](d, 0)[0].DocID
		rewrite(d, func(rows []table.Edit) []table.Edit {
			rows = append(rows, table.Edit{DocID: other, Kinds: []string{}})
			table.Sort(rows)
			return rows
		})
	}, []string{inSecond(verify.Orphan, "edits")}},

	{"sentences: start", func(d *damaged) {
		rewrite(d, first(func(r *table.Sentence) bool { return r.Seq == 1 }, func(r *table.Sentence) { r.Start = 0 }))
	}, []string{inSecond(verify.Offsets, "sentences")}},
	{"sentences: words", func(d *damaged) {
		rewrite(d, first(func(r *table.Sentence) bool { return len(r.TokenEnds) > 1 }, func(r *table.Sentence) { r.TokenEnds[1] = r.TokenEnds[0] }))
	}, []string{inSecond(verify.Offsets, "sentences")}},
	{"sentences: one lost", func(d *damaged) { rewrite(d, withoutFirst[table.Sentence]) }, []string{inSecond(verify.Sequence, "sentences")}},

	{"sightings: one lost", func(d *damaged) { rewrite(d, withoutFirst[table.Sighting]) }, []string{inSecond(verify.Unseen, "documents")}},
	{"sightings: of nobody", func(d *damaged) {
		rewrite(d, func(rows []table.Sighting) []table.Sighting {
			return slices.Insert(rows, 0, table.Sighting{DocID: stranger})
		})
	}, []string{inSecond(verify.Orphan, "sightings")}},

	{"clusters: none", func(d *damaged) { d.remove(clustersFile) }, []string{"warning behind clusters.parquet"}},
	{"clusters: cut", func(d *damaged) { d.write(clustersFile, d.read(clustersFile)[:200]) }, []string{"error footer clusters.parquet"}},
	{"clusters: behind", func(d *damaged) { rewriteClusters(d, "2", func(r []table.Cluster) []table.Cluster { return r }) }, []string{"warning behind clusters.parquet"}},
	{"clusters: ahead", func(d *damaged) { rewriteClusters(d, "4", func(r []table.Cluster) []table.Cluster { return r }) }, []string{"error metadata clusters.parquet"}},
	{"clusters: one lost", func(d *damaged) {
		rewriteClusters(d, "3", func(rows []table.Cluster) []table.Cluster {
			i := slices.IndexFunc(rows, func(r table.Cluster) bool { return r.Kind == "single" })
			return slices.Delete(rows, i, i+1)
		})
	}, []string{"error lacks clusters.parquet"}},
	{"clusters: one twice", func(d *damaged) {
		rewriteClusters(d, "3", func(rows []table.Cluster) []table.Cluster {
			i := slices.IndexFunc(rows, func(r table.Cluster) bool { return r.Kind == "single" })
			return slices.Insert(rows, i, rows[i])
		})
	}, []string{"error duplicate clusters.parquet", "error field clusters.parquet"}},
	{"clusters: a stranger", func(d *damaged) {
		rewriteClusters(d, "3", func(rows []table.Cluster) []table.Cluster {
			return slices.Insert(rows, 0, table.Cluster{DocID: stranger, ClusterID: stranger, Size: 1, Kind: "single", Similarity: 1})
		})
	}, []string{"error excess clusters.parquet"}},
	{"clusters: size", func(d *damaged) {
		rewriteClusters(d, "3", first(nil, func(r *table.Cluster) { r.Size = 7 }))
	}, []string{"error field clusters.parquet"}},
	{"clusters: order", func(d *damaged) { rewriteClusters(d, "3", swapped[table.Cluster]) }, []string{"error order clusters.parquet"}},

	{"index: none", func(d *damaged) { d.remove("index") }, []string{"warning behind index"}},
	{"index: behind", func(d *damaged) {
		d.remove("index/gen-2")
		d.check(os.Rename(filepath.Join(d.dir, "index/gen-3"), filepath.Join(d.dir, "index/gen-2")))
	}, []string{"warning behind index/gen-2"}},
	{"index: ahead", func(d *damaged) {
		d.check(os.Rename(filepath.Join(d.dir, "index/gen-3"), filepath.Join(d.dir, "index/gen-4")))
	}, []string{"error metadata index/gen-4"}},
	{"index: one lost", func(d *damaged) {
		changeIndex(d, func(w *index.Writer) error {
			return w.Delete(d.Context(), []string{rowsIn[table.Document](d, 0)[0].DocID})
		})
	}, []string{"error lacks index/gen-3.1"}},
	{"index: a stranger", func(d *damaged) {
		changeIndex(d, func(w *index.Writer) error { return w.Index(d.Context(), []index.Doc{{ID: stranger}}) })
	}, []string{"error excess index/gen-3.1"}},
	{"index: a segment is cut", func(d *damaged) {
		name := segmentOf(d)
		d.write(name, d.read(name)[:100])
	}, []string{"error unreadable index"}},
	{"index: a bit of a segment", func(d *damaged) { flip(d, segmentOf(d)) }, []string{"error unreadable index/gen-3"}},
	{"index: a bit of the reprints", func(d *damaged) { flip(d, "index/gen-3/"+index.ReprintsFile) }, []string{"error unreadable index/gen-3"}},
	{"index: no reprints", func(d *damaged) { d.remove("index/gen-3/" + index.ReprintsFile) }, nil},

	{"quarantine: no entry", func(d *damaged) { d.write(entry(d, ".json"), []byte("{")) }, []string{"error unreadable quarantine/" + badFile(".json")}},
	{"quarantine: another document", func(d *damaged) {
		d.write(entry(d, ".json"), bytes.ReplaceAll(d.read(entry(d, ".json")), []byte(badHash), []byte(strings.Repeat("0", 64))))
	}, []string{"error unreadable quarantine/" + badFile(".json")}},
	{"quarantine: no bytes", func(d *damaged) { d.remove(entry(d, ".raw")) }, []string{"error missing quarantine/" + badFile(".json")}},
	{"quarantine: bytes are cut", func(d *damaged) { d.write(entry(d, ".raw"), []byte("a")) }, []string{"error size quarantine/" + badFile(".json")}},
	{"quarantine: other bytes", func(d *damaged) { flip(d, entry(d, ".raw")) }, []string{"error identity quarantine/" + badFile(".json")}},
}

// badBytes is a document that cannot be taken, under its hash.
var (
	badBytes = []byte("\x00\x01\x02\x03binary\x00\x00\xff\xfe\x00\x00")
	badHash  = func() string { sum := sha256.Sum256(badBytes); return hex.EncodeToString(sum[:]) }()
)

func badFile(suffix string) string { return badHash + suffix }

// entry is the file of the quarantined document, which must be there.
func entry(d *damaged, suffix string) string {
	name := filepath.Join("quarantine", badFile(suffix))
	d.read(name)
	return name
}

func segmentOf(d *damaged) string {
	paths, err := filepath.Glob(filepath.Join(d.dir, "index/gen-3/store/*.zap"))
	d.check(err)
	if len(paths) == 0 {
		d.Fatal("no segments")
	}
	return must(filepath.Rel(d.dir, paths[0]))
}

// flip changes one bit in the middle of a file.
func flip(d *damaged, name string) {
	b := d.read(name)
	b[len(b)/2] ^= 1
	d.write(name, b)
}

func rewriteClusters(d *damaged, manifest string, change func([]table.Cluster) []table.Cluster) {
	var rows []table.Cluster
	for row, err := range table.ReadFile[table.Cluster](filepath.Join(d.dir, clustersFile)) {
		d.check(err)
		rows = append(rows, row)
	}
	d.write(clustersFile, encode(d, change(rows), map[string]string{table.KeyManifest: manifest}))
}

// changeIndex publishes another index as of the same manifest.
func changeIndex(d *damaged, change func(*index.Writer) error) {
	w, err := index.OpenWriter(filepath.Join(d.dir, indexDir), d.p.language(), index.Options{})
	d.check(err)
	d.check(errors.Join(change(w), w.Publish(d.Context(), 3), w.Close()))
}

// soundCorpus is the samples in three batches, and a bad document.
func soundCorpus(t *testing.T, p *Pipeline) string {
	dir := t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 7})
	raw := &corpus.Raw{Bytes: badBytes, URI: "bad.bin"}
	_, err := p.Ingest(t.Context(), dir, func(yield func(*corpus.Raw, error) bool) {
		yield(nil, &ingest.Bad{URI: raw.URI, Stage: "read", Reason: ingest.Binary, Bytes: raw.Bytes, Err: errors.New("binary")})
	}, IngestOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func copyOf(t *testing.T, p *Pipeline, sound string) *damaged {
	d := &damaged{T: t, p: p, dir: filepath.Join(t.TempDir(), "corpus")}
	d.check(os.CopyFS(d.dir, os.DirFS(sound)))
	return d
}
