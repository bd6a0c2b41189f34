// Gentables writes ../../tables.go: the folding and script tables of package
// script, from gocc's dictionaries and overrides.txt.
//
// It runs in the folder of package script, by "go generate".
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const goccModule = "github.com/liuzl/gocc"

func main() {
	if err := run(context.Background(), "."); err != nil {
		fmt.Fprintln(os.Stderr, "gentables:", err)
		os.Exit(1)
	}
}

// run generates tables.go in the folder dir, which holds overrides.txt.
func run(ctx context.Context, dir string) error {
	src, err := generate(ctx, filepath.Join(dir, "overrides.txt"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "tables.go"), src, 0o644)
}

// generate is the Go source of the tables.
func generate(ctx context.Context, overridesPath string) ([]byte, error) {
	version, err := moduleVersion(ctx, goccModule)
	if err != nil {
		return nil, err
	}
	dicts, err := loadDicts()
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(overridesPath)
	if err != nil {
		return nil, fmt.Errorf("read overrides: %w", err)
	}
	overrides, err := parseOverrides(string(text))
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", filepath.Base(overridesPath), err)
	}
	t, err := buildTables(dicts, overrides)
	if err != nil {
		return nil, err
	}
	return t.source(version)
}

func moduleVersion(ctx context.Context, module string) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Version}}", module).Output()
	if err != nil {
		return "", fmt.Errorf("find the version of %s: %w", module, err)
	}
	return strings.TrimSpace(string(out)), nil
}
