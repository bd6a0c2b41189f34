package table

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

// The columns as the design gives them.
var columns = map[string]string{
	Documents: "doc_id title source site authors editors published published_at published_precision place adcode script charset raw raw_text text title_start title_end n_chars n_edits text_sha256 minhash record input batch_id pipeline_version ingested_at",
	Sightings: "doc_id uri fetched_at container container_offset seen_at",
	Mentions:  "mention_id doc_id seq category subtype head term value lo hi modifier magnitude unit number_text start end number_start number_end head_start head_end raw_start raw_end sentence sentence_start place adcode place_source as_of flags counted excluded_by rule_id rule_version published source batch_id",
	Edits:     "doc_id seq kinds raw_start raw_end before after applied confidence note",
	Sentences: "doc_id seq start end token_ends",
	Batches:   "batch_id run_id documents mentions edits sentences sightings pipeline_version fingerprint started_at committed_at",
}

func checkNames[T Row[T]](t *testing.T) {
	t.Helper()
	var row T
	name := row.layout().name
	var inParquet, inJSON []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		p, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		inParquet, inJSON = append(inParquet, p), append(inJSON, f.Tag.Get("json"))
	}
	if diff := cmp.Diff(strings.Fields(columns[name]), inParquet); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
	if diff := cmp.Diff(inParquet, inJSON); diff != "" {
		t.Errorf("%s: tags differ (-parquet +json):\n%s", name, diff)
	}
}

func TestColumns(t *testing.T) {
	checkNames[Document](t)
	checkNames[Sighting](t)
	checkNames[Mention](t)
	checkNames[Edit](t)
	checkNames[Sentence](t)
	checkNames[Batch](t)
}

// checkRoundTrip writes rows in several row groups and reads them back.
func checkRoundTrip[T Row[T]](t *testing.T, rows []T) {
	t.Helper()
	name := rows[0].layout().name
	file := encode(t, rows, Options{RowGroupBytes: 2 * pageBytes, PipelineVersion: "v1", BatchID: "b1"})
	got, err := decode[T](file)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if diff := cmp.Diff(rows, got); diff != "" {
		t.Errorf("%s (-want +got):\n%.2000s", name, diff)
	}
	if again := encode(t, rows, Options{RowGroupBytes: 2 * pageBytes, PipelineVersion: "v1", BatchID: "b1"}); !bytes.Equal(file, again) {
		t.Errorf("%s: the same rows give other bytes", name)
	}
	if none, err := decode[T](encode(t, rows[:0], Options{})); err != nil || len(none) != 0 {
		t.Errorf("%s: no rows gave %d, %v", name, len(none), err)
	}
}

func manyRows(t testing.TB, n int) ([]Document, []Mention, []Edit, []Sentence, []Sighting) {
	t.Helper()
	docs, mentions, edits, sentences, sightings := rowsOfMany(t, n)
	for i := range docs {
		if docs[i].MinHash == nil {
			docs[i].MinHash = []byte{}
		}
		docs[i].RawText = strings.Repeat(docs[i].RawText, 1+i%100)
	}
	return docs, mentions, edits, sentences, sightings
}

func TestRoundTrip(t *testing.T) {
	docs, mentions, edits, sentences, sightings := manyRows(t, 3000)
	checkRoundTrip(t, docs)
	checkRoundTrip(t, mentions)
	checkRoundTrip(t, edits)
	checkRoundTrip(t, sentences)
	checkRoundTrip(t, sightings)
	checkRoundTrip(t, []Released{{Document: docs[0], Hans: "党", ClusterID: "a", ClusterSize: 2, ClusterKind: "near", Similarity: 0.75, Representative: true}, {Document: docs[1]}, {Document: docs[len(docs)-1]}})
	many := int64(1 << 40)
	checkRoundTrip(t, []Summary{{Category: "branch", Month: docs[0].Published, Place: "青石县", Articles: 1, Mentions: 2, Valued: 1, Total: &many, Lo: &many}, {Category: "branch"}})
	checkRoundTrip(t, []Hit{{DocID: "b", Title: "临时党支部", Published: docs[0].Published, Score: 1.5, Reprints: 2, Snippet: "⟦党⟧"}, {DocID: "a"}})
	checkRoundTrip(t, []Batch{{BatchID: "1", Documents: 1 << 40, StartedAt: TimestampOf(written)}, {BatchID: "2"}})
}

