package index

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/index/query"
)

// TestCountQuery holds that the keys of mentions say what a test of each mention
// says, whatever is asked.
func TestCountQuery(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	r, docs := rewritten(t, rnd, mentioning(rnd, 200))
	hits := 0
	for range 400 {
		c := query.Count{Node: someQuestion(rnd, 4)}
		res, err := r.Search(t.Context(), c, SearchOptions{Size: -1})
		if err != nil {
			t.Fatalf("%s: %v", c, err)
		}
		var got []string
		for _, h := range res.Hits {
			got = append(got, h.ID)
		}
		slices.Sort(got)
		want := withMention(docs, c)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", c, diff)
		}
		if len(got) > 0 && len(got) < len(docs) {
			hits++
		}
	}
	if hits < 100 {
		t.Errorf("only %d questions tell documents apart", hits)
	}
}

// TestGreatestValue: documents sorted by value stand in the order of their
// greatest counted values, those without one last.
func TestGreatestValue(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	r, docs := rewritten(t, rnd, mentioning(rnd, 100))
	greatest := map[string]int64{}
	for _, d := range docs {
		greatest[d.ID] = -1
		for _, m := range d.Mentions {
			if m.Category == "cadre" && m.Counted && m.Value.Valid {
				greatest[d.ID] = max(greatest[d.ID], m.Value.N)
			}
		}
	}
	res, err := r.Search(t.Context(), query.All{}, SearchOptions{Size: -1, Order: Order{By: ByValue, Category: "cadre"}})
	if err != nil {
		t.Fatal(err)
	}
	var got []int64
	for _, h := range res.Hits {
		got = append(got, greatest[h.ID])
	}
	want := slices.Sorted(maps.Values(greatest))
	slices.Reverse(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

// mentioningText is a text without marks, which snippets leave out at their ends.
var mentioningText = strings.Repeat("村民在山村值守卡口", 40)

// mentioning are n documents with some mentions.
func mentioning(rnd *rand.Rand, n int) []Doc {
	var docs []Doc
	for i := range n {
		d := testDoc(testLanguage(), fmt.Sprintf("%03d", i), "", mentioningText)
		d.Printed, d.Mentions = d.Text, someMentions(rnd)
		docs = append(docs, d)
	}
	return docs
}

// rewritten indexes docs in several segments, some of them twice with other
// mentions and some deleted again, and returns those that are left.
func rewritten(t *testing.T, rnd *rand.Rand, docs []Doc) (*Reader, []Doc) {
	t.Helper()
	dir := t.TempDir()
	w := writer(t, dir, Options{BatchDocs: 70})
	before := slices.Clone(docs)
	for i := range before {
		if i%9 == 0 {
			before[i].Mentions = someMentions(rnd)
		}
	}
	var again, left []Doc
	var gone []string
	for i, d := range docs {
		switch {
		case i%9 == 0:
			again = append(again, d)
		case i%7 == 0:
			gone = append(gone, d.ID)
			continue
		}
		left = append(left, d)
	}
	err := errors.Join(w.Index(t.Context(), before), w.Index(t.Context(), again), w.Delete(t.Context(), gone), w.Publish(t.Context(), 1))
	if err != nil {
		t.Fatal(err)
	}
	return opened(t, dir), left
}

// withMention are the ids of docs that have a mention such as c asks for.
func withMention(docs []Doc, c query.Count) []string {
	l := testLanguage()
	test := c.Matcher(l.normalText)
	var ids []string
	for _, d := range docs {
		if slices.ContainsFunc(l.foldMentions(d.Mentions), func(m Mention) bool { return test(&m.Mention) }) {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

var (
	someCategories = []string{"branch", "cadre", "checkpoint", "cadre.old"}
	somePlaces     = []string{"", "百色", "廣西 百色市", "广西 百色市 右江区", "南宁市", "右江", "色百", strings.Repeat("长", 40), strings.Repeat("长", 40) + "县 a"}
	someDays       = []string{"", "", "2020-02-23", "2020-03-01", "2019-12-31"}
	someTerms      = []string{"", "支部", "黨支部", "Covid"}
	someFlags      = []string{"joint", "subtotal", "before"}
	someAdcodes    = []string{"", "451000", "451002", "450100"}
)

func one[T any](rnd *rand.Rand, of []T) T { return of[rnd.IntN(len(of))] }

// someNumber is a number of any length, short ones more often.
func someNumber(rnd *rand.Rand) int64 {
	n := rnd.Int64N(10)
	for range rnd.IntN(1 + rnd.IntN(8)) {
		n = 10*n + rnd.Int64N(10)
	}
	return n
}

func someMentions(rnd *rand.Rand) []Mention {
	n := rnd.IntN(6)
	if rnd.IntN(30) == 0 {
		n = 2*blockMentions + rnd.IntN(blockMentions)
	}
	out := make([]Mention, n)
	for i := range out {
		start := rnd.IntN(utf8.RuneCountInString(mentioningText) - 9)
		out[i].Start, out[i].End = start, start+1+rnd.IntN(9)
		m := &out[i].Mention
		*m = query.Mention{
			Category: one(rnd, someCategories), Term: one(rnd, someTerms), Subtype: one(rnd, someTerms), Unit: one(rnd, someTerms),
			Modifier: one(rnd, []string{"exact", "over"}), Rule: one(rnd, []string{"a/pre", "a/post"}),
			Place: one(rnd, somePlaces), Adcode: one(rnd, someAdcodes), AsOf: one(rnd, someDays), Counted: rnd.IntN(2) == 0,
		}
		if rnd.IntN(2) == 0 {
			m.Flags = []string{one(rnd, someFlags), one(rnd, someFlags)}
		}
		if rnd.IntN(4) > 0 {
			m.Value = corpus.Some(someNumber(rnd))
		}
		if m.Lo, m.Hi = m.Value, m.Value; rnd.IntN(2) == 0 {
			lo := someNumber(rnd)
			m.Lo = corpus.Int64{N: lo, Valid: rnd.IntN(3) > 0}
			m.Hi = corpus.Int64{N: lo + someNumber(rnd), Valid: rnd.IntN(3) > 0}
		}
		if !m.Lo.Valid {
			m.Lo.N = 0
		}
		if !m.Hi.Valid {
			m.Hi.N = 0
		}
	}
	return out
}

// someQuestion is a tree of what can stand in count( ).
func someQuestion(rnd *rand.Rand, depth int) query.Node {
	if depth == 0 {
		return someAtom(rnd)
	}
	nodes := make([]query.Node, 2+rnd.IntN(2))
	for i := range nodes {
		nodes[i] = someQuestion(rnd, rnd.IntN(depth))
	}
	switch rnd.IntN(6) {
	case 0, 1, 2:
		return query.And{Nodes: nodes}
	case 3:
		return query.Or{Nodes: nodes}
	case 4:
		return query.Not{Node: nodes[0]}
	}
	return someAtom(rnd)
}

func someAtom(rnd *rand.Rand) query.Node {
	switch rnd.IntN(12) {
	case 0, 1:
		return query.Term{Field: query.Category, Text: one(rnd, someCategories)}
	case 2, 3:
		return someRange(rnd, one(rnd, []string{query.CountValue, query.CountValue, query.CountLo, query.CountHi}))
	case 4:
		day := func() query.Bound {
			return query.Bound{Text: one(rnd, []string{"", "2020", "2020-02", "2020-02-23"}), Open: rnd.IntN(2) == 0}
		}
		return query.Range{Field: query.CountAsOf, Lo: day(), Hi: day()}
	case 5:
		return query.Term{Field: query.CountCounted, Text: one(rnd, []string{"true", "false"})}
	case 6:
		return query.Phrase{Field: query.Place, Text: one(rnd, somePlaces)}
	case 7:
		return query.Term{Field: query.Place, Text: one(rnd, []string{"百", "色", "市 右", "广西", "长", "没有", "长县"})}
	case 8:
		return query.Wildcard{Field: one(rnd, []string{query.Place, query.CountTerm}), Pattern: one(rnd, []string{"*", "百*", "*市", "*支部", "?色*", "广西*区"})}
	case 9:
		return query.Term{Field: query.CountFlag, Text: one(rnd, someFlags)}
	case 10:
		if rnd.IntN(2) == 0 {
			return query.Wildcard{Field: query.CountAdcode, Pattern: one(rnd, []string{"4510*", "*", "*2"})}
		}
		return query.Term{Field: query.CountAdcode, Text: one(rnd, someAdcodes)}
	}
	field := one(rnd, []string{query.CountTerm, query.CountSubtype, query.CountUnit, query.CountModifier, query.Rule})
	return query.Term{Field: field, Text: one(rnd, append([]string{"exact", "a/pre"}, someTerms...))}
}

func someRange(rnd *rand.Rand, field string) query.Range {
	lo := someNumber(rnd)
	r := query.Range{
		Field: field,
		Lo:    query.Bound{Text: fmt.Sprint(lo), Open: rnd.IntN(2) == 0}, Hi: query.Bound{Text: fmt.Sprint(lo + someNumber(rnd)), Open: rnd.IntN(2) == 0},
	}
	switch rnd.IntN(4) {
	case 0:
		r.Lo = query.Bound{}
	case 1:
		r.Hi = query.Bound{}
	case 2:
		if rnd.IntN(4) == 0 {
			r.Lo, r.Hi = query.Bound{}, query.Bound{}
		}
	}
	return r
}

// TestCountCancelled: a search of mentions ends when it is told to.
func TestCountCancelled(t *testing.T) {
	r := published(t, searchDocs())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := r.Search(ctx, parse(t, "count(place:百 value:>=1)"), SearchOptions{Size: 1})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
