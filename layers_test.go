// Package jianbao_test holds what is true of the whole module: which package
// may import which.
package jianbao_test

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "jianbao/"

// layer says what of ours the packages below a folder may import. Arrows point
// down only.
var layers = []struct {
	folder string
	may    []string
	why    string
}{
	{"corpus", []string{"corpus"}, "the shapes stand on the ground"},
	{"corpus/release", []string{"corpus/release", "corpus/table", "corpus/sheet"}, "a release is tables; it does not know how a corpus keeps them"},
	{"ingest", []string{"ingest", "corpus"}, "reading knows nothing of what is done with a document"},
	{"segment", []string{"segment", "corpus"}, "words do not depend on where a text comes from"},
	{"extract", []string{"extract", "corpus"}, "rules work on any folded text"},
	{"extract/number", []string{"corpus"}, "numbers are read without any rule"},
	{"extract/place", []string{"extract/place", "corpus"}, "whose a count is does not depend on what is counted"},
	{"extract/asof", []string{"extract/number", "corpus"}, "nor does of which day it is"},
	{"index", []string{"index", "corpus"}, "the index is fed; cmd/internal/pipeline alone knows by whom"},
	{"cmd/internal/pipeline", []string{"cmd/internal/pipeline", "ingest", "segment", "extract", "index", "corpus"}, "the order of the stages is not the command line's business"},
	{"cmd/internal/web", []string{"cmd/internal/pipeline", "extract", "index/query", "index", "corpus"}, "pages show what the pipeline answers"},
	{"cmd/internal/cli", []string{"cmd/internal", "ingest", "extract", "index/query", "index", "corpus"}, "the command line asks the pipeline"},
	{"cmd/internal/scale", []string{"cmd/internal/pipeline", "ingest", "segment/script", "corpus"}, "it measures what the pipeline does, with articles that the generator makes"},
	{"cmd/jianbao", []string{"cmd/internal/cli"}, "main is thin"},
	{"cmd/jianbao-generate", []string{"corpus/sample/generate", "segment/script"}, "it writes what the generator makes"},
}

// bans are libraries that only some packages may import.
var bans = []struct {
	library string
	only    []string
	why     string
}{
	{"github.com/blevesearch/", []string{"index"}, "one adapter, so that the index can be replaced"},
	{"github.com/parquet-go/", []string{"corpus/table"}, "its traps (dates, optional zeros, lists) are dealt with in one place"},
	{"github.com/spf13/cobra", []string{"cmd/internal/cli"}, "flags are the command line's"},
	{"github.com/gofrs/flock", []string{"corpus/store"}, "one lock, one owner"},
	{"go.yaml.in/yaml", []string{"extract"}, "rules are the only YAML"},
	{"golang.org/x/net/html", []string{"ingest"}, "markup ends in cleaning"},
}

// unlinked are modules that the shipped program must not hold.
var unlinked = []struct{ module, why string }{
	{"github.com/liuzl/cedar-go", "GPL-2.0: see docs/decisions/0002-generated-tables.md"},
	{"github.com/liuzl/gocc", "links cedar-go; the fold tables are generated from it"},
	{"github.com/liuzl/da", "part of gocc"},
	{"github.com/go-ego/gse", "loads for more than a second; the dictionary is a snapshot of its own"}, // but for linked
	{"github.com/mozillazg/go-pinyin", "the readings are a generated table"},
	{"github.com/chromedp/chromedp", "a browser is for tests"},
	{"github.com/santhosh-tekuri/jsonschema/v6", "schemas are for editors and tests; extract checks rules itself"},
}

// linked is what is taken of such a module all the same: gse's hidden Markov
// model needs no dictionary and is loaded when new words are looked for.
var linked = []string{"github.com/go-ego/gse/hmm"}

type goPackage struct {
	ImportPath string
	Imports    []string
	Module     *struct{ Path string }
}

// list runs go list.
func list(t *testing.T, args ...string) []goPackage {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list", "-json=ImportPath,Imports,Module"}, args...)...).Output()
	if err != nil {
		t.Fatalf("go list %v: %v", args, err)
	}
	var all []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p goPackage
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// below reports whether package path lies in one of the folders.
func below(path string, folders []string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return path == f || strings.HasPrefix(path, f+"/") })
}

func TestArrowsPointDown(t *testing.T) {
	for _, p := range list(t, "./...") {
		path := strings.TrimPrefix(p.ImportPath, module)
		for _, l := range layers {
			if !below(path, []string{l.folder}) {
				continue
			}
			for _, i := range p.Imports {
				if ours, ok := strings.CutPrefix(i, module); ok && !below(ours, l.may) {
					t.Errorf("%s imports %s, but %s may import only %v of ours: %s", path, ours, l.folder, l.may, l.why)
				}
			}
		}
		for _, b := range bans {
			for _, i := range p.Imports {
				if strings.HasPrefix(i, b.library) && !below(path, b.only) {
					t.Errorf("%s imports %s, which only %v may: %s", path, i, b.only, b.why)
				}
			}
		}
	}
}

func TestShapesStandOnTheGround(t *testing.T) {
	for _, i := range list(t, "./corpus")[0].Imports {
		if strings.Contains(strings.SplitN(i, "/", 2)[0], ".") || strings.HasPrefix(i, module) {
			t.Errorf("corpus imports %s: it uses the standard library only", i)
		}
	}
}

func TestWhatIsNotLinked(t *testing.T) {
	for _, p := range list(t, "-deps", "./cmd/jianbao") {
		for _, u := range unlinked {
			if p.Module != nil && p.Module.Path == u.module && !slices.Contains(linked, p.ImportPath) {
				t.Errorf("the program links %s: %s", p.ImportPath, u.why)
			}
		}
	}
}
