package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/cmd/internal/pipeline"
	"jianbao/index"
)

func TestAnswers(t *testing.T) {
	var a answers
	big := strings.Repeat("长", maxAnswers/3/20) // 20 of them fill it
	for i := range 40 {
		a.put(fmt.Sprint(i), pipeline.Answer{Query: big, Total: i})
		if first, ok := a.get("0"); !ok || first.Total != 0 {
			t.Fatalf("after %d: the answer that is asked for again and again is gone", i)
		}
	}
	if a.size > maxAnswers || len(a.all) != a.order.Len() || len(a.all) > 20 || len(a.all) < 15 {
		t.Errorf("%d answers, %d in order, %d bytes", len(a.all), a.order.Len(), a.size)
	}
	if _, ok := a.get("1"); ok {
		t.Error("the oldest answer is still there")
	}
	if last, ok := a.get("39"); !ok || last.Total != 39 {
		t.Error("the newest answer is not there")
	}
	a.put("huge", pipeline.Answer{Query: strings.Repeat("x", maxAnswers/2)})
	a.put("long", pipeline.Answer{Hits: make([]pipeline.Hit, maxKept+1)})
	for _, key := range []string{"huge", "long"} {
		if _, ok := a.get(key); ok {
			t.Errorf("%s was kept", key)
		}
	}
}

// What is asked for twice is answered alike, and what differs in anything is
// not taken for the same.
func TestAnswersOfCorpus(t *testing.T) {
	s, _ := newServer(t, nil)
	v := s.library.borrow()
	defer v.giveBack()
	for _, q := range []string{"干部", "卡口", "干部 cluster:all"} {
		for _, o := range []pipeline.SearchOptions{
			{Limit: 5}, {Limit: 5, From: 1}, {Limit: 2}, {Limit: 5, Order: index.Order{By: index.ByDate}}, {Limit: 5, Facets: []string{"script"}},
		} {
			want, err := v.Corpus.Search(t.Context(), q, o)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				got, err := v.Search(t.Context(), q, o)
				if err != nil {
					t.Fatal(err)
				}
				got.TookMS = want.TookMS
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s %+v (-want +got):\n%s", q, o, diff)
				}
			}
		}
	}
	if _, err := v.Search(t.Context(), "(干部", pipeline.SearchOptions{}); err == nil {
		t.Error("a wrong query has an answer")
	}
}
