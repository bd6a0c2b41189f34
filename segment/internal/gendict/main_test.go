package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// dict.bin and dict.bin.txt are what the generator makes, byte for byte. It
// runs as a program of its own, which the race detector does not slow down.
func TestGenerated(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "go", "run", ".", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"dict.bin", "dict.bin.txt"} {
		want, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator makes: run go generate in segment", name)
		}
	}
}

// All that is generated below segment, in bytes.
func TestGeneratedIsSmall(t *testing.T) {
	var sum int64
	for _, name := range []string{"dict.bin", "dict.bin.txt", "script/tables.go", "script/unfold.bin"} {
		info, err := os.Stat(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		sum += info.Size()
	}
	if sum > 12_000_000 {
		t.Errorf("the generated files have %d bytes, want at most 12 MB", sum)
	}
}