func TestExtremeTimes(t *testing.T) {
	rows := []Sighting{
		{DocID: "a", SeenAt: TimestampOf(time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC))},
		{DocID: "b", SeenAt: TimestampOf(time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC))},
	}
	got, err := decode[Sighting](encode(t, rows, Options{}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rows, got); diff != "" {
		t.Error(diff)
	}
}

func TestFileLayout(t *testing.T) {
	docs, _, _, _, _ := manyRows(t, 3000)
	file := encode(t, docs, Options{RowGroupBytes: 2 * pageBytes, PipelineVersion: "v1", Fingerprint: "f1", BatchID: "b1"})
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.RowGroups()); n < 3 {
		t.Errorf("%d row groups: they are not bounded by bytes", n)
	}
	id, _ := f.Schema().Lookup("doc_id")
	for i, group := range f.RowGroups() {
		if group.ColumnChunks()[id.ColumnIndex].BloomFilter() == nil {
			t.Errorf("row group %d has no bloom filter on doc_id", i)
		}
		if index, err := group.ColumnChunks()[id.ColumnIndex].ColumnIndex(); err != nil || index == nil {
			t.Errorf("row group %d has no page index: %v", i, err)
		}
		var sorted []string
		for _, s := range group.SortingColumns() {
			sorted = append(sorted, s.Path()[0])
			if s.Descending() || s.NullsFirst() {
				t.Errorf("%s is not sorted ascending with nulls last", s.Path())
			}
		}
		if diff := cmp.Diff([]string{"published", "source", "doc_id"}, sorted); diff != "" {
			t.Error(diff)
		}
	}
	keys, err := Metadata(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	if want := "code points of raw_text"; !strings.Contains(keys[KeyUnits], `"title_start":"`+want+`"`) {
		t.Errorf("units: %s", keys[KeyUnits])
	}
	delete(keys, KeyUnits)
	want := map[string]string{"table": "documents", "offsets": "code points", "pipeline_version": "v1", "fingerprint": "f1", "batch_id": "b1"}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("metadata (-want +got):\n%s", diff)
	}
}

func TestWriterWantsOrder(t *testing.T) {
	docs, mentions, _, _, _ := rowsOfMany(t, 40)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(mentions), func(i, j int) { mentions[i], mentions[j] = mentions[j], mentions[i] })
	if err := NewWriter[Mention](new(bytes.Buffer), Options{}).Write(mentions); err == nil || !strings.Contains(err.Error(), "out of order") {
		t.Errorf("shuffled mentions: %v", err)
	}
	w := NewWriter[Document](new(bytes.Buffer), Options{})
	if err := w.Write(docs[1:]); err != nil {
		t.Fatal(err)
	}
	if err := w.Write(docs[:1]); err == nil {
		t.Error("a second call may go back")
	}
	Sort(mentions)
	if !slices.IsSortedFunc(mentions, Mention.compare) {
		t.Error("Sort does not sort")
	}
	if last := docs[len(docs)-1]; last.Published != nil || docs[0].Published == nil {
		t.Error("unknown days do not come last")
	}
}

