package cli

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the outputs in scripts and docs")

// docs are the files whose console blocks are run.
var docs = []string{
	"README.md", "docs/analysts.md", "docs/corpus-linguistics.md", "docs/counts.md", "docs/operations.md", "docs/query.md", "docs/rules.md",
}

var (
	console = regexp.MustCompile("(?s)```console\n(.*?)```\n")
	// volatile is what differs from run to run.
	volatile = []struct {
		find *regexp.Regexp
		put  string
	}{
		{regexp.MustCompile(`\S*jianbao-demo-\d+`), "/tmp/jianbao-demo-1"},
		{regexp.MustCompile(`batches/(\d{10})-[0-9a-f]{8}`), "batches/$1-0a1b2c3d"},
		{regexp.MustCompile(`\b20\d\d-\d\d-\d\dT[0-9:.]+Z\b`), "2026-01-02T03:04:05Z"},
		{regexp.MustCompile(`"run_id":"[^"]*"`), `"run_id":"20260102T030405Z-0a1b2c3d"`},
		{regexp.MustCompile(`"seconds":[0-9.e-]+`), `"seconds":0.1`},
		{regexp.MustCompile(`"took_ms":[0-9.]+`), `"took_ms":1.5`},
		{regexp.MustCompile(`(?m)^(\w+ +\d+) +\d+  (\S+\.parquet)$`), "$1  12345  $2"},
		{regexp.MustCompile(`(?m)^(\w+ +\d+ +\d+) +\d+$`), "$1  12345"},
	}
)

// Every command of the docs is run as it stands, in one directory a file, and
// must print what the docs show. `-update` rewrites the docs.
func TestDocs(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range docs {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(root, name)
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			t.Chdir(dir)
			linkNamed(t, root, string(src))
			got := console.ReplaceAllStringFunc(string(src), func(block string) string {
				return "```console\n" + strings.ReplaceAll(replay(t, console.FindStringSubmatch(block)[1]), dir, "/home/you") + "```\n"
			})
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(src), got); diff != "" {
				t.Errorf("%s shows something else than its commands print (-shown +printed):\n%s", name, diff)
			}
		})
	}
}

// linkNamed puts those folders of the repository that a page names where it says.
func linkNamed(t *testing.T, root, page string) {
	t.Helper()
	for _, folder := range []string{"examples", "corpus/sample/articles"} {
		if !strings.Contains(page, folder) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join(root, folder), folder); err != nil {
			t.Fatal(err)
		}
	}
}

// replay runs the commands of a block, each on a line that begins with $, and
// returns the block with what they print.
func replay(t *testing.T, block string) string {
	t.Helper()
	var out strings.Builder
	for line := range strings.Lines(block) {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		out.WriteString(line)
		command = strings.TrimSpace(command)
		args, ok := strings.CutPrefix(command, "go run ./cmd/jianbao ")
		if !ok {
			args, ok = strings.CutPrefix(command, "jianbao ")
		}
		if !ok {
			t.Fatalf("%q: only jianbao is run", command)
		}
		var stdout, stderr bytes.Buffer
		code := Run(t.Context(), fields(args), Streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr})
		if code != ExitDone {
			t.Errorf("%s: exit code %d: %s", command, code, stderr.String())
		}
		out.WriteString(steady(stdout.String() + stderr.String()))
	}
	return out.String()
}

func steady(s string) string {
	for _, v := range volatile {
		s = v.find.ReplaceAllString(s, v.put)
	}
	return s
}

// fields splits a command line at spaces outside single quotes.
func fields(s string) []string {
	var out []string
	quoted := false
	for _, part := range strings.FieldsFunc(s, func(r rune) bool {
		if r == '\'' {
			quoted = !quoted
		}
		return r == ' ' && !quoted
	}) {
		out = append(out, strings.ReplaceAll(part, "'", ""))
	}
	return out
}
