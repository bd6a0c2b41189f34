package pipeline

import (
	"errors"
	"testing"

	"jianbao/corpus/frequency"
	"jianbao/corpus/words"
)

// everything lists all words, each once.
var everything = TermOptions{N: 1, Limit: 1 << 20, Least: 1, StopWords: true}

func sampleCorpus(t *testing.T) *Corpus {
	t.Helper()
	p, dir := newPipeline(t), t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{BatchDocuments: 5})
	return openCorpus(t, p, dir)
}

// plainWords counts the words of all texts another way: from the tokens of the
// printed text.
func plainWords(t *testing.T, c *Corpus) (perWord map[string]int64, total int64) {
	t.Helper()
	perWord = map[string]int64{}
	for d, err := range c.store.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range c.p.Segment(d.Text).Words() {
			if w = words.Normal(fold(w)); words.KindOf(w) == words.Plain {
				perWord[w]++
				total++
			}
		}
	}
	return perWord, total
}

func TestWords(t *testing.T) {
	c := sampleCorpus(t)
	o := everything
	o.Reprints = true
	found, err := c.Words(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	want, total := plainWords(t, c)
	var sum int64
	for _, r := range found.Words {
		sum += r.Frequency
		if r.Frequency != want[r.Word] {
			t.Errorf("%s %d times, want %d", r.Word, r.Frequency, want[r.Word])
		}
	}
	if found.Articles != 18 || found.Total != total || sum != total || len(found.Words) != len(want) {
		t.Errorf("%d words in %d articles, %d in the list of %d, want %d and %d", found.Total, found.Articles, sum, len(found.Words), total, len(want))
	}
	once, err := c.Words(t.Context(), everything)
	if err != nil {
		t.Fatal(err)
	}
	if once.Articles != 17 || once.Total >= total {
		t.Errorf("reprints once: %d articles of %d words", once.Articles, once.Total)
	}
}

// A sub-corpus and the rest are the corpus, whichever way reprints count.
func TestKeynessSides(t *testing.T) {
	c := sampleCorpus(t)
	for _, reprints := range []bool{false, true} {
		o := everything
		o.Reprints = reprints
		all, err := c.Words(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		perWord := map[string]frequency.Row{}
		for _, r := range all.Words {
			perWord[r.Word] = r
		}
		o.Query = "田埂" // of the article with a reprint
		k, err := c.Keyness(t.Context(), "", o)
		if err != nil {
			t.Fatal(err)
		}
		if k.Articles == 0 || k.Articles+k.AgainstArticles != all.Articles || k.Total+k.AgainstTotal != all.Total || k.Both != 0 {
			t.Errorf("reprints %v: %d and %d articles, %d and %d words; in all %d and %d",
				reprints, k.Articles, k.AgainstArticles, k.Total, k.AgainstTotal, all.Articles, all.Total)
		}
		for _, w := range k.Words {
			if r := perWord[w.Word]; w.Frequency+w.AgainstFrequency != r.Frequency || w.Documents+w.AgainstDocuments != r.Documents {
				t.Errorf("reprints %v: %+v, in all %+v", reprints, w, r)
			}
		}
	}
}

func TestKeynessAgainst(t *testing.T) {
	c := sampleCorpus(t)
	o := everything
	o.Query = "党支部"
	k, err := c.Keyness(t.Context(), "党支部", o)
	if err != nil {
		t.Fatal(err)
	}
	if k.Both == 0 || k.Both != k.Articles || k.Total != k.AgainstTotal {
		t.Errorf("against itself: %d articles, %d in both", k.Articles, k.Both)
	}
	for _, w := range k.Words {
		if w.G2 != 0 || w.LogRatio != 0 {
			t.Errorf("against itself: %+v", w)
		}
	}
	o.Query = "冰淇淋"
	if k, err = c.Keyness(t.Context(), "", o); err != nil || k.Articles != 0 || len(k.Words) != 0 {
		t.Errorf("of no article: %d words, %v", len(k.Words), err)
	}
}

func TestCollocatesAndDispersion(t *testing.T) {
	c := sampleCorpus(t)
	all, err := c.Words(t.Context(), everything)
	if err != nil {
		t.Fatal(err)
	}
	var want frequency.Row
	for _, r := range all.Words {
		if r.Word == "党员" {
			want = r
		}
	}
	near, err := c.Collocates(t.Context(), "黨員", Span{5, 5}, frequency.ByG2, everything)
	if err != nil {
		t.Fatal(err)
	}
	if near.Node != "党员" || near.Nodes != want.Frequency || near.Nodes+near.Others != all.Total {
		t.Errorf("%+v, in the list %+v of %d", near, want, all.Total)
	}
	d, err := c.Dispersion(t.Context(), "黨員", everything)
	if err != nil {
		t.Fatal(err)
	}
	if d.Frequency != want.Frequency || d.Total != all.Total || d.Over[0].With != want.Documents || d.Over[0].Number != all.Articles {
		t.Errorf("%+v, in the list %+v", d.Over, want)
	}
	var months, undated int64
	for _, m := range d.Months {
		months += m.Frequency
	}
	for row, err := range c.store.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if row.Published == nil {
			undated++
		}
	}
	if d.Undated != undated || months > d.Frequency || months == 0 {
		t.Errorf("%d undated, want %d; %d of %d in months", d.Undated, undated, months, d.Frequency)
	}
	for _, typed := range []string{"", "。", " "} {
		if _, err := c.Dispersion(t.Context(), typed, everything); !errors.Is(err, ErrNoWord) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}
