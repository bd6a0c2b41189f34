package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"jianbao": func() {
			os.Exit(Run(context.Background(), os.Args[1:], Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
		},
	})
}

// The command line is tested by scripts; `go test ./cmd/internal/cli -update`
// rewrites the outputs that they compare.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"tree":      tree,
			"hold-lock": holdLock,
			"table":     nameTable,
			"cut":       cut,
			"replace":   replace,
			"read-only": readOnly,
			"powerless": powerless,
		},
	})
}

// exits N COMMAND...: the command ends with that exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	got, err := exitCodeOf(ts, args[1:])
	ts.Check(err)
	wantCode(ts, args[0], got)
}

// exitCodeOf runs a command.
func exitCodeOf(ts *testscript.TestScript, command []string) (int, error) {
	err := ts.Exec(command[0], command[1:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	return 0, err
}

func wantCode(ts *testscript.TestScript, code string, got int) {
	want, err := strconv.Atoi(code)
	ts.Check(err)
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// tree DIR FILE: writes the name, the time and the hash of every file of DIR.
func tree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tree DIR FILE")
	}
	var lines []string
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		b, err := os.ReadFile(path)
		sum := sha256.Sum256(b)
		lines = append(lines, path+" "+info.ModTime().String()+" "+hex.EncodeToString(sum[:]))
		return err
	}))
	slices.Sort(lines)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(strings.Join(lines, "\n")), 0o644))
}

// hold-lock FILE: holds the lock of a corpus until the script ends.
func holdLock(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hold-lock FILE")
	}
	l := flock.New(ts.MkAbs(args[0]))
	ok, err := l.TryLock()
	ts.Check(err)
	if !ok {
		ts.Fatalf("the lock is taken")
	}
	ts.Defer(func() {
		if err := l.Unlock(); err != nil {
			ts.Logf("unlock: %v", err)
		}
	})
}

// table DIR NAME VAR: sets VAR to the file of a table in the first batch.
func nameTable(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: table DIR NAME VAR")
	}
	paths, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "batches", "*", args[1]+".parquet"))
	ts.Check(err)
	if len(paths) == 0 {
		ts.Fatalf("no table %s", args[1])
	}
	ts.Setenv(args[2], paths[0])
}

// cut FILE: takes the last bytes of a file away.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: cut FILE")
	}
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b[:len(b)-9], 0o644))
}

// replace OLD NEW FILE: puts one string in place of another.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace OLD NEW FILE")
	}
	b, err := os.ReadFile(ts.MkAbs(args[2]))
	ts.Check(err)
	if !strings.Contains(string(b), args[0]) {
		ts.Fatalf("no %q in %s", args[0], args[2])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(strings.ReplaceAll(string(b), args[0], args[1])), 0o644))
}

// read-only DIR: nobody may write to DIR or below until the script ends.
func readOnly(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: read-only DIR")
	}
	allow := func(mode fs.FileMode) error {
		return filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() {
				return os.Chmod(path, mode|0o555)
			}
			return os.Chmod(path, mode|0o444)
		})
	}
	ts.Check(allow(0))
	ts.Defer(func() {
		if err := allow(0o200); err != nil {
			ts.Logf("allow writing: %v", err)
		}
	})
}
