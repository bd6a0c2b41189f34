package extract

import (
	"fmt"
	"slices"
)

// Schemas are the kinds of rule files that have a JSON Schema: packs, and what
// all packs share.
func Schemas() []string { return []string{"pack", "common"} }

// Schema is the JSON Schema (2020-12) of a kind of rule files, with which an
// editor completes and explains keys. Load and Check know more than it says.
func Schema(kind string) (string, error) {
	if !slices.Contains(Schemas(), kind) {
		return "", fmt.Errorf("no schema of %q (one of %v)", kind, Schemas())
	}
	src, err := bundled.ReadFile("rules/" + kind + ".schema.json")
	if err != nil {
		return "", fmt.Errorf("read schema: %w", err)
	}
	return string(src), nil
}
