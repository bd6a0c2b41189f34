package table

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"
)

// A stamp tells files apart that were made from other manifests or of other
// rows, and is the same whenever a file is made.
func TestStamp(t *testing.T) {
	made := func(manifest int64, rows ...Cluster) []byte {
		t.Helper()
		var out bytes.Buffer
		w := NewWriter[Cluster](&out, Options{PipelineVersion: "1", Manifest: manifest})
		if err := errors.Join(w.Write(rows), w.Close()); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	a, b := Cluster{DocID: "a", ClusterID: "a", Size: 1, Kind: "single"}, Cluster{DocID: "b", ClusterID: "b", Size: 1, Kind: "single"}
	stamp := func(file []byte) string {
		t.Helper()
		s, err := Stamp(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	one := stamp(made(1, a))
	if len(one) != 64 || stamp(made(1, a)) != one {
		t.Errorf("stamp %s is not that of the file", one)
	}
	for what, file := range map[string][]byte{
		"another manifest": made(2, a),
		"another row":      made(1, b),
		"more rows":        made(1, a, b),
		"none":             made(1),
	} {
		if stamp(file) == one {
			t.Errorf("%s has the same stamp", what)
		}
	}
}

func TestStampOfNoTable(t *testing.T) {
	for _, tt := range []struct {
		file string
		want error
	}{{"", ErrForeign}, {"no table at all", ErrForeign}, {"PAR1", ErrDamaged}, {"PAR1 and more of it", ErrDamaged}, {"PAR1\xff\xff\xff\x7fPAR1", ErrDamaged}} {
		if _, err := Stamp(bytes.NewReader([]byte(tt.file)), int64(len(tt.file))); !errors.Is(err, tt.want) {
			t.Errorf("%q: %v, want %v", tt.file, err, tt.want)
		}
	}
	if _, err := StampFile(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there has a stamp")
	}
}
