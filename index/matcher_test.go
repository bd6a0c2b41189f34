package index

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/index/query"
)

// TestJoins compares any AND, OR and NOT with the same of sets of ids, over an
// index of several segments in which documents were replaced.
func TestJoins(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	l := testLanguage()
	words := []string{"党员", "干部", "卡口", "值守", "疫情", "公路", "复工"}
	dir := t.TempDir()
	w := writer(t, dir, Options{})
	for batch := range 4 {
		var docs []Doc
		for i := range 50 {
			var text strings.Builder
			for range rng.IntN(8) {
				text.WriteString(words[rng.IntN(len(words))])
			}
			docs = append(docs, testDoc(l, fmt.Sprintf("d%03d", batch*40+i), words[rng.IntN(len(words))], text.String()))
		}
		must(t, w.Index(t.Context(), docs))
	}
	must(t, w.Publish(t.Context(), 1), w.Close())
	r := opened(t, dir)

	leaves := []query.Node{
		query.Term{Text: "党员"}, query.Term{Text: "卡口"}, query.Term{Field: query.Title, Text: "干部"},
		query.Phrase{Text: "党员干部"}, query.Phrase{Text: "卡口值守"}, query.Wildcard{Field: query.Text, Pattern: "公*"},
		query.Near{Text: "疫情 公路", Distance: 2}, query.All{}, query.Term{Text: "没有"},
	}
	sets := make([]map[string]bool, len(leaves))
	for i, n := range leaves {
		sets[i] = map[string]bool{}
		for _, id := range found(t, r, n.String()) {
			sets[i][id] = true
		}
	}
	every := sets[slices.Index(leaves, query.Node(query.All{}))]
	for range 400 {
		n, want := randomJoin(rng, leaves, sets, every, 3)
		res, err := r.Search(t.Context(), n, SearchOptions{Size: -1})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, h := range res.Hits {
			got[h.ID] = true
		}
		if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", n, diff)
		}
	}
}

// randomJoin is a query and the ids that it must find.
func randomJoin(rng *rand.Rand, leaves []query.Node, sets []map[string]bool, every map[string]bool, depth int) (query.Node, map[string]bool) {
	if depth == 0 || rng.IntN(4) == 0 {
		i := rng.IntN(len(leaves))
		return leaves[i], sets[i]
	}
	if rng.IntN(4) == 0 {
		n, set := randomJoin(rng, leaves, sets, every, depth-1)
		return query.Not{Node: n}, keep(every, func(id string) bool { return !set[id] })
	}
	var nodes []query.Node
	var parts []map[string]bool
	for range 2 + rng.IntN(2) {
		n, set := randomJoin(rng, leaves, sets, every, depth-1)
		nodes, parts = append(nodes, n), append(parts, set)
	}
	inSome := func(id string) bool {
		return slices.ContainsFunc(parts, func(set map[string]bool) bool { return set[id] })
	}
	inAll := func(id string) bool {
		return !slices.ContainsFunc(parts, func(set map[string]bool) bool { return !set[id] })
	}
	if rng.IntN(2) == 0 {
		return query.Or{Nodes: nodes}, keep(every, inSome)
	}
	return query.And{Nodes: nodes}, keep(every, inAll)
}

func keep(ids map[string]bool, ok func(string) bool) map[string]bool {
	out := map[string]bool{}
	for id := range ids {
		if ok(id) {
			out[id] = true
		}
	}
	return out
}
