package cluster

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jianbao/corpus"
)

// article is a generated document.
type article struct {
	id        string
	published *corpus.Date
	hans      string
}

func newArticle(seed uint64, hans string) article {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", seed, hans))
	a := article{id: hex.EncodeToString(sum[:16]), hans: hans}
	if sum[31]%4 > 0 {
		day := corpus.Date(18000 + int(sum[30])%40)
		a.published = &day
	}
	return a
}

func (a article) item() Item {
	sum := sha256.Sum256([]byte(a.hans))
	return Item{DocID: a.id, Published: a.published, TextSHA256: hex.EncodeToString(sum[:]), Signature: Sign(a.hans)}
}

func items(articles []article) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for _, a := range articles {
			if !yield(a.item(), nil) {
				return
			}
		}
	}
}

// textsOf fetches from articles, in their order.
func textsOf(articles []article) Texts {
	return func(_ context.Context, docIDs []string) iter.Seq2[Text, error] {
		return func(yield func(Text, error) bool) {
			if !slices.IsSorted(docIDs) {
				yield(Text{}, errors.New("doc_ids are not sorted"))
				return
			}
			for _, a := range articles {
				if _, ok := slices.BinarySearch(docIDs, a.id); ok && !yield(Text{a.id, a.hans}, nil) {
					return
				}
			}
		}
	}
}

// noTexts fails the test when a body is asked for.
func noTexts(t *testing.T) Texts {
	return func(_ context.Context, docIDs []string) iter.Seq2[Text, error] {
		t.Errorf("asked for the texts of %d documents", len(docIDs))
		return textsOf(nil)(t.Context(), docIDs)
	}
}

// prose is n random Han characters with commas and full stops in between.
func prose(r *rand.Rand, n int) []rune {
	out := make([]rune, 0, n+n/8)
	for i := range n {
		out = append(out, rune(0x4E00+r.IntN(3000)))
		switch {
		case i%40 == 39:
			out = append(out, '。')
		case i%11 == 10:
			out = append(out, '，')
		}
	}
	return out
}

// revise replaces about that many characters of text.
func revise(r *rand.Rand, text []rune, times int) []rune {
	out := slices.Clone(text)
	for range times {
		out[r.IntN(len(out))] = rune(0x8000 + r.IntN(3000))
	}
	return out
}

// family is a text and revisions of it, of revisions and of parts of it: a world in
// which all sorts of similarity occur.
func family(r *rand.Rand, size int) []string {
	texts := [][]rune{prose(r, 60+r.IntN(300))}
	for len(texts) < size {
		from := texts[r.IntN(len(texts))]
		switch next := revise(r, from, r.IntN(len(from)/40+2)); r.IntN(4) {
		case 0:
			texts = append(texts, next[:len(next)-r.IntN(len(next)/5+1)])
		case 1:
			texts = append(texts, append(prose(r, r.IntN(40)), next...))
		case 2:
			texts = append(texts, from)
		default:
			texts = append(texts, next)
		}
	}
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = string(text)
	}
	return out
}

// world is many families, shuffled.
func world(seed uint64, families, size int) []article {
	r := rand.New(rand.NewPCG(seed, 7))
	articles := []article{newArticle(seed, ""), newArticle(seed+1, ""), newArticle(seed, "图略"), newArticle(seed+2, "（略）")}
	for range families {
		for _, hans := range family(r, 1+r.IntN(size)) {
			articles = append(articles, newArticle(r.Uint64(), hans))
		}
	}
	r.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	return articles
}

func groupAll(t testing.TB, articles []article, opts Options) (*Result, []Row) {
	t.Helper()
	if opts.Dir == "" {
		opts.Dir = t.TempDir()
	}
	result, err := Group(t.Context(), items(articles), textsOf(articles), opts)
	if err != nil {
		t.Fatal(err)
	}
	return result, slices.Collect(result.Rows())
}

// exactJaccard is the definition, by strings.
func exactJaccard(a, b string) float64 {
	x, y := gramStrings(a), gramStrings(b)
	both := 0
	for g := range x {
		if y[g] {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(x)+len(y)-both)
}

// alike is how similar two bodies are for grouping: not at all when their
// numbers differ.
func alike(a, b string) float64 {
	x, y := numbersIn(a), numbersIn(b)
	if min(len(x), len(y)) >= minFigures {
		both := 0
		rest := slices.Clone(y)
		for _, n := range x {
			if i := slices.Index(rest, n); i >= 0 {
				both++
				rest = slices.Delete(rest, i, i+1)
			}
		}
		if 4*both < 3*max(len(x), len(y)) {
			return 0
		}
	}
	return exactJaccard(a, b)
}

func numbersIn(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func gramStrings(s string) map[string]bool {
	var kept []rune
	for _, r := range s {
		if counts(r) {
			kept = append(kept, r)
		}
	}
	grams := make(map[string]bool)
	for i := 0; i+gramLen <= len(kept); i++ {
		grams[string(kept[i:i+gramLen])] = true
	}
	return grams
}
