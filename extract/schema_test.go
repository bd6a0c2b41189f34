package extract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// schemaOf is a schema as it is read and as it is printed.
func schemaOf(t *testing.T, kind string) (map[string]any, *jsonschema.Schema) {
	t.Helper()
	src, err := Schema(kind)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(kind+".schema.json", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile(kind + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return doc.(map[string]any), compiled
}

// The schemas have the keys of the structs, no others, and explain each.
func TestSchemasAreTheStructs(t *testing.T) {
	for kind, root := range map[string]any{"pack": Pack{}, "common": Common{}} {
		doc, _ := schemaOf(t, kind)
		sameKeys(t, doc, doc, reflect.TypeOf(root), kind)
	}
}

// sameKeys compares the properties of a schema with the keys of a struct, down
// through lists. A schema of several forms is compared by the one that is an
// object.
func sameKeys(t *testing.T, doc, schema map[string]any, typ reflect.Type, path string) {
	t.Helper()
	if ref, ok := schema["$ref"].(string); ok {
		target, ok := doc["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
		if !ok {
			t.Fatalf("%s: no definition %s", path, ref)
		}
		sameKeys(t, doc, target, typ, path)
		return
	}
	switch typ.Kind() {
	case reflect.Pointer:
		sameKeys(t, doc, schema, typ.Elem(), path)
	case reflect.Slice:
		if items, ok := schema["items"].(map[string]any); ok {
			sameKeys(t, doc, items, typ.Elem(), path)
		} else if schema["maxItems"] != json.Number("0") {
			t.Errorf("%s is a list in Go only", path)
		}
	case reflect.Struct:
		sameFields(t, doc, object(schema), typ, path)
	default:
		want := map[reflect.Kind]string{reflect.String: "string", reflect.Int: "integer", reflect.Int64: "integer", reflect.Bool: "boolean"}[typ.Kind()]
		if schema["type"] != want && schema["enum"] == nil {
			t.Errorf("%s is %v in the schema and %s in Go", path, schema["type"], typ)
		}
	}
}

func sameFields(t *testing.T, doc, schema map[string]any, typ reflect.Type, path string) {
	t.Helper()
	if schema["additionalProperties"] != false {
		t.Errorf("%s takes any key", path)
	}
	properties, _ := schema["properties"].(map[string]any)
	names, types := keys(typ)
	for _, name := range names {
		p, ok := properties[name].(map[string]any)
		if !ok {
			t.Errorf("%s: the schema lacks %s", path, name)
			continue
		}
		if p["title"] == nil || p["description"] == nil && p["$ref"] == nil {
			t.Errorf("%s.%s is not explained", path, name)
		}
		sameKeys(t, doc, p, types[name], path+"."+name)
	}
	for name := range properties {
		if !slices.Contains(names, name) {
			t.Errorf("%s: only the schema knows %s", path, name)
		}
	}
}

// object is the form of a schema that has properties.
func object(schema map[string]any) map[string]any {
	forms, _ := schema["oneOf"].([]any)
	for _, f := range forms {
		if o, ok := f.(map[string]any); ok && o["properties"] != nil {
			return o
		}
	}
	return schema
}

func TestSchemaEnums(t *testing.T) {
	doc, _ := schemaOf(t, "pack")
	var wantPatterns, wantModifiers []any
	for _, p := range patterns {
		wantPatterns = append(wantPatterns, string(p))
	}
	for _, m := range modifiers {
		wantModifiers = append(wantModifiers, string(m))
	}
	for name, want := range map[string][]any{"pattern": wantPatterns, "modifier": wantModifiers} {
		def := doc["$defs"].(map[string]any)[name].(map[string]any)
		if diff := cmp.Diff(want, def["enum"]); diff != "" {
			t.Errorf("%s (-Go +schema):\n%s", name, diff)
		}
		for _, value := range want {
			if !strings.Contains(def["description"].(string), value.(string)+": ") {
				t.Errorf("the %s %s is not explained", name, value)
			}
		}
	}
}

// validate reads YAML as an editor does and returns what a schema says of it.
func validate(t *testing.T, schema *jsonschema.Schema, src []byte) error {
	t.Helper()
	var value any
	if err := yaml.Unmarshal(src, &value); err != nil {
		t.Fatal(err)
	}
	asJSON, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	if value, err = jsonschema.UnmarshalJSON(strings.NewReader(string(asJSON))); err != nil {
		t.Fatal(err)
	}
	return schema.Validate(value)
}

// Every rule file of the project is valid, and tells the editor by which schema.
func TestRuleFilesAreValid(t *testing.T) {
	_, pack := schemaOf(t, "pack")
	_, common := schemaOf(t, "common")
	for _, folder := range []string{"rules", "../examples/rules"} {
		files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", folder, len(files), err)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			schema, name := pack, "pack.schema.json"
			if filepath.Base(file) == commonFile {
				schema, name = common, "common.schema.json"
			}
			if err := validate(t, schema, src); err != nil {
				t.Errorf("%s: %v", file, err)
			}
			first, _, _ := strings.Cut(string(src), "\n")
			path, ok := strings.CutPrefix(first, "# yaml-language-server: $schema=")
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), path)); !ok || err != nil || filepath.Base(path) != name {
				t.Errorf("%s begins %q, which leads to no %s: %v", file, first, name, err)
			}
		}
	}
}

// A schema refuses what Load and Check refuse, as far as it can.
func TestSchemaRefuses(t *testing.T) {
	_, schema := schemaOf(t, "pack")
	if err := validate(t, schema, []byte(pack("x"))); err != nil {
		t.Fatal(err)
	}
	for name, line := range map[string]string{
		"no category":         "category: ''",
		"version 0":           "version: 0",
		"no classifiers":      "classifiers: []",
		"no patterns":         "patterns: []",
		"unknown pattern":     "patterns: [sideways]",
		"a pattern twice":     "patterns: [pre, pre]",
		"no heads":            "heads: []",
		"white space":         "heads: [木 瓜]",
		"a head's key":        "heads: [{term: 木瓜, kind: b}]",
		"a head without term": "heads: [{subtype: b}]",
		"a word twice":        "not_heads: [木瓜籽, 木瓜籽]",
		"one example":         "examples: [{text: 木瓜, matches: []}]",
		"neither":             "examples: [{text: 木瓜}, {text: 木瓜, matches: []}]",
		"both":                "examples: [{text: 木瓜, expect: [{value: 1}], matches: []}, {text: 木瓜, matches: []}]",
		"matches something":   "examples: [{text: 木瓜, matches: [木瓜]}, {text: 木瓜, matches: []}]",
		"unknown modifier":    "examples: [{text: ⟦1个木瓜⟧, expect: [{modifier: more}]}, {text: 木瓜, matches: []}]",
		"a word for a number": "examples: [{text: ⟦1个木瓜⟧, expect: [{value: one}]}, {text: 木瓜, matches: []}]",
		"a compound":          "heads: [木瓜]\ncompounds: [{first: [冬]}]",
		"unknown key":         "version: 1\ncolour: red",
	} {
		if err := validate(t, schema, []byte(pack("x", line))); err == nil {
			t.Errorf("%s is valid", name)
		}
	}
	if _, err := Schema("packs"); err == nil {
		t.Error("a schema of packs")
	}
}
