package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Match finds what Search finds.
func TestMatch(t *testing.T) {
	docs := searchDocs()
	for i := range 40 {
		docs = append(docs, testDoc(testLanguage(), fmt.Sprintf("n%02d", i), "", "干部值守。"))
	}
	r := published(t, docs)
	for _, q := range []string{"干部", "*:*", "干部 -值守", "火箭", "，", "title:日报", "卡口 OR 复产", "-火箭"} {
		want := found(t, r, q)
		got := []string{}
		for id, err := range r.Match(t.Context(), parse(t, q)) {
			if err != nil {
				t.Fatalf("match %s: %v", q, err)
			}
			got = append(got, id)
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("match %s (-search +match):\n%s", q, diff)
		}
	}
}

func TestMatchCancelled(t *testing.T) {
	r := published(t, searchDocs())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for id, err := range r.Match(ctx, parse(t, "干部")) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%q, %v", id, err)
		}
	}
}
