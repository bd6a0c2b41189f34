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

const hyparquet = "testdata/hyparquet"

// needHyparquet ends the test unless hyparquet is installed: `npm ci` in
// testdata/hyparquet, as `make test` does.
func needHyparquet(t *testing.T) {
	t.Helper()
	_, noNode := exec.LookPath("node")
	_, noModule := os.Stat(filepath.Join(hyparquet, "node_modules", "hyparquet"))
	switch {
	case noNode == nil && noModule == nil:
	case os.Getenv("CI") != "":
		t.Fatalf("hyparquet is not installed in %s: %v, %v", hyparquet, noNode, noModule)
	default:
		t.Skipf("SKIPPED: the tables are not checked by another implementation of Parquet: run npm ci in %s (%v, %v)", hyparquet, noNode, noModule)
	}
}

// foreignView is what read.mjs prints.
type foreignView struct {
	Columns []string
	Keys    map[string]string
	Groups  int
	Rows    any
}

func readForeign(t *testing.T, file []byte) foreignView {
	t.Helper()
	path := filepath.Join(t.TempDir(), "table.parquet")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "node", filepath.Join(hyparquet, "read.mjs"), path)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("hyparquet: %v\n%s", err, stderr.String())
	}
	var view foreignView
	if err := json.Unmarshal(out, &view); err != nil {
		t.Fatal(err)
	}
	return view
}

// checkForeign holds what hyparquet reads against what was written, both as
// JSON.
func checkForeign[T Row[T]](t *testing.T, rows []T, columns []string) {
	t.Helper()
	view := readForeign(t, encode(t, rows, Options{RowGroupBytes: 4096, BatchID: "b1"}))
	text, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	var want any
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, view.Rows); diff != "" {
		t.Errorf("rows (-want +got):\n%.3000s", diff)
	}
	if view.Keys[KeyOffsets] != "code points" || view.Keys[KeyBatchID] != "b1" {
		t.Errorf("metadata: %v", view.Keys)
	}
	have := make(map[string]bool)
	for _, c := range view.Columns {
		have[c] = true
	}
	for _, c := range columns {
		if !have[c] {
			t.Errorf("no column %q in %q", c, view.Columns)
		}
	}
}

func TestHyparquetReadsTheTables(t *testing.T) {
	needHyparquet(t)
	docs, mentions, edits, sentences, sightings := manyRows(t, 30)
	t.Run(Documents, func(t *testing.T) {
		checkForeign(t, docs, []string{
			"doc_id REQUIRED BYTE_ARRAY STRING",
			"authors REQUIRED LIST",
			"list REPEATED",
			"element REQUIRED BYTE_ARRAY STRING",
			"published OPTIONAL INT32 DATE",
			"published_at OPTIONAL INT64 TIMESTAMP MICROS",
			"ingested_at REQUIRED INT64 TIMESTAMP MICROS",
			"raw OPTIONAL BYTE_ARRAY",
			"record REQUIRED BYTE_ARRAY JSON",
		})
	})
	t.Run(Mentions, func(t *testing.T) {
		checkForeign(t, mentions, []string{
			"value OPTIONAL INT64 INTEGER",
			"magnitude OPTIONAL INT64 INTEGER",
			"as_of OPTIONAL INT32 DATE",
			"flags REQUIRED LIST",
			"counted REQUIRED BOOLEAN",
		})
	})
	t.Run(Edits, func(t *testing.T) {
		checkForeign(t, edits, []string{"kinds REQUIRED LIST", "confidence REQUIRED DOUBLE"})
	})
	t.Run(Sentences, func(t *testing.T) { checkForeign(t, sentences, []string{"token_ends REQUIRED LIST"}) })
	t.Run(Sightings, func(t *testing.T) {
		checkForeign(t, sightings, []string{"fetched_at OPTIONAL INT64 TIMESTAMP MICROS"})
	})
	t.Run(Batches, func(t *testing.T) {
		checkForeign(t, []Batch{{BatchID: "1", Documents: 1 << 40, StartedAt: TimestampOf(written)}}, []string{"documents REQUIRED INT64 INTEGER"})
	})
}
