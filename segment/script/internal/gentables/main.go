// Gentables writes ../../tables.go and ../../unfold.bin: the tables of package
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

// run generates the two files in the folder dir, which holds overrides.txt.
func run(ctx context.Context, dir string) error {
	version, err := moduleVersion(ctx, goccModule)
	if err != nil {
		return err
	}
	dicts, err := loadDicts()
	if err != nil {
		return err
	}
	t, err := generate(dicts, filepath.Join(dir, "overrides.txt"))
	if err != nil {
		return err
	}
	src, err := t.source(version)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "tables.go"), src, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "unfold.bin"), t.unfold, 0o644)
}

// generate makes the tables for both directions.
func generate(d dicts, overridesPath string) (tables, error) {
	text, err := os.ReadFile(overridesPath)
	if err != nil {
		return tables{}, fmt.Errorf("read overrides: %w", err)
	}
	overrides, err := parseOverrides(string(text))
	if err != nil {
		return tables{}, fmt.Errorf("parse %s: %w", filepath.Base(overridesPath), err)
	}
	t, err := buildTables(d, overrides)
	if err != nil {
		return tables{}, err
	}
	return t, t.addUnfolding(d)
}

func moduleVersion(ctx context.Context, module string) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Version}}", module).Output()
	if err != nil {
		return "", fmt.Errorf("find the version of %s: %w", module, err)
	}
	return strings.TrimSpace(string(out)), nil
}
