package table

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// python is the interpreter that `make test` sets up; the test ends without it.
func python(t *testing.T) string {
	t.Helper()
	path := filepath.Join("..", "..", "bin", "venv", "bin", "python")
	_, err := os.Stat(path)
	switch {
	case err == nil:
	case os.Getenv("CI") != "":
		t.Fatalf("python is not installed: %v", err)
	default:
		t.Skipf("SKIPPED: the layout of the tables is not checked by pyarrow: run make venv (%v)", err)
	}
	return path
}

// arrowView is what layout.py prints.
type arrowView struct {
	Keys     map[string]string
	Types    map[string]string
	Nullable []string
	Groups   []struct {
		Rows, Bytes int64
		Sorted      [][]any
		Columns     []struct {
			Name        string
			Compression string
			Dictionary  bool
			ColumnIndex bool `json:"column_index"`
			OffsetIndex bool `json:"offset_index"`
			BloomFilter bool `json:"bloom_filter"`
		}
	}
}

func readArrow(t *testing.T, python string, file []byte) arrowView {
	t.Helper()
	path := filepath.Join(t.TempDir(), "table.parquet")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), python, filepath.Join("testdata", "pyarrow", "layout.py"), path)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pyarrow: %v\n%s", err, stderr.String())
	}
	var view arrowView
	if err := json.Unmarshal(out, &view); err != nil {
		t.Fatal(err)
	}
	return view
}

func TestPyarrowSeesTheLayout(t *testing.T) {
	interpreter := python(t)
	docs, mentions, _, _, _ := manyRows(t, 3000)
	const limit = 2 * pageBytes
	opts := Options{RowGroupBytes: limit, PipelineVersion: "v1", Fingerprint: "f1", Manifest: 7}
	var released []Released
	for _, d := range docs {
		released = append(released, Released{Document: d, Hans: d.Text, ClusterKind: "single"})
	}
	t.Run(Documents, func(t *testing.T) {
		view := readArrow(t, interpreter, encode(t, released, opts))
		checkLayout(t, view, [][]any{{"published", false, false}, {"source", false, false}, {"doc_id", false, false}}, []string{"source", "script", "cluster_kind"})
		if diff := cmp.Diff([]string{"published", "published_at", "raw"}, view.Nullable); diff != "" {
			t.Error(diff)
		}
		if len(view.Groups) < 3 {
			t.Errorf("%d row groups: they are not bounded by bytes", len(view.Groups))
		}
		for i, g := range view.Groups {
			if g.Bytes > limit+pageBytes {
				t.Errorf("row group %d has %d bytes", i, g.Bytes)
			}
		}
	})
	t.Run(Mentions, func(t *testing.T) {
		view := readArrow(t, interpreter, encode(t, mentions, opts))
		checkLayout(t, view, [][]any{{"category", false, false}, {"published", false, false}, {"doc_id", false, false}, {"seq", false, false}}, []string{"doc_id", "category", "place"})
		var units map[string]string
		if err := json.Unmarshal([]byte(view.Keys[KeyUnits]), &units); err != nil {
			t.Fatal(err)
		}
		for column, unit := range map[string]string{"start": "code points of text", "raw_end": "code points of raw_text", "value": ""} {
			if units[column] != unit {
				t.Errorf("the unit of %s is %q, want %q", column, units[column], unit)
			}
		}
		if view.Types["flags"] != "list<element: string not null>" || view.Types["as_of"] != "date32[day]" || view.Types["value"] != "int64" {
			t.Errorf("types: %v", view.Types)
		}
	})
}

// checkLayout wants what every file has: zstd and page indexes everywhere, a
// bloom filter on doc_id, dictionaries where values repeat.
func checkLayout(t *testing.T, view arrowView, sorted [][]any, dictionaries []string) {
	t.Helper()
	if view.Keys[KeyPipelineVersion] != "v1" || view.Keys[KeyFingerprint] != "f1" || view.Keys[KeyManifest] != "7" || view.Keys[KeyOffsets] != "code points" {
		t.Errorf("metadata: %v", view.Keys)
	}
	for i, g := range view.Groups {
		if diff := cmp.Diff(sorted, g.Sorted); diff != "" {
			t.Errorf("row group %d: sorting columns: %s", i, diff)
		}
		dictionary := map[string]bool{}
		for _, c := range g.Columns {
			dictionary[c.Name] = c.Dictionary
			if c.Compression != "ZSTD" || !c.ColumnIndex || !c.OffsetIndex {
				t.Errorf("row group %d: %+v", i, c)
			}
			if c.BloomFilter != (c.Name == "doc_id") {
				t.Errorf("row group %d: bloom filter of %s: %v", i, c.Name, c.BloomFilter)
			}
		}
		for _, name := range dictionaries {
			if !dictionary[name] {
				t.Errorf("row group %d: %s has no dictionary", i, name)
			}
		}
	}
}
