package index

import (
	"errors"
	"testing"

	"jianbao/index/query"
)

// FuzzSearch holds that any string is hits or a clear error: of the syntax, or
// of a pattern that stands for too much.
func FuzzSearch(f *testing.F) {
	for _, q := range []string{
		"臨時黨支部 -演练", `"党员 干部"~5`, `title:"a b"~>3`, "检*", "*?", "干步~2", "/(a*)*b/", "published:[2020 TO 2021-03}", "branch:>=10",
		"count(category:cadre (value:<20 OR -place:百色*))", `exact:"臨時黨支部"`, "*:* cluster:all", "title:(a OR -b)", "site:*.example", "count(as_of:*)",
	} {
		f.Add(q)
	}
	r := published(f, searchDocs())
	options := SearchOptions{Size: 3, Facets: []string{"source", "month", "category"}, Order: Order{By: ByValue, Category: "cadre"}}
	f.Fuzz(func(t *testing.T, in string) {
		n, err := query.Parse(in, "branch", "cadre")
		var syntax *query.SyntaxError
		if err != nil {
			if !errors.As(err, &syntax) {
				t.Fatalf("%q: %v", in, err)
			}
			return
		}
		all, err := r.Search(t.Context(), n, SearchOptions{Size: -1})
		if err != nil && !errors.Is(err, ErrTooBroad) {
			t.Fatalf("%q: %v", in, err)
		}
		some, err := r.Search(t.Context(), n, options)
		if err != nil && !errors.Is(err, ErrTooBroad) || all.Total != len(all.Hits) || some.Total != all.Total {
			t.Fatalf("%q: %d hits of %d, %d by value, %v", in, len(all.Hits), all.Total, some.Total, err)
		}
		for _, s := range r.Highlighter(n).Snippets("党员干部在交通卡口，党员干部。", "党员干部在交通卡口，党员干部。", nil) {
			if len(s.Highlights) == 0 {
				t.Fatalf("%q: a snippet without a hit", in)
			}
		}
	})
}
