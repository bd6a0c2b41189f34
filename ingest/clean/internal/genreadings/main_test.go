package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestReadingsAreWhatTheGeneratorMakes(t *testing.T) {
	made := filepath.Join(t.TempDir(), "readings.txt")
	if out, err := exec.Command("go", "run", ".", made).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got, err := os.ReadFile(made)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("..", "..", "readings.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("readings.txt is not what the generator makes: run make generate")
	}
}
