package index

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/index/query"
)

// TestMentionsAreHighlighted holds, of random documents of several segments and
// random questions about mentions, that those mentions are highlighted which
// query.Count.Matcher says match, that each hit has one, and that what a query
// forbids is none of them.
func TestMentionsAreHighlighted(t *testing.T) {
	rnd := rand.New(rand.NewPCG(11, 12))
	r, docs := rewritten(t, rnd, mentioning(rnd, 150))
	byID := map[string]*Doc{}
	for i := range docs {
		byID[docs[i].ID] = &docs[i]
	}
	shown, without := 0, 0
	for range 200 {
		wanted, forbidden := askedOfMentions(rnd), askedOfMentions(rnd)
		nodes := []query.Node{wanted.node, query.Not{Node: forbidden.node}}
		n, either := query.Node(query.And{Nodes: nodes}), rnd.IntN(2) == 0
		if either { // hits may have what is forbidden
			n = query.Or{Nodes: nodes}
		}
		res, err := r.Search(t.Context(), n, SearchOptions{Size: -1})
		if err != nil {
			t.Fatalf("%s: %v", n, err)
		}
		h := r.Highlighter(n)
		for _, hit := range res.Hits {
			want := wanted.places(byID[hit.ID])
			if len(want) == 0 && !either {
				t.Fatalf("%s: %s has no such mention", n, hit.ID)
			}
			checkMentions(t, h, r, hit.ID, want)
			if shown += len(want); len(want) == 0 {
				without++
			}
		}
	}
	if shown < 1000 || without < 100 {
		t.Errorf("only %d mentions, and %d hits without", shown, without)
	}
}

// checkMentions holds that the places of mentions in a document are those, and
// its snippets pieces with some of them, all marked.
func checkMentions(t *testing.T, h *Highlighter, r *Reader, id string, want []corpus.Span) {
	t.Helper()
	s, err := r.Stored(t.Context(), id)
	must(t, err)
	mentions, err := s.Mentions()
	must(t, err)
	var got []corpus.Span
	for _, m := range h.mentioned(s.Text, mentions) {
		got = append(got, m.span)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("mentions in %s (-want +got):\n%s", id, diff)
	}
	snippets := h.Snippets(s.Text, s.Text, mentions)
	if (len(snippets) == 0) != (len(want) == 0) {
		t.Fatalf("%d snippets of %s, which has %d mentions", len(snippets), id, len(want))
	}
	slices.SortFunc(want, func(a, b corpus.Span) int { return a.Start - b.Start })
	for _, s := range snippets {
		inside := slices.DeleteFunc(slices.Clone(want), func(w corpus.Span) bool { return !s.Span.Contains(w) })
		if diff := cmp.Diff(merged(inside), s.Highlights); diff != "" || len(inside) == 0 {
			t.Fatalf("highlights of %v in %s (-want +got):\n%s", s.Span, id, diff)
		}
	}
}

// TestSnippetsOfWordsAndCounts: a query of both has a snippet of each, wherever
// they are and however many there are of the other.
func TestSnippetsOfWordsAndCounts(t *testing.T) {
	gap := strings.Repeat("村民在山村，", 20)
	words, counts := strings.Repeat("卡口"+gap, 5), strings.Repeat("村民，"+gap, 5)
	h := testHighlighter(t, "卡口 count(value:>=1)")
	for name, text := range map[string]string{"words first": words + counts, "counts first": counts + words} {
		var mentions []Mention
		runes := []rune(text)
		for i := range runes {
			if strings.HasPrefix(string(runes[i:min(i+3, len(runes))]), "村民，") {
				mentions = append(mentions, Mention{query.Mention{Category: "branch", Value: corpus.Some(1)}, i, i + 2})
			}
		}
		got := map[string]int{}
		for _, s := range h.Snippets(text, text, mentions) {
			for _, x := range s.Highlights {
				got[x.Of(text)]++
			}
		}
		if got["卡口"] == 0 || got["村民"] == 0 {
			t.Errorf("%s: highlights %v", name, got)
		}
	}
}

// mentionQuestion is a node of a query and what it asks of one mention.
type mentionQuestion struct {
	node  query.Node
	count query.Count
}

// askedOfMentions are questions in all the forms that ask for mentions.
func askedOfMentions(rnd *rand.Rand) mentionQuestion {
	category, term := one(rnd, someCategories), one(rnd, []string{"支部", "黨支部", "covid"})
	is := func(field, text string) query.Node { return query.Term{Field: field, Text: text} }
	all := func(nodes ...query.Node) query.Count { return query.Count{Node: query.And{Nodes: nodes}} }
	switch rnd.IntN(6) {
	case 0:
		n := someRange(rnd, category)
		return mentionQuestion{n, all(is(query.Category, category), query.Range{Field: query.CountValue, Lo: n.Lo, Hi: n.Hi})}
	case 1:
		return mentionQuestion{query.Phrase{Field: category, Text: term}, all(is(query.Category, category), is(query.CountTerm, term))}
	case 2:
		glob := query.Wildcard{Field: query.CountTerm, Pattern: "*支?"}
		return mentionQuestion{query.Wildcard{Field: category, Pattern: glob.Pattern}, all(is(query.Category, category), glob)}
	case 3:
		return mentionQuestion{is(query.Category, category), all(is(query.Category, category))}
	case 4:
		return mentionQuestion{is(query.Rule, "A/pre"), all(is(query.Rule, "a/pre"))}
	}
	c := query.Count{Node: someQuestion(rnd, 3)}
	return mentionQuestion{c, c}
}

// places are those of the mentions of d that the question is about.
func (q mentionQuestion) places(d *Doc) []corpus.Span {
	l, points := testLanguage(), corpus.NewCodePoints(d.Text)
	test := q.count.Matcher(l.normalText)
	var out []corpus.Span
	for _, m := range l.foldMentions(d.Mentions) {
		if test(&m.Mention) {
			out = append(out, points.Bytes(m.Start, m.End))
		}
	}
	return out
}
