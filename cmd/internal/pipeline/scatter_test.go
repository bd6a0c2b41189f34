package pipeline

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus/concordance"
)

// The measures are those of a single word, and the parts add up to the whole,
// however the corpus is parted.
func TestScatter(t *testing.T) {
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 5})
	ingestGenerated(t, p, dir, 200, IngestOptions{BatchDocuments: 50})
	c := openCorpus(t, p, dir)
	typed := []string{"黨員", "群众", "冰淇淋"}
	for _, by := range Partings() {
		for _, q := range []string{"", "党支部"} {
			s, err := c.Scatter(t.Context(), typed, by, TermOptions{Query: q})
			if err != nil {
				t.Fatal(err)
			}
			for i, word := range typed {
				d, err := c.Dispersion(t.Context(), word, TermOptions{Query: q})
				if err != nil {
					t.Fatal(err)
				}
				w := s.Words[i]
				want := ScatteredWord{Word: d.Word, Frequency: d.Frequency, PerMillion: d.PerMillion, Over: d.Over, Parts: w.Parts}
				if diff := cmp.Diff(want, w); diff != "" {
					t.Errorf("by %s: %s", by, diff)
				}
				checkParts(t, s, w, d)
			}
		}
	}
	if _, err := c.Scatter(t.Context(), []string{"党员", "，"}, ByTime, TermOptions{}); !errors.Is(err, ErrNoWord) {
		t.Errorf("a mark: %v", err)
	}
}

// checkParts wants the parts to be the articles that have a day, or all of them.
func checkParts(t *testing.T, s Scatter, w ScatteredWord, d Dispersion) {
	t.Helper()
	want, frequency := d.Articles, d.Frequency
	if s.By != BySource {
		want -= d.Undated
		frequency = 0
		for _, m := range d.Months {
			frequency += m.Frequency
		}
	}
	var articles, sum int64
	for i, p := range s.Parts {
		articles += p.Articles
		sum += w.Parts[i]
		if p.Articles == 0 {
			t.Errorf("by %s: part %+v is empty", s.By, p)
		}
	}
	if articles != want || sum != frequency || len(w.Parts) != len(s.Parts) || s.Undated != d.Undated || s.Total != d.Total {
		t.Errorf("by %s: %d articles in parts, want %d; %s %d times, want %d", s.By, articles, want, w.Word, sum, frequency)
	}
}

func TestPartition(t *testing.T) {
	c := sampleCorpus(t)
	s, err := c.Scatter(t.Context(), []string{"党员"}, ByTime, TermOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(s.Parts, func(a, b Part) int { return strings.Compare(a.First, b.First) }) || len(s.Parts) != 15 {
		t.Errorf("%d parts by time: %+v", len(s.Parts), s.Parts)
	}
	many := []partOf{{Part: Part{Name: "甲", Total: 2}}, {Part: Part{Total: 9}, articles: make([]scored, 2)}, {Part: Part{Name: "乙", Total: 3}}, {Part: Part{Name: "丙", Total: 1}, articles: make([]scored, 1)}}
	var names []string
	for _, p := range largest(many, 2) {
		names = append(names, p.Name)
	}
	if diff := cmp.Diff([]string{"乙", "甲", ""}, names); diff != "" {
		t.Error(diff)
	}
}

// What is drawn is the same each time, part of a larger draw, and told.
func TestDraw(t *testing.T) {
	c := sampleCorpus(t)
	articles := func(most int) ([]string, KWIC) {
		lines, about := concord(t, c, "党支部", KWICOptions{Most: most, Lines: concordance.Options{Order: concordance.Order{concordance.ByDate}}})
		var ids []string
		for _, l := range lines {
			ids = append(ids, l.DocID)
		}
		slices.Sort(ids)
		return slices.Compact(ids), about
	}
	all, about := articles(0)
	if about.Found != len(all) || about.Drawn != len(all) {
		t.Errorf("%d articles, %+v", len(all), about)
	}
	for most := 1; most < len(all); most++ {
		some, about := articles(most)
		if diff := cmp.Diff(all[:most], some); diff != "" || about.Found != len(all) || about.Drawn != most {
			t.Errorf("%+v: %s", about, diff)
		}
		o := TermOptions{N: 1, Limit: 5, Query: "党支部", Most: most}
		words, err := c.Words(t.Context(), o)
		if err != nil || words.Articles != int64(most) || words.Found != int64(len(all)) {
			t.Errorf("words of %d articles of %d, %v", words.Articles, words.Found, err)
		}
		keys, err := c.Keyness(t.Context(), "", o)
		if err != nil || keys.Articles != int64(most) || keys.Found != int64(len(all)) || keys.AgainstArticles > int64(most) {
			t.Errorf("keywords of %d articles of %d against %d, %v", keys.Articles, keys.Found, keys.AgainstArticles, err)
		}
	}
	if words, err := c.Words(t.Context(), TermOptions{N: 1, Limit: 5, Most: 17}); err != nil || words.Found != 0 || words.Articles != 17 {
		t.Errorf("nothing to draw: %d of %d, %v", words.Articles, words.Found, err)
	}
}

// Who stops waiting stops the counting.
func TestCountingInterrupted(t *testing.T) {
	c := sampleCorpus(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, count := range map[string]func() error{
		"words":   func() error { _, err := c.Words(ctx, TermOptions{N: 1, Limit: 5}); return err },
		"keyness": func() error { _, err := c.Keyness(ctx, "", TermOptions{Query: "党员", N: 1, Limit: 5}); return err },
		"scatter": func() error { _, err := c.Scatter(ctx, []string{"党员"}, ByYear, TermOptions{}); return err },
		"behind the choice": func() error {
			return c.eachText(ctx, func(string) bool { return true }, func(*counting) error { return nil })
		},
	} {
		if err := count(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
