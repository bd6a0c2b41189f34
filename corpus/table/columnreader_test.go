package table

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"jianbao/corpus"
)

// randomMentions are in their order, over many pages, with lists of every
// length and numbers that are null.
func randomMentions(r *rand.Rand, n int) []Mention {
	number := func() *int64 {
		if r.IntN(3) == 0 {
			return nil
		}
		x := r.Int64N(1000)
		return &x
	}
	rows := make([]Mention, n)
	for i := range rows {
		rows[i] = Mention{
			MentionID: fmt.Sprint("m", i), DocID: fmt.Sprintf("%032x", i/3), Seq: int32(i % 3), Category: []string{"branch", "cadre"}[2*i/n],
			Value: number(), Lo: number(), Hi: number(), Flags: []string{}, Counted: r.IntN(2) == 0,
			Place: []string{"", "甲县", "乙县"}[r.IntN(3)], Sentence: string(make([]byte, r.IntN(4000))),
		}
		for range r.IntN(4) {
			rows[i].Flags = append(rows[i].Flags, []string{"joint", "after", ""}[r.IntN(3)])
		}
		if r.IntN(2) == 0 {
			day := corpus.Date(r.IntN(20_000))
			rows[i].AsOf = &day
		}
	}
	return rows
}

// By columns rows are what they are row by row, and what was written.
func TestColumnReader(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{1, 63, 64, 65, 5000} {
		want := randomMentions(r, n)
		var file bytes.Buffer
		w := NewWriter[Mention](&file, Options{RowGroupBytes: 4 << 20})
		if err := w.Write(want); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		opened, err := open[Mention](bytes.NewReader(file.Bytes()), int64(file.Len()))
		if err != nil {
			t.Fatal(err)
		}
		var byColumn, byRow []Mention
		for _, group := range opened.RowGroups() {
			columns, err := newColumnReader[Mention](group)
			if err != nil {
				t.Fatal(err)
			}
			byColumn = append(byColumn, drained[Mention](t, columns, group.NumRows())...)
			rows, err := newRowReader[Mention](group)
			if err != nil {
				t.Fatal(err)
			}
			byRow = append(byRow, drained[Mention](t, rows, group.NumRows())...)
		}
		if diff := cmp.Diff(want, byColumn); diff != "" {
			t.Fatalf("%d rows (-written +by column):\n%.2000s", n, diff)
		}
		if diff := cmp.Diff(byRow, byColumn); diff != "" {
			t.Fatalf("%d rows (-by row +by column):\n%.2000s", n, diff)
		}
	}
}

// drained reads all rows of a group, and no more.
func drained[T any](t *testing.T, from groupReader[T], n int64) (out []T) {
	t.Helper()
	defer from.close()
	for int64(len(out)) < n {
		rows, err := from.read(min(n-int64(len(out)), chunkRows))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, rows...)
	}
	if more, err := from.read(1); err == nil {
		t.Errorf("behind the last row: %v", more)
	}
	return out
}

func TestPlainRows(t *testing.T) {
	for row, want := range map[reflect.Type]bool{
		reflect.TypeFor[Mention](): true, reflect.TypeFor[struct{ A *Timestamp }](): true, reflect.TypeFor[struct{ A float64 }](): true,
		reflect.TypeFor[Document](): false, reflect.TypeFor[struct{ Mention }](): false, reflect.TypeFor[struct{ A []int32 }](): false,
		reflect.TypeFor[struct{ A *string }](): false, reflect.TypeFor[struct{}](): false,
	} {
		if got := isPlain(row); got != want {
			t.Errorf("%s: %v", row, got)
		}
	}
}

func BenchmarkReadCounts(b *testing.B) {
	type counts struct {
		DocID    string   `parquet:"doc_id"`
		Category string   `parquet:"category"`
		Value    *int64   `parquet:"value"`
		Flags    []string `parquet:"flags,list"`
	}
	var file bytes.Buffer
	w := NewWriter[Mention](&file, Options{})
	if err := w.Write(randomMentions(rand.New(rand.NewPCG(7, 8)), 20_000)); err != nil {
		b.Fatal(err)
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	opened, err := open[counts](bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		b.Fatal(err)
	}
	for name, reader := range map[string]func(parquet.RowGroup) (groupReader[counts], error){
		"by column": func(g parquet.RowGroup) (groupReader[counts], error) { return newColumnReader[counts](g) },
		"by row":    func(g parquet.RowGroup) (groupReader[counts], error) { return newRowReader[counts](g) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				for _, group := range opened.RowGroups() {
					from, err := reader(group)
					if err != nil {
						b.Fatal(err)
					}
					for left := group.NumRows(); left > 0; left -= chunkRows {
						if _, err := from.read(min(left, chunkRows)); err != nil {
							b.Fatal(err)
						}
					}
					from.close()
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20_000, "ns/row")
		})
	}
}
