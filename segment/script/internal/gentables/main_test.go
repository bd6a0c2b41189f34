package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tables.go and unfold.bin are what the generator makes, byte for byte.
func TestGenerated(t *testing.T) {
	dir := t.TempDir()
	overrides, err := os.ReadFile("../../overrides.txt")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/overrides.txt", overrides, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"tables.go", "unfold.bin"} {
		want, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(dir + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator makes: run go generate in segment/script", name)
		}
	}
}

func TestParseOverrides(t *testing.T) {
	got, err := parseOverrides("# comment\n\n著\t着\t沿著\t沿着\n")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]override{{"著", "着"}}, got, cmp.AllowUnexported(override{})); diff != "" {
		t.Error(diff)
	}
	for _, tt := range []struct{ name, text, want string }{
		{"columns", "#\n著\t着\n", "line 2: want 4 columns"},
		{"length", "台帳\t账\ta\tb\n", "line 1: 台帳 and 账 differ in length"},
		{"twice", "著\t着\ta\tb\n著\t著\ta\tb\n", "line 2: 著 is there twice"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parseOverrides(tt.text)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q in it", err, tt.want)
			}
		})
	}
}
