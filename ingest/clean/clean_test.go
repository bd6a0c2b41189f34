package clean

import (
	"io/fs"
	"math/rand/v2"
	"path"
	"strings"
	"testing"

	"jianbao/corpus"
	"jianbao/corpus/sample"
)

// articles are the project's samples by file name.
func articles(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	names, err := fs.Glob(sample.FS(), "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		b, err := fs.ReadFile(sample.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(b)
	}
	return out
}

func mediaOf(name string) corpus.Media {
	if path.Ext(name) == ".html" {
		return corpus.HTML
	}
	return corpus.Text
}

func newCleaner(t testing.TB) *Cleaner {
	t.Helper()
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// checkEdits holds what every page promises: its edits alone rebuild its text,
// and its title is where it says.
func checkEdits(t *testing.T, source string, media corpus.Media) Page {
	t.Helper()
	page := newCleaner(t).Clean(source, media)
	got, err := corpus.Apply(source, page.Edits)
	if err != nil {
		t.Fatalf("edits of %.80q: %v", source, err)
	}
	if got != page.Text {
		t.Fatalf("edits of %.80q give %.80q, the text is %.80q", source, got, page.Text)
	}
	for i, e := range page.Edits {
		if !e.Applied || len(e.Kinds) == 0 || e.Confidence <= 0 || e.Confidence > 1 || e.Before == e.After {
			t.Fatalf("edit %d of %.80q: %+v", i, source, e)
		}
	}
	if s := page.TitleSpan; s.Start < 0 || s.End > len(source) || s.Start > s.End {
		t.Fatalf("title span %v of %d bytes", s, len(source))
	}
	return page
}

func TestSamples(t *testing.T) {
	source := articles(t)
	gold, err := sample.Gold()
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range gold {
		t.Run(g.File, func(t *testing.T) {
			page := checkEdits(t, source[g.File], mediaOf(g.File))
			if page.Title != g.Title {
				t.Errorf("title %q, want %q", page.Title, g.Title)
			}
			if page.Source != g.Source {
				t.Errorf("source %q, want %q", page.Source, g.Source)
			}
			if got := page.Published.String(); got != g.Published {
				t.Errorf("published %q, want %q", got, g.Published)
			}
			if got := strings.Join(page.Authors, " "); got != strings.Join(g.Authors, " ") {
				t.Errorf("authors %q, want %q", got, g.Authors)
			}
			if got := strings.Join(page.Editors, " "); got != strings.Join(g.Editors, " ") {
				t.Errorf("editors %q, want %q", got, g.Editors)
			}
			if !strings.HasPrefix(page.Text, g.FirstSentence) {
				t.Errorf("the body begins %.90q, want %.90q", page.Text, g.FirstSentence)
			}
			if !strings.HasSuffix(page.Text, g.LastSentence) {
				t.Errorf("the body ends %q, want %q", page.Text[max(0, len(page.Text)-90):], g.LastSentence)
			}
		})
	}
}

// Whatever happens to an article, its edits rebuild its text.
func TestMutatedSamples(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	for name, text := range articles(t) {
		for range 40 {
			checkEdits(t, mutate(r, text), mediaOf(name))
		}
	}
}

// mutate cuts, doubles and dirties a text at random places, also inside
// characters.
func mutate(r *rand.Rand, text string) string {
	dirt := []string{"\u200b", "(dǎng)", "&nbsp;", "１２", "\xff", "<p>", "\u00a0", "(", "）", "\n", "責編：", "\r", "&amp;ldquo;", "<!--"}
	for range 1 + r.IntN(8) {
		at := r.IntN(len(text) + 1)
		end := min(len(text), at+r.IntN(40))
		switch r.IntN(3) {
		case 0:
			text = text[:at] + text[end:]
		case 1:
			text = text[:end] + text[at:]
		default:
			text = text[:at] + dirt[r.IntN(len(dirt))] + text[at:]
		}
	}
	return text
}

func FuzzClean(f *testing.F) {
	for name, text := range articles(f) {
		f.Add(text, mediaOf(name) == corpus.HTML)
	}
	f.Add("個(gè)個(gè)", false)
	f.Add("<p>&nbsp;<script>", true)
	f.Fuzz(func(t *testing.T, text string, html bool) {
		media := corpus.Text
		if html {
			media = corpus.HTML
		}
		checkEdits(t, text, media)
	})
}
