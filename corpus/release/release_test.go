package release

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

func create(t testing.TB, dir string) *Dir {
	t.Helper()
	d, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Discard(); err != nil {
			t.Error(err)
		}
	})
	return d
}

var about = About{
	Manifest: 7, CommittedAt: time.Date(2031, 2, 3, 4, 5, 6, 0, time.UTC), PipelineVersion: "v1", Fingerprint: "f1",
	Query: &Query{Typed: "a | `b`\n# 党", Parsed: "党"},
}

// edits are rows of n articles of different years, shuffled, with the year of
// each article.
func edits(n int) ([]table.Edit, map[string]Year) {
	var rows []table.Edit
	years := map[string]Year{}
	for i := range n {
		id := corpus.DocID(fmt.Appendf(nil, "%d", i))
		years[id] = []Year{0, 1998, 2020, 2021}[i%4]
		for seq := range int32(3) {
			rows = append(rows, table.Edit{DocID: id, Seq: seq, Kinds: []string{"gloss"}, Before: strings.Repeat("党", 1+i%50), Applied: true})
		}
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows, years
}

func addAll(t testing.TB, d *Dir, rows []table.Edit, years map[string]Year, opts Options) {
	t.Helper()
	p := NewTable[table.Edit](d, opts)
	for _, row := range rows {
		if err := p.Add(years[row.DocID], row); err != nil {
			t.Fatal(err)
		}
		if p.waiting > p.opts.Budget {
			t.Fatalf("%d bytes of rows wait, the budget is %d", p.waiting, p.opts.Budget)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}

func publish(t testing.TB, d *Dir) About {
	t.Helper()
	a, err := d.Publish(about)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Every row is in a part of its year, once; parts are sorted and bounded,
// whatever the budget.
func TestPartitions(t *testing.T) {
	rows, years := edits(60)
	want := slices.Clone(rows)
	table.Sort(want)
	for _, opts := range []Options{{}, {PartBytes: 4096}, {PartBytes: 1 << 20, Budget: 8000}, {PartBytes: 1, Budget: 1}} {
		dir := filepath.Join(t.TempDir(), "r")
		d := create(t, dir)
		addAll(t, d, rows, years, opts)
		var got []table.Edit
		for _, part := range publish(t, d).Tables[0].Parts {
			var size, n int64
			for row, err := range table.ReadFile[table.Edit](filepath.Join(dir, part.Path)) {
				if err != nil {
					t.Fatal(err)
				}
				if folder := years[row.DocID].folder(); !strings.HasPrefix(part.Path, "edits/"+folder+"/part-") {
					t.Errorf("%s holds a row of %s", part.Path, folder)
				}
				got = append(got, row)
				size += table.Size(row)
				n++
			}
			if limit := max(opts.PartBytes, 1); opts.PartBytes > 0 && size > limit && n > 1 {
				t.Errorf("%s holds %d bytes of rows, the limit is %d", part.Path, size, limit)
			}
			if n != part.Rows {
				t.Errorf("%s holds %d rows, not %d", part.Path, n, part.Rows)
			}
		}
		table.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%.1000s", opts, diff)
		}
	}
}

func TestTableWithoutRows(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	d := create(t, dir)
	addAll(t, d, nil, nil, Options{CSV: true})
	parts := publish(t, d).Tables[0].Parts
	if len(parts) != 1 || parts[0].Path != "edits/published_year=0/part-00000.parquet" {
		t.Fatalf("%+v", parts)
	}
	for row, err := range table.ReadFile[table.Edit](filepath.Join(dir, parts[0].Path)) {
		t.Errorf("%v, %v", row, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "csv", "edits.csv"))
	if want := "doc_id,seq,kinds,raw_start,raw_end,before,after,applied,confidence,note,published_year\n"; err != nil || string(text) != want {
		t.Errorf("%q, %v", text, err)
	}
}

func TestCSV(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	d := create(t, dir)
	rows := []table.Edit{{DocID: "b", Kinds: []string{"gloss"}, Before: "=1+1", After: "a,\n", Confidence: 0.5}, {DocID: "a", Kinds: []string{}}}
	addAll(t, d, rows, map[string]Year{"b": 2020}, Options{CSV: true})
	publish(t, d)
	text, err := os.ReadFile(filepath.Join(dir, "csv", "edits.csv"))
	if err != nil {
		t.Fatal(err)
	}
	want := "a,0,[],0,0,,,false,0,,\n" + "b,0,\"[\"\"gloss\"\"]\",0,0,'=1+1,\"a,\n\",false,0.5,,2020\n"
	if _, got, _ := strings.Cut(string(text), "published_year\n"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// files is every file below dir with its bytes.
func files(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		all[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestSums(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	d := create(t, dir)
	rows, years := edits(10)
	addAll(t, d, rows, years, Options{CSV: true})
	publish(t, d)
	all := files(t, dir)
	var want strings.Builder
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range all {
			if name != "SHA256SUMS" && !yield(name) {
				return
			}
		}
	}) {
		sum := sha256.Sum256(all[name])
		fmt.Fprintf(&want, "%s  %s\n", hex.EncodeToString(sum[:]), name)
	}
	if diff := cmp.Diff(want.String(), string(all["SHA256SUMS"])); diff != "" {
		t.Error(diff)
	}
}

// The order in which rows come leaves no trace.
func TestSameRowsSameBytes(t *testing.T) {
	rows, years := edits(100)
	var releases []map[string][]byte
	for range 2 {
		dir := filepath.Join(t.TempDir(), "r")
		d := create(t, dir)
		addAll(t, d, rows, years, Options{CSV: true})
		publish(t, d)
		releases = append(releases, files(t, dir))
		slices.Reverse(rows)
	}
	if diff := cmp.Diff(releases[0], releases[1]); diff != "" {
		t.Errorf("%.1000s", diff)
	}
}

func TestNothingHalf(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "r")
	d := create(t, dir)
	rows, years := edits(10)
	addAll(t, d, rows, years, Options{})
	if _, err := Create(dir); !errors.Is(err, ErrBusy) {
		t.Errorf("a second one at the same time: %v", err)
	}
	if len(files(t, parent)) == 0 {
		t.Error("nothing was written")
	}
	p := NewTable[table.Sighting](d, Options{CSV: true, PartBytes: 1})
	for i := range 2 {
		if err := p.Add(0, table.Sighting{URI: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Discard(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestDirectoryMustBeFree(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "below", "r")
	publish(t, create(t, dir))
	before := files(t, dir)
	if _, err := Create(dir); !errors.Is(err, ErrExists) || !strings.Contains(err.Error(), dir) {
		t.Errorf("over a release: %v", err)
	}
	if diff := cmp.Diff(before, files(t, dir)); diff != "" {
		t.Error("the release was touched")
	}
	file := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(file); err == nil {
		t.Error("over a file")
	}
	publish(t, create(t, t.TempDir())) // an empty one is free
}

// card is a README.md with its head decoded.
func card(t *testing.T, text []byte) (head map[string]any, body string) {
	t.Helper()
	parts := bytes.SplitN(text, []byte("---\n"), 3)
	if len(parts) != 3 || len(parts[0]) != 0 {
		t.Fatalf("no head: %.200s", text)
	}
	if err := yaml.Unmarshal(parts[1], &head); err != nil {
		t.Fatal(err)
	}
	return head, string(parts[2])
}

func TestCard(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	d := create(t, dir)
	rows, years := edits(10)
	addAll(t, d, rows, years, Options{})
	if err := NewTable[table.Summary](d, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	publish(t, d)
	head, body := card(t, files(t, dir)["README.md"])
	want := []any{
		map[string]any{"config_name": "edits", "data_files": "edits/*/*.parquet", "default": true},
		map[string]any{"config_name": "summary", "data_files": "summary/*/*.parquet"},
	}
	if diff := cmp.Diff(want, head["configs"]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]any{"n<1K"}, head["size_categories"]); diff != "" {
		t.Error(diff)
	}
	for _, s := range []string{
		"| edits | 30 | 4 |", "| summary | 0 | 1 |", "| query | `` a \\| `b` # 党 `` |", "manifest 7, committed 2031-02-03T04:05:06Z",
		"| raw_start | INT32 | code points of raw_text |", "| kinds | LIST<STRING> |", "| month | DATE, nullable |",
	} {
		if !strings.Contains(body, s) {
			t.Errorf("the card does not say %q:\n%s", s, body)
		}
	}
	for _, config := range head["configs"].([]any) {
		matches, err := filepath.Glob(filepath.Join(dir, config.(map[string]any)["data_files"].(string)))
		if err != nil || len(matches) == 0 {
			t.Errorf("%v matches no file: %v", config, err)
		}
	}
}

func TestSizeCategory(t *testing.T) {
	for rows, want := range map[int64]string{0: "n<1K", 999: "n<1K", 1000: "1K<n<10K", 12345: "10K<n<100K", 2e9: "n>1B"} {
		if got := sizeCategory(rows); got != want {
			t.Errorf("%d rows are %q, want %q", rows, got, want)
		}
	}
}

// croissant.json names each column of each table, and every name in it leads
// somewhere.
func TestCroissant(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	d := create(t, dir)
	if err := NewTable[table.Released](d, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	if err := NewTable[table.Mention](d, Options{CSV: true}).Close(); err != nil {
		t.Fatal(err)
	}
	publish(t, d)
	var c struct {
		ConformsTo   string
		Distribution []map[string]string
		RecordSet    []struct {
			Name  string
			Field []struct {
				ID         string `json:"@id"`
				Name       string
				DataType   string
				Repeated   bool
				References struct {
					Field struct {
						ID string `json:"@id"`
					}
				}
				Source struct {
					FileSet struct {
						ID string `json:"@id"`
					}
					Extract struct{ Column string }
				}
			}
		}
	}
	all := files(t, dir)
	if err := json.Unmarshal(all["croissant.json"], &c); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{"": true}
	for _, x := range c.Distribution {
		known[x["@id"]] = true
		if url, ok := x["contentUrl"]; ok {
			if sum := sha256.Sum256(all[url]); hex.EncodeToString(sum[:]) != x["sha256"] {
				t.Errorf("sum of %s", url)
			}
			continue
		}
		if matches, err := filepath.Glob(filepath.Join(dir, x["includes"])); err != nil || len(matches) != 1 {
			t.Errorf("%s: %v, %v", x["includes"], matches, err)
		}
	}
	columns := map[string][]table.Column{"documents": table.Columns[table.Released](), "mentions": table.Columns[table.Mention]()}
	if len(c.RecordSet) != len(columns) || len(c.Distribution) != 3 || c.ConformsTo != "http://mlcommons.org/croissant/1.0" {
		t.Errorf("%+v", c)
	}
	for _, r := range c.RecordSet {
		for _, f := range r.Field {
			known[f.ID] = true
		}
	}
	for _, r := range c.RecordSet {
		if len(r.Field) != len(columns[r.Name]) {
			t.Errorf("%s has %d fields", r.Name, len(r.Field))
		}
		for i, f := range r.Field {
			column := columns[r.Name][i]
			if f.Name != column.Name || f.Source.Extract.Column != column.Name || f.Repeated != column.List || f.DataType != croissantType(column) {
				t.Errorf("%+v is not %+v", f, column)
			}
			if !known[f.Source.FileSet.ID] || !known[f.References.Field.ID] {
				t.Errorf("%s leads nowhere: %+v", f.ID, f)
			}
		}
	}
}

func TestAbout(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	d := create(t, dir)
	rows, years := edits(10)
	addAll(t, d, rows, years, Options{})
	want := publish(t, d)
	var got About
	decoder := json.NewDecoder(bytes.NewReader(files(t, dir)["export.json"]))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&got); err != nil {
		t.Fatal(err)
	}
	want.Tables[0].Columns = nil // not written
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-returned +written):\n%s", diff)
	}
	if got.Format != Format || got.Tables[0].Rows != 30 || got.Query.Typed != about.Query.Typed {
		t.Errorf("%+v", got)
	}
}
