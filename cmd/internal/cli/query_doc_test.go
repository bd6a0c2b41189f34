package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// example is a row of a table in docs/query.md: a query and what it finds.
var example = regexp.MustCompile("(?m)^\\| `(.+?)` \\| (\\S+) \\|")

// Every query of docs/query.md finds what the page says, on the samples.
// `-update` rewrites the numbers.
func TestQueryDoc(t *testing.T) {
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "docs", "query.md"))
	if err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, code := runWith("demo", "-c", dir); code != ExitDone {
		t.Fatalf("demo: exit code %d", code)
	}
	rows := 0
	got := example.ReplaceAllStringFunc(string(src), func(row string) string {
		rows++
		parts := example.FindStringSubmatch(row)
		finds := "refused"
		out, code := runWith("search", "-c", dir, "-o", "json", "--", strings.ReplaceAll(parts[1], `\|`, "|"))
		switch code {
		case ExitDone:
			var answer struct{ Total int }
			if err := json.Unmarshal(out, &answer); err != nil {
				t.Fatalf("%s: %v", parts[1], err)
			}
			finds = strconv.Itoa(answer.Total)
		case ExitUsage:
		default:
			t.Fatalf("%s: exit code %d", parts[1], code)
		}
		if finds != parts[2] && !*update {
			t.Errorf("%s finds %s, not %s", parts[1], finds, parts[2])
		}
		return "| `" + parts[1] + "` | " + finds + " |"
	})
	if rows < 50 {
		t.Errorf("only %d examples were found", rows)
	}
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// runWith runs a command and returns what it prints.
func runWith(args ...string) ([]byte, int) {
	var out, log bytes.Buffer
	code := Run(context.Background(), args, Streams{In: strings.NewReader(""), Out: &out, Err: &log})
	return out.Bytes(), code
}
