package extract

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jianbao/corpus"
)

// prose are the paths of twelve articles with few counts among many other numbers, as crawled ones have.
func prose(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "prose", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no articles: %v", err)
	}
	return files
}

// Articles that were written apart from the engine.
func TestProse(t *testing.T) {
	const floor = 0.95
	f, err := os.Open(filepath.Join("testdata", "prose", "gold.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want := map[string][]mentionGold{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var g struct {
			Doc string
			mentionGold
		}
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		want[g.Doc] = append(want[g.Doc], g.mentionGold)
	}
	r := newReader(t, bundledRules(t))
	right, wrong, missed := 0, 0, 0
	for _, name := range prose(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got := slices.DeleteFunc(r.printed(string(text)), func(m corpus.Mention) bool {
			return !slices.Contains([]string{"branch", "cadre", "checkpoint"}, m.Category)
		})
		for _, g := range want[strings.TrimSuffix(filepath.Base(name), ".txt")] {
			i := slices.IndexFunc(got, g.agrees)
			if i < 0 {
				missed++
				t.Logf("%s: missed %s %s", name, g.NumberText, g.Head)
				continue
			}
			right++
			got = slices.Delete(got, i, i+1)
		}
		if wrong += len(got); len(got) > 0 {
			t.Logf("%s: wrong %s", name, Summary(got))
		}
	}
	if f1 := 2 * float64(right) / float64(2*right+wrong+missed); right == 0 || f1 < floor {
		t.Errorf("right %d, wrong %d, missed %d: F1 %.3f is below %.2f", right, wrong, missed, f1, floor)
	}
}

// hostile are pieces of sentences without end.
var hostile = []string{
	"1", "干部", "、", "干部5", "3名干部、", "3名", "“3名", "每3个党支部", "其中3名干部", "分别3个", "的3名", "（3名", "）3名", "由3个党支部", "3|", "党支部|\n3|\n",
	"党支部\t3\n", "一名", "干部里，有3名", "，3个", "3名干部中，4名", "第3批", "党支部9个，五星级1个、", "“”", "有3个足球场大的",
}

// A sentence without end takes no longer than its length: were the time to grow with the square of it, this
// would take hours. See BenchmarkHostile.
func TestHostile(t *testing.T) {
	const size = 1 << 18
	r := newReader(t, bundledRules(t))
	for _, unit := range hostile {
		text := strings.Repeat(unit, size/len(unit))
		for _, m := range r.read(text) {
			if m.Span.Start < 0 || m.Span.End > len(text) || m.Number.Empty() {
				t.Fatalf("%s: a mention at %v of %d bytes", unit, m.Span, len(text))
			}
		}
	}
}
