package table

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

// crawlRow has a column of every kind that published crawls use.
type crawlRow struct {
	Text  string    `parquet:"text"`
	ID    *string   `parquet:"id,optional"`
	Body  []byte    `parquet:"body"`
	Score float64   `parquet:"score"`
	Count int32     `parquet:"count"`
	Day   int32     `parquet:"day,date"`
	Micro time.Time `parquet:"micro,timestamp(microsecond)"`
	Milli int64     `parquet:"milli,timestamp(millisecond)"`
	Good  bool      `parquet:"good"`
	Tags  []string  `parquet:"tags,list"`
	Old   []int64   `parquet:"old"`
	Meta  crawlMeta `parquet:"meta"`
	Parts []part    `parquet:"parts,list"`
}

type crawlMeta struct {
	URL  string  `parquet:"url"`
	Lang *string `parquet:"lang,optional"`
}

type part struct {
	Line  int64    `parquet:"line"`
	Words []string `parquet:"words,list"`
}

func foreignFile(t testing.TB, rows []crawlRow, options ...parquet.WriterOption) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[crawlRow](&b, options...)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func crawlRows() []crawlRow {
	id, lang := "a1", "zh"
	at := time.Date(2020, 3, 20, 2, 52, 0, 0, time.UTC)
	return []crawlRow{
		{
			Text: "甲", ID: &id, Body: []byte("\xb5\xb3"), Score: 0.5, Count: 7, Day: 18341, Micro: at, Milli: at.UnixMilli(), Good: true,
			Tags: []string{"x", "y"}, Old: []int64{1, 2, 3}, Meta: crawlMeta{"http://a.example/", &lang},
			Parts: []part{{1, []string{"p", "q"}}, {2, nil}, {3, []string{"r"}}},
		},
		{Text: "乙", Micro: at, Milli: 0},
	}
}

func wantCells() [][]Cell {
	at, epoch := time.Date(2020, 3, 20, 2, 52, 0, 0, time.UTC), time.Unix(0, 0).UTC()
	return [][]Cell{
		{
			{"text", "甲"}, {"id", "a1"}, {"body", []byte("\xb5\xb3")}, {"score", 0.5}, {"count", int64(7)}, {"day", "2020-03-20"},
			{"micro", at}, {"milli", at}, {"good", true}, {"tags", []any{"x", "y"}}, {"old", []any{int64(1), int64(2), int64(3)}},
			{"meta", map[string]any{"url": "http://a.example/", "lang": "zh"}},
			{"parts", []any{
				map[string]any{"line": int64(1), "words": []any{"p", "q"}},
				map[string]any{"line": int64(2), "words": []any{}},
				map[string]any{"line": int64(3), "words": []any{"r"}},
			}},
		},
		{
			{"text", "乙"}, {"id", nil}, {"body", []byte{}}, {"score", 0.0}, {"count", int64(0)}, {"day", "1970-01-01"},
			{"micro", at}, {"milli", epoch}, {"good", false}, {"tags", []any{}}, {"old", []any{}},
			{"meta", map[string]any{"url": "", "lang": nil}},
			{"parts", []any{}},
		},
	}
}

func TestForeign(t *testing.T) {
	for _, c := range []struct {
		name  string
		codec compress.Codec
	}{{"plain", &parquet.Uncompressed}, {"snappy", &parquet.Snappy}, {"zstd", &parquet.Zstd}, {"gzip", &parquet.Gzip}} {
		file := foreignFile(t, crawlRows(), parquet.Compression(c.codec))
		var got [][]Cell
		for cells, err := range Foreign(bytes.NewReader(file), int64(len(file))) {
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			got = append(got, cells)
		}
		if diff := cmp.Diff(wantCells(), got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// TestForeignKeepsOrder reads more rows than one chunk and one row group hold,
// and holds that what was yielded does not change afterwards.
func TestForeignKeepsOrder(t *testing.T) {
	var rows []crawlRow
	for i := range 200 {
		rows = append(rows, crawlRow{Text: string(rune('一' + i)), Count: int32(i)})
	}
	file := foreignFile(t, rows, parquet.MaxRowsPerRowGroup(70))
	var got [][]Cell
	for cells, err := range Foreign(bytes.NewReader(file), int64(len(file))) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, cells)
	}
	if len(got) != len(rows) {
		t.Fatalf("%d rows of %d", len(got), len(rows))
	}
	for i, cells := range got {
		if cells[0].Value != rows[i].Text || cells[4].Value != int64(i) {
			t.Errorf("row %d: %v", i, cells[:5])
		}
	}
}

// TestForeignDamage cuts a file everywhere, and turns each of its bytes over:
// an error, or rows, but never a panic.
func TestForeignDamage(t *testing.T) {
	file := foreignFile(t, crawlRows(), parquet.Compression(&parquet.Snappy))
	read := func(b []byte) (n int, err error) {
		for _, err := range Foreign(bytes.NewReader(b), int64(len(b))) {
			if err != nil {
				return n, err
			}
			n++
		}
		return n, nil
	}
	for i := range len(file) {
		if _, err := read(file[:i]); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign) {
			t.Fatalf("cut at %d: %v", i, err)
		}
		turned := bytes.Clone(file)
		turned[i] ^= 0x55
		if n, err := read(turned); err == nil && n > len(file) {
			t.Fatalf("byte %d turned: %d rows", i, n)
		} else if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign) {
			t.Fatalf("byte %d turned: %v", i, err)
		}
	}
}

var updateFixtures = flag.Bool("update-fixtures", false, "write testdata/*.parquet anew")

// webRow has the columns of published web corpora.
type webRow struct {
	Text     string  `parquet:"text"`
	ID       string  `parquet:"id"`
	Dump     string  `parquet:"dump"`
	URL      string  `parquet:"url"`
	Date     string  `parquet:"date"`
	Language string  `parquet:"language"`
	Score    float64 `parquet:"language_score"`
}

// TestForeignFixtures holds that the files with which package ingest is tested
// are what they are said to be: bomb.parquet is small, but all of its rows are
// one long word of its dictionary.
func TestForeignFixtures(t *testing.T) {
	web := []webRow{
		{"甲", "<urn:uuid:1>", "CC-MAIN-2020-16", "", "2020-03-29T01:02:03Z", "zh", 0.75},
		{"乙", "<urn:uuid:2>", "CC-MAIN-2020-16", "http://b.example/", "2020-03-30T01:02:03Z", "zh", 0.5},
	}
	type word struct {
		Text string `parquet:"text,dict"`
	}
	bomb := make([]word, 5000)
	for i := range bomb {
		bomb[i].Text = strings.Repeat("长", 1000)
	}
	checkFixture(t, "testdata/web.parquet", web)
	checkFixture(t, "testdata/bomb.parquet", bomb)
}

func checkFixture[T any](t *testing.T, path string, rows []T) {
	t.Helper()
	if *updateFixtures {
		var b bytes.Buffer
		w := parquet.NewGenericWriter[T](&b, parquet.Compression(&parquet.Zstd))
		if _, err := w.Write(rows); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(w.Close(), os.WriteFile(path, b.Bytes(), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for cells, err := range Foreign(bytes.NewReader(file), int64(len(file))) {
		if err != nil {
			t.Fatal(err)
		}
		row := reflect.ValueOf(rows[n])
		for i, c := range cells {
			if c.Value != row.Field(i).Interface() {
				t.Errorf("%s, row %d, %s: %v", path, n, c.Name, c.Value)
			}
		}
		n++
	}
	if n != len(rows) {
		t.Errorf("%s: %d rows", path, n)
	}
}