func TestNarrowRead(t *testing.T) {
	docs, _, _, _, _ := manyRows(t, 300)
	type key struct {
		TextSHA256 string `parquet:"text_sha256"`
		DocID      string `parquet:"doc_id"`
	}
	got, err := decode[key](encode(t, docs, Options{}))
	if err != nil {
		t.Fatal(err)
	}
	var want []key
	for _, d := range docs {
		want = append(want, key{d.TextSHA256, d.DocID})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadStopsWhenTold(t *testing.T) {
	docs, _, _, _, _ := rowsOfMany(t, 100)
	file := encode(t, docs, Options{})
	n := 0
	for range Read[Document](bytes.NewReader(file), int64(len(file))) {
		if n++; n == 70 {
			break
		}
	}
	if n != 70 {
		t.Errorf("read %d rows, want 70", n)
	}
}

func TestFind(t *testing.T) {
	docs, mentions, _, _, _ := manyRows(t, 3000)
	file := encode(t, docs, Options{RowGroupBytes: 2 * pageBytes})
	want := []Document{docs[0], docs[1], docs[1700], docs[2999]}
	ids := []string{strings.Repeat("0", 32), docs[2999].DocID, docs[1700].DocID, docs[1].DocID, docs[0].DocID}
	var got []Document
	for d, err := range Find[Document](bytes.NewReader(file), int64(len(file)), ids) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, d)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%.1000s", diff)
	}

	path := filepath.Join(t.TempDir(), "mentions.parquet")
	if err := os.WriteFile(path, encode(t, mentions, Options{}), 0o600); err != nil {
		t.Fatal(err)
	}
	n := 0
	for m, err := range FindFile[Mention](path, []string{docs[7].DocID}) {
		if err != nil || m.DocID != docs[7].DocID {
			t.Fatalf("%s, %v", m.DocID, err)
		}
		n++
	}
	if n != 2 {
		t.Errorf("%d mentions, want 2", n)
	}
}

// Rows that lie close together are read on to, those far apart sought.
func TestWhere(t *testing.T) {
	docs, _, _, _, _ := manyRows(t, 3*nearRows)
	path := filepath.Join(t.TempDir(), "documents.parquet")
	if err := os.WriteFile(path, encode(t, docs, Options{RowGroupBytes: 1 << 30}), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, at := range [][]int{{}, {0}, {2, 3, 70}, {5, 5 + nearRows, 5 + 2*nearRows + 1}, {3*nearRows - 1}, {0, 1, 200, 3*nearRows - 2, 3*nearRows - 1}} {
		wanted := map[string]bool{}
		var want, got []Document
		for _, i := range at {
			wanted[docs[i].DocID] = true
			want = append(want, docs[i])
		}
		for d, err := range WhereFile[Document](path, func(id string) bool { return wanted[id] }) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, d)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v: (-want +got):\n%.1000s", at, diff)
		}
	}
}

func TestForeignFiles(t *testing.T) {
	type other struct {
		DocID int64 `parquet:"doc_id"`
	}
	var numbers bytes.Buffer
	if err := parquet.Write(&numbers, []other{{1}}); err != nil {
		t.Fatal(err)
	}
	_, _, edits, _, _ := rowsOfMany(t, 3)
	for _, c := range []struct {
		name  string
		file  []byte
		is    error
		wants string
	}{
		{"empty", nil, ErrForeign, "does not begin with PAR1"},
		{"text", []byte("青石县讯，一篇文章。"), ErrForeign, "does not begin with PAR1"},
		{"magic alone", []byte("PAR1"), ErrDamaged, "cut off after 4 bytes"},
		{"another table", encode(t, edits, Options{}), ErrForeign, `no column "title"`},
		{"another type", numbers.Bytes(), ErrForeign, `column "doc_id" is INT(64,true), not STRING`},
		{"long footer", []byte("PAR1xxxxxxxx\xff\xff\xff\x7fPAR1"), ErrDamaged, "footer of 2147483647 bytes"},
	} {
		_, err := decode[Document](c.file)
		if !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.wants) {
			t.Errorf("%s: %v; want %q", c.name, err, c.wants)
		}
	}
}

