package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// notebooks is where the notebooks are, from this package.
const notebooks = "../../../examples/notebooks"

// needPython is the interpreter that `make test` sets up; the test ends without
// it.
func needPython(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../../../bin/venv/bin/python")
	if err == nil {
		_, err = os.Stat(path)
	}
	switch {
	case err == nil:
	case os.Getenv("CI") != "":
		t.Fatalf("python is not installed: %v", err)
	default:
		t.Skipf("SKIPPED: the notebook is not run: run make venv (%v)", err)
	}
	return path
}

// must runs a command line and returns what it prints.
func must(t *testing.T, args ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := Run(t.Context(), args, Streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr}); code != ExitDone {
		t.Fatalf("jianbao %v: exit code %d: %s", args, code, stderr.String())
	}
	return stdout.Bytes()
}

// notebook is what of an .ipynb file is compared.
type notebook struct {
	Cells []struct {
		Source  any
		Outputs []struct {
			Text any
			Data map[string]any
		}
	}
}

func readNotebook(t *testing.T, path string) notebook {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var n notebook
	if err := json.Unmarshal(text, &n); err != nil {
		t.Fatal(err)
	}
	for _, cell := range n.Cells {
		for _, o := range cell.Outputs {
			// As drawn, these differ from machine to machine.
			for _, kind := range []string{"image/png", "text/html"} {
				if _, ok := o.Data[kind]; ok {
					o.Data[kind] = "there"
				}
			}
		}
	}
	return n
}

// The notebook is run on a fresh release of the sample articles. It asserts
// that its figures are those of the command line, and it must print what it
// shows. `-update` rewrites what it shows.
func TestNotebook(t *testing.T) {
	python, dir := needPython(t), t.TempDir()
	corpus, release := filepath.Join(dir, "corpus"), filepath.Join(dir, "release")
	must(t, "demo", "-c", corpus)
	must(t, "export", "-c", corpus, release)
	for name, says := range map[string][]byte{
		"stats.json":    must(t, "stats", "-c", corpus, "-o", "json"),
		"extract.jsonl": must(t, "extract", "../../../corpus/sample/articles"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), says, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	start, executed := filepath.Join(notebooks, "start.ipynb"), filepath.Join(dir, "start.ipynb")
	cmd := exec.CommandContext(t.Context(), python, filepath.Join("testdata", "notebook", "run.py"), start, executed)
	cmd.Env = append(os.Environ(), "JIANBAO_RELEASE="+release, "JIANBAO_SAYS="+dir, "IPYTHONDIR="+dir, "MPLCONFIGDIR="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("run the notebook: %v\n%s", err, out)
	}
	if *update {
		text, err := os.ReadFile(executed)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(start, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(readNotebook(t, start), readNotebook(t, executed)); diff != "" {
		t.Errorf("the notebook shows something else than it prints; -update rewrites it (-shown +printed):\n%.3000s", diff)
	}
}
