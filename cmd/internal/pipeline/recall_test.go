package pipeline

import (
	"bufio"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/corpus/sample/generate"
	"jianbao/index"
	"jianbao/index/query"
	"jianbao/segment/script"
)

// TestRelevance holds which sample must come first: lines of testdata/relevance.txt
// are a query, a tab and the address of an article.
func TestRelevance(t *testing.T) {
	p := newPipeline(t)
	dir := t.TempDir()
	ingestSamples(t, p, dir, IngestOptions{RunID: "r"})
	c := openCorpus(t, p, dir)
	f, err := os.Open("testdata/relevance.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for in := bufio.NewScanner(f); in.Scan(); n++ {
		q, want, ok := strings.Cut(in.Text(), "\t")
		if !ok {
			t.Fatalf("line %d: want a query, a tab and an address", n+1)
		}
		if got := found(t, c, q); len(got) == 0 || got[0] != want {
			t.Errorf("%s finds first %v, not %s", q, got[:min(1, len(got))], want)
		}
	}
	if n < 20 {
		t.Errorf("only %d queries", n)
	}
}

// recallArticles and recallTerms are the size of TestRecall.
const (
	recallArticles = 400
	recallTerms    = 200
)

// TestRecall holds that a term finds exactly the articles in whose folded text it
// stands as a word, or as a word inside one, in generated articles.
func TestRecall(t *testing.T) {
	p := newPipeline(t)
	g, err := generate.New(generate.Options{Seed: 7, Traditional: script.Unfold})
	if err != nil {
		t.Fatal(err)
	}
	docs, in := invented(p, g)
	r := indexed(t, p, docs)
	for _, term := range spaced(p, in, recallTerms) {
		res, err := r.Search(t.Context(), parseQuery(t, "text:"+term), index.SearchOptions{Size: -1})
		if err != nil {
			t.Fatalf("%s: %v", term, err)
		}
		var got []string
		for _, h := range res.Hits {
			got = append(got, h.ID)
		}
		slices.Sort(got)
		if diff := cmp.Diff(in[term], got); diff != "" {
			t.Errorf("%s (-scan +index):\n%s", term, diff)
		}
	}
}

// invented are generated articles, and the ids of those in which each word
// stands.
func invented(p *Pipeline, g *generate.Generator) (docs []index.Doc, in map[string][]string) {
	in = map[string][]string{}
	for i := range uint64(recallArticles) {
		a := g.Article(i)
		folded := fold(a.Body)
		d := index.Doc{ID: a.ID, Text: folded, Printed: a.Body, Tokens: p.segmenter.Append(nil, folded)}
		docs = append(docs, d)
		seen := map[string]bool{}
		for _, w := range termsOf(p, d) {
			if !seen[w] {
				seen[w] = true
				in[w] = append(in[w], d.ID)
			}
		}
	}
	for _, ids := range in {
		slices.Sort(ids)
	}
	return docs, in
}

// termsOf are the words of Han characters of an article and those inside them.
func termsOf(p *Pipeline, d index.Doc) []string {
	var out []string
	add := func(w string) {
		if strings.IndexFunc(w, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0 {
			out = append(out, w)
		}
	}
	for _, tok := range d.Tokens {
		word := d.Text[tok.Start:tok.End]
		add(word)
		for _, sub := range p.segmenter.SubWords([]corpus.Token(nil), word) {
			add(word[sub.Start:sub.End])
		}
	}
	return out
}

// spread are n words that are one word as queries too, from the rarest to the
// most frequent.
func spaced(p *Pipeline, in map[string][]string, n int) []string {
	var words []string
	for w := range in {
		if len(p.segmenter.Append(nil, w)) == 1 {
			words = append(words, w)
		}
	}
	slices.SortFunc(words, func(a, b string) int {
		if d := len(in[a]) - len(in[b]); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	out := make([]string, n)
	for i := range out {
		out[i] = words[i*(len(words)-1)/(n-1)]
	}
	return out
}

// indexed is an index of documents.
func indexed(t *testing.T, p *Pipeline, docs []index.Doc) *index.Reader {
	t.Helper()
	dir := t.TempDir()
	w, err := index.OpenWriter(dir, p.language(), index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Index(t.Context(), docs), w.Publish(t.Context(), 1), w.Close()); err != nil {
		t.Fatal(err)
	}
	r, err := index.OpenReader(dir, p.language())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func parseQuery(t *testing.T, q string) query.Node {
	t.Helper()
	n, err := query.Parse(q)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
