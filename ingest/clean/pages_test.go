package clean

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"jianbao/corpus"
)

// page is what a page must give.
type page map[string]string

// pages are the invented pages of testdata, each with what it must give.
func pages(t *testing.T) (names []string, sources map[string]string, gold map[string]page) {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "pages.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	sources, gold = map[string]string{}, map[string]page{}
	for _, f := range archive.Files {
		stem, isGold := strings.CutSuffix(f.Name, ".gold")
		if !isGold {
			names = append(names, f.Name)
			sources[f.Name] = string(f.Data)
			continue
		}
		want := page{}
		for line := range strings.Lines(string(f.Data)) {
			if key, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ":"); ok {
				want[key] = strings.TrimSpace(value)
			}
		}
		gold[stem] = want
	}
	return names, sources, gold
}

// Pages of seventy layouts: what is read of their heads and tails, and where
// their bodies begin and end. Not every layout can be told; the floor says how
// many fields of all are right.
func TestPages(t *testing.T) {
	const floor = 0.95
	names, sources, gold := pages(t)
	right, all := map[string]int{}, 0
	for _, name := range names {
		want := gold[strings.TrimSuffix(name, filepath.Ext(name))]
		got := checkEdits(t, sources[name], mediaOf(name))
		for key, ok := range map[string]bool{
			"title":   got.Title == want["title"],
			"date":    got.Published.String() == want["date"],
			"source":  got.Source == want["source"],
			"authors": strings.Join(got.Authors, "、") == want["authors"],
			"editors": strings.Join(got.Editors, "、") == want["editors"],
			"place":   got.Place == want["place"],
			"first":   strings.HasPrefix(got.Text, want["first"]),
			"last":    strings.HasSuffix(got.Text, want["last"]),
		} {
			all++
			if ok {
				right[key]++
				continue
			}
			t.Logf("%s: %s: want %q, got %q", name, key, want[key], map[string]string{
				"title": got.Title, "date": got.Published.String(), "source": got.Source, "authors": strings.Join(got.Authors, "、"),
				"editors": strings.Join(got.Editors, "、"), "place": got.Place,
				"first": cutAt(got.Text, 60), "last": got.Text[max(0, len(got.Text)-60):],
			}[key])
		}
	}
	sum := 0
	for _, n := range right {
		sum += n
	}
	share := float64(sum) / float64(all)
	t.Logf("right of %d pages: %v; %.3f of all fields", len(names), right, share)
	if share < floor {
		t.Errorf("%.3f of the fields are right, fewer than %.2f", share, floor)
	}
}

// dirt is a line of testdata/dirt.jsonl.
type dirt struct {
	ID, Dirty, Clean, Repairable string
	Kinds                        []string
}

// Damaged lines come out as they must, and clean ones as they were.
func TestDirt(t *testing.T) {
	const floor = 0.95
	f, err := os.Open(filepath.Join("testdata", "dirt.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	full, repaired := 0, 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var d dirt
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		got := strings.TrimSpace(checkEdits(t, d.Dirty, corpus.Text).Text)
		switch ok := got == strings.TrimSpace(d.Clean); {
		case d.Repairable != "full" && !ok:
			t.Errorf("%s: clean text %q came back as %q", d.ID, d.Clean, got)
		case d.Repairable == "full":
			full++
			if ok {
				repaired++
			} else {
				t.Logf("%s %v:\n dirty %q\n want  %q\n got   %q", d.ID, d.Kinds, d.Dirty, d.Clean, got)
			}
		}
	}
	t.Logf("repaired %d of %d", repaired, full)
	if share := float64(repaired) / float64(full); share < floor {
		t.Errorf("%.3f of the damaged lines are repaired, fewer than %.2f", share, floor)
	}
}
