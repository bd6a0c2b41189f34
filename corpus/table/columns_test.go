package table

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite docs/schema.md")

// schema is every table, in the order of docs/schema.md.
func schema() []struct {
	name, about string
	columns     []Column
} {
	return []struct {
		name, about string
		columns     []Column
	}{
		{Documents, "One row an article. Sorted by published, source, doc_id.", Columns[Released]()},
		{Mentions, "One row a count. Sorted by category, published, doc_id, seq.", Columns[Mention]()},
		{Edits, "One row a repair or a doubt. Sorted by doc_id, seq.", Columns[Edit]()},
		{Sentences, "One row a sentence of the text, with its words. Sorted by doc_id, seq.", Columns[Sentence]()},
		{Sightings, "One row an address of an article. Sorted by doc_id, uri.", Columns[Sighting]()},
		{Summaries, "In a release only. Counted mentions of one article a cluster. Sorted by category, month, place, adcode.", Columns[Summary]()},
		{Hits, "In what the search page of `jianbao serve` hands out only. One row an article that was found, in the order of the hits.", Columns[Hit]()},
		{Clusters, "In a corpus only: `clusters.parquet`, which a release joins to its documents. Sorted by doc_id.", Columns[Cluster]()},
	}
}

func TestEveryColumnIsExplained(t *testing.T) {
	explained := map[string]bool{}
	tables := append(schema(), struct {
		name, about string
		columns     []Column
	}{Batches, "", Columns[Batch]()})
	for _, table := range tables {
		for _, c := range table.columns {
			explained[table.name+"."+c.Name] = true
			if c.Meaning == "" {
				t.Errorf("columns.txt does not explain %s.%s", table.name, c.Name)
			}
		}
	}
	for key := range sayings() {
		if !explained[key] {
			t.Errorf("columns.txt explains %s, which no table has", key)
		}
	}
	for i, line := range strings.Split(strings.TrimSpace(columnsText), "\n") {
		if !strings.HasPrefix(line, "#") && strings.Count(line, "\t") != 2 {
			t.Errorf("columns.txt:%d: not three fields parted by tabs", i+1)
		}
	}
}

// docs/schema.md is made of the rows: `go test ./corpus/table -update` writes it.
func TestSchemaDocument(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "schema.md")
	want := schemaDocument()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(have)); diff != "" {
		t.Errorf("docs/schema.md is not what the rows are (run go test ./corpus/table -update):\n%s", diff)
	}
}

const schemaIntroduction = `# Tables

Every table and column, as a corpus keeps them (` + "`jianbao files`" + `) and a release hands them out (` + "`jianbao export`" + `).
Names and types are those of the Parquet files. A column without "null" is never null: unknown text is empty, a list
without elements is an empty list. Offsets are half-open and count code points, so that Python's ` + "`text[start:end]`" + ` is right.

Files are compressed with zstd and have page indexes, a bloom filter on doc_id and, in each row group, the order that is
named below (nulls last). Their key-value metadata name the table, the unit of each column (` + "`units`" + `), the version of the
pipeline and its fingerprint, and the batch or the manifest that they are of. In a release each table is parted by the year
of publication of the article: ` + "`published_year`" + `, a column of the folders' names, null where it is unknown.

This page is made by ` + "`go test ./corpus/table -update`" + `.
`

func schemaDocument() string {
	var b strings.Builder
	b.WriteString(schemaIntroduction)
	for _, table := range schema() {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n| column | type | null | unit | meaning |\n|---|---|---|---|---|\n", table.name, table.about)
		for _, c := range table.columns {
			kind, null := c.Type, ""
			if c.List {
				kind = "LIST of " + kind
			}
			if c.Nullable {
				null = "null"
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", c.Name, kind, null, c.Unit, c.Meaning)
		}
	}
	return b.String()
}
