package index

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus"
	"jianbao/index/query"
)

// dated are documents with sources, days and values; "late" and "early" are one
// cluster.
func dated() []Doc {
	l := testLanguage()
	rows := []struct {
		id, source string
		day        int // 0: unknown
		values     []int64
		script     corpus.Script
	}{
		{"early", "廣西日报", 18262, []int64{5, 90}, corpus.Hant},
		{"late", "广西日报", 18341, []int64{90}, corpus.Hans},
		{"middle", "山村快讯", 18300, []int64{7}, corpus.Hans},
		{"none", "", 0, nil, corpus.Hans},
		{"other", "百色通讯", 18341, []int64{100}, corpus.Hans},
	}
	var docs []Doc
	for _, row := range rows {
		d := testDoc(l, row.id, "", "卡口值守")
		d.Source, d.Script, d.Province = row.source, row.script, "广西"
		if row.day > 0 {
			d.Published = corpus.Moment{Time: corpus.Date(row.day).Time(), Precision: corpus.ToDay}
		}
		for _, v := range row.values {
			d.Mentions = append(d.Mentions, placed(query.Mention{Category: "branch", Term: "党支部", Value: corpus.Some(v), Counted: true})...)
		}
		docs = append(docs, d)
	}
	docs[2].Mentions = append(docs[2].Mentions, placed(query.Mention{Category: "branch", Term: "党支部", Value: corpus.Some(1000)})...) // not counted
	return docs
}

func clusterRows(pairs ...string) iter.Seq2[[2]string, error] {
	return func(yield func([2]string, error) bool) {
		for i := 0; i < len(pairs); i += 2 {
			if !yield([2]string{pairs[i], pairs[i+1]}, nil) {
				return
			}
		}
	}
}

func TestOrder(t *testing.T) {
	r := published(t, dated())
	reprints, err := r.Reprints(t.Context(), clusterRows("early", "early", "late", "early", "unknown", "early"))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		order, query string
		reprints     *Reprints
		want         string
	}{
		{"relevance", "卡口", nil, "late other middle early none"},
		{"-date", "卡口", nil, "late other middle early none"},
		{"date", "卡口", nil, "early middle late other none"},
		{"source", "卡口", nil, "middle late early other none"},
		{"-source", "卡口", nil, "other late early middle none"},
		{"value:branch", "卡口", nil, "other late early middle none"},
		{"-value:branch", "卡口", nil, "middle late early other none"},
		{"value:cadre", "卡口", nil, "late other middle early none"},
		{"relevance", "卡口", reprints, "other middle early+1 none"},
		{"date", "卡口", reprints, "early+1 middle other none"},
		{"-date", "卡口", reprints, "late+1 other middle none"},
		{"date", "卡口 source:日报 published:>=2020-03", reprints, "late"},
		{"date", "卡口 -published:2020-01", reprints, "middle late other none"},
	}
	for _, tt := range tests {
		order, err := ParseOrder(tt.order, []string{"branch", "cadre"})
		if err != nil || order.String() != tt.order {
			t.Errorf("order %s: %v, %v", tt.order, order, err)
		}
		res, err := r.Search(t.Context(), parse(t, tt.query), SearchOptions{Size: -1, Order: order, Reprints: tt.reprints})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range res.Hits {
			id := h.ID
			if h.Reprints > 0 {
				id = fmt.Sprintf("%s+%d", id, h.Reprints)
			}
			got = append(got, id)
		}
		if diff := cmp.Diff(strings.Fields(tt.want), got); diff != "" || res.Total != len(got) {
			t.Errorf("%s by %s, %d hits (-want +got):\n%s", tt.query, tt.order, res.Total, diff)
		}
		for n := range got { // the same a hit at a time
			one, err := r.Search(t.Context(), parse(t, tt.query), SearchOptions{Size: 1, From: n, Order: order, Reprints: tt.reprints})
			if err != nil || len(one.Hits) != 1 || one.Hits[0] != res.Hits[n] {
				t.Errorf("%s by %s from %d: %+v, %v; want %+v", tt.query, tt.order, n, one.Hits, err, res.Hits[n])
			}
		}
	}
	for _, wrong := range []string{"size", "date:x", "value", "value:x", "--date"} {
		if o, err := ParseOrder(wrong, []string{"branch"}); err == nil {
			t.Errorf("order %s: %+v, want an error", wrong, o)
		}
	}
}

func TestFacets(t *testing.T) {
	r := published(t, dated())
	names, err := ParseFacets([]string{"source", "place", "Year", "month", "category", "script", "province"})
	if err != nil {
		t.Fatal(err)
	}
	reprints, err := r.Reprints(t.Context(), clusterRows("early", "early", "late", "early"))
	if err != nil {
		t.Fatal(err)
	}
	res, err := r.Search(t.Context(), parse(t, "卡口"), SearchOptions{Facets: names, Reprints: reprints})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]FacetCount{
		"source":   {{"山村快讯", 1}, {"广西日报", 1}, {"百色通讯", 1}},
		"province": {{"广西", 4}}, "city": {}, "county": {},
		"year":     {{"2020", 3}},
		"month":    {{"2020-01", 1}, {"2020-02", 1}, {"2020-03", 1}},
		"category": {{"branch", 3}},
		"script":   {{"hans", 3}, {"hant", 1}},
	}
	if diff := cmp.Diff(want, res.Facets); diff != "" {
		t.Errorf("facets (-want +got):\n%s", diff)
	}
	res, err = r.Search(t.Context(), parse(t, "卡口 -source:日报"), SearchOptions{Facets: []string{"source"}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]FacetCount{{"山村快讯", 1}, {"百色通讯", 1}}, res.Facets["source"]); diff != "" {
		t.Errorf("facet without a value (-want +got):\n%s", diff)
	}
	if names, err := ParseFacets([]string{"source", "text"}); err == nil {
		t.Errorf("facet text: %v, want an error", names)
	}
}

// TestTooBroad holds that a pattern with more words than a search looks for is
// an error, and that one with as many is none.
func TestTooBroad(t *testing.T) {
	l := testLanguage()
	var words []string
	for i := range MaxExpansion {
		words = append(words, fmt.Sprintf("w%d", i))
	}
	docs := []Doc{testDoc(l, "a", "", strings.Join(words, " ")), testDoc(l, "b", "", "x1 卡口")}
	r := published(t, docs)
	for _, q := range []string{"w*", "*1*", "/w[0-9]*/", "w?~2"} {
		if strings.Contains(q, "?") {
			q = strings.ReplaceAll(q, "?", "12")
		}
		if got := found(t, r, q); !slices.Contains(got, "a") {
			t.Errorf("%s finds %v", q, got)
		}
	}
	for _, q := range []string{"*?", "/.*/", "卡口 OR ?*", "-?*"} {
		if _, err := r.Search(t.Context(), parse(t, q), SearchOptions{Size: 1}); !errors.Is(err, ErrTooBroad) {
			t.Errorf("%s: %v, want ErrTooBroad", q, err)
		}
		for _, err := range r.Match(t.Context(), parse(t, q)) {
			if !errors.Is(err, ErrTooBroad) {
				t.Errorf("match %s: %v, want ErrTooBroad", q, err)
			}
		}
	}
}
