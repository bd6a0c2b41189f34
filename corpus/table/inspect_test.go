package table

import (
	"bytes"
	"errors"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// inspected inspects a file that is made of rows of another type.
func inspected[T Row[T], F any](t *testing.T, rows []F) (Info, error) {
	t.Helper()
	var file bytes.Buffer
	if err := parquet.Write(&file, rows); err != nil {
		t.Fatal(err)
	}
	return Inspect[T](bytes.NewReader(file.Bytes()), int64(file.Len()))
}

func TestInspect(t *testing.T) {
	rows := []Batch{{BatchID: "b1"}, {BatchID: "b2"}}
	file := encode(t, rows, Options{Fingerprint: "f1"})
	info, err := Inspect[Batch](bytes.NewReader(file), int64(len(file)))
	if err != nil || info.Rows != 2 || info.Metadata[KeyFingerprint] != "f1" {
		t.Errorf("info %+v, %v", info, err)
	}
	if _, err := Inspect[Batch](bytes.NewReader(file[:len(file)-1]), int64(len(file)-1)); !errors.Is(err, ErrDamaged) {
		t.Errorf("cut off: error %v, want ErrDamaged", err)
	}
}

func TestInspectWantsItsColumns(t *testing.T) {
	type more struct {
		Cluster
		More string `parquet:"more"`
	}
	type other struct {
		DocID      *string `parquet:"doc_id"` // may be null
		ClusterID  string  `parquet:"cluster_id"`
		Size       int64   `parquet:"cluster_size"`
		Kind       string  `parquet:"kind,dict"`
		Similarity float64 `parquet:"similarity"`
	}
	type fewer struct {
		DocID string `parquet:"doc_id"`
	}
	for name, inspect := range map[string]func() (Info, error){
		"more":     func() (Info, error) { return inspected[Cluster](t, []more{{}}) },
		"fewer":    func() (Info, error) { return inspected[Cluster](t, []fewer{{}}) },
		"nullable": func() (Info, error) { return inspected[Cluster](t, []other{{}}) },
		"another":  func() (Info, error) { return inspected[Cluster](t, []Sighting{{}}) },
	} {
		if _, err := inspect(); !errors.Is(err, ErrForeign) {
			t.Errorf("%s: error %v, want ErrForeign", name, err)
		}
	}
}

func TestCompareIsTheOrderOfSort(t *testing.T) {
	docs, _, _, _, _ := manyRows(t, 50)
	Sort(docs)
	for i := 1; i < len(docs); i++ {
		if Compare(docs[i-1], docs[i]) > 0 || Compare(docs[i], docs[i-1]) < 0 {
			t.Errorf("row %d is out of order", i)
		}
	}
	if Compare(docs[0], docs[0]) != 0 {
		t.Error("a row is not equal to itself")
	}
}