func TestReadFileNamesTheFile(t *testing.T) {
	docs, _, _, _, _ := rowsOfMany(t, 20)
	file := encode(t, docs, Options{})
	path := filepath.Join(t.TempDir(), "documents.parquet")
	if err := os.WriteFile(path, file[:len(file)-20], 0o600); err != nil {
		t.Fatal(err)
	}
	for _, err := range ReadFile[Document](path) {
		if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), path) {
			t.Errorf("cut off: %v", err)
		}
	}
	for _, err := range ReadFile[Document](path + ".none") {
		if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), path) {
			t.Errorf("missing: %v", err)
		}
	}
}

// Every way to cut a file off is an error.
func TestTruncated(t *testing.T) {
	_, mentions, _, _, _ := rowsOfMany(t, 5)
	file := encode(t, mentions, Options{})
	for n := range file {
		if _, err := decode[Mention](file[:n]); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign) {
			t.Fatalf("%d of %d bytes: %v", n, len(file), err)
		}
	}
}

// Whatever the bytes, reading ends with rows or an error.
func FuzzRead(f *testing.F) {
	docs, mentions, _, sentences, _ := rowsOfMany(f, 3)
	f.Add(encode(f, docs, Options{}))
	f.Add(encode(f, mentions, Options{}))
	f.Add(encode(f, sentences, Options{}))
	f.Add([]byte("PAR1"))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, err := range []error{readAll[Document](file), readAll[Mention](file), readAll[Sentence](file)} {
			if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign) {
				t.Errorf("%v is neither damaged nor foreign", err)
			}
		}
	})
}

func readAll[T any](file []byte) error {
	for _, err := range Read[T](bytes.NewReader(file), int64(len(file))) {
		if err != nil {
			return err
		}
	}
	for _, err := range Find[T](bytes.NewReader(file), int64(len(file)), []string{"a"}) {
		if err != nil {
			return err
		}
	}
	return nil
}

// A damaged byte is never a panic.
func TestDamagedBytes(t *testing.T) {
	docs, mentions, _, _, _ := rowsOfMany(t, 10)
	testDamage(t, encode(t, docs, Options{}), readAll[Document])
	testDamage(t, encode(t, mentions, Options{}), readAll[Mention])
}

func testDamage(t *testing.T, file []byte, read func([]byte) error) {
	t.Helper()
	random := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		bad := bytes.Clone(file)
		bad[random.IntN(len(bad))] ^= 1 << random.IntN(8)
		if err := read(bad); err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign) {
			t.Fatal(err)
		}
	}
}

// benchmarkDocuments are 2,000 documents of random text, which does not
// compress as repeated text would, and its size in bytes.
func benchmarkDocuments(b *testing.B) (docs []Document, size int64) {
	docs, _, _, _, _ = manyRows(b, 2000)
	random := rand.New(rand.NewPCG(5, 6))
	for i := range docs {
		text := make([]rune, 1000)
		for j := range text {
			text[j] = '一' + rune(random.ExpFloat64()*300)
		}
		docs[i].RawText, docs[i].Text = string(text), string(text)
		size += 2 * int64(len(docs[i].Text))
	}
	return docs, size
}

func BenchmarkWriteDocuments(b *testing.B) {
	docs, size := benchmarkDocuments(b)
	b.SetBytes(size)
	for b.Loop() {
		encode(b, docs, Options{})
	}
}

func BenchmarkReadDocuments(b *testing.B) {
	docs, size := benchmarkDocuments(b)
	file := encode(b, docs, Options{})
	b.SetBytes(size)
	for b.Loop() {
		if _, err := decode[Document](file); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadDocIDs(b *testing.B) {
	docs, size := benchmarkDocuments(b)
	file := encode(b, docs, Options{})
	b.SetBytes(size)
	for b.Loop() {
		if _, err := decode[docKey](file); err != nil {
			b.Fatal(err)
		}
	}
}

func TestRowsPrintAsTheyAreRead(t *testing.T) {
	_, mentions, _, _, _ := rowsOfMany(t, 2)
	text, err := json.Marshal(mentions[1])
	if err != nil {
		t.Fatal(err)
	}
	var back Mention
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(mentions[1], back); diff != "" {
		t.Error(diff)
	}
}
