package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// model.bin and model.bin.txt are what the generator makes, byte for byte. It
// runs as a program of its own, which the race detector does not slow down.
func TestGenerated(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "go", "run", ".", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"model.bin", "model.bin.txt"} {
		want, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator makes: run go generate in ingest/clean/recode", name)
		}
		if len(got) > 3<<19 {
			t.Errorf("%s has %d bytes, want at most 1.5 MB", name, len(got))
		}
	}
}

func TestUserDefinedPairs(t *testing.T) {
	for pair, want := range map[uint16]rune{
		0xAAA1: 0xE000, 0xAFFE: 0xE233, 0xF8A1: 0xE234, 0xFEFE: 0xE4C5, 0xA140: 0xE4C6, 0xA7A0: 0xE765,
		0xA1A3: '。', 0xFC68: '黨', 0xB5B3: '党', 0x817F: 0, 0xA3BB: '；', 0xA7C4: 0xE7A2,
	} {
		if got := decodePair(byte(pair>>8), byte(pair)); got != want {
			t.Errorf("%04X is %U, want %U", pair, got, want)
		}
	}
}

func TestFollow(t *testing.T) {
	s, err := count("灯塔 30 n\n灯 10 n\n塔 60 n\n")
	if err != nil {
		t.Fatal(err)
	}
	if inside, across := s.follow('灯', '塔'), s.follow('塔', '灯'); inside < 0.75 || across > 0.41 {
		t.Errorf("inside a word %.2f, across %.2f", inside, across)
	}
	if _, err := count("灯塔 viele n\n"); err == nil {
		t.Error("a frequency that is no number passed")
	}
}
