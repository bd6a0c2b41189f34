package verify

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jianbao/corpus/table"
)

func TestSpool(t *testing.T) {
	s, err := newSpool[table.Edit](t.TempDir(), "edits", 3)
	if err != nil {
		t.Fatal(err)
	}
	var want [3]map[string][]placed[table.Edit]
	for i := range 100 {
		part, docID := i%3, fmt.Sprint("d", i%3+3*(i%7))
		e := table.Edit{DocID: docID, Seq: int32(i), Kinds: []string{"gloss", fmt.Sprint(i)}, Before: "（", After: ")"}
		if want[part] == nil {
			want[part] = make(map[string][]placed[table.Edit])
		}
		want[part][docID] = append(want[part][docID], placed[table.Edit]{int64(i), e})
		if err := s.add(part, int64(i), e); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	for i := range want {
		got, err := s.part(i, editID)
		if diff := cmp.Diff(want[i], got); err != nil || diff != "" {
			t.Errorf("part %d: %v\n%s", i, err, diff)
		}
	}
}

// Every document has a part, and no more files are open than may be.
func TestParting(t *testing.T) {
	for _, n := range []int{0, 1, partDocuments, partDocuments + 1, maxParts * partDocuments, maxParts*partDocuments + 1, 3_000_001} {
		p := newParting(n)
		if p.parts < 1 || p.parts > maxParts {
			t.Errorf("%d documents: %d parts", n, p.parts)
		}
		if n > 0 && (n-1)/p.size >= p.parts {
			t.Errorf("%d documents: the last is in part %d of %d", n, (n-1)/p.size, p.parts)
		}
	}
}

func TestCatalogKnowsBatches(t *testing.T) {
	c := &catalog{ids: make([]id, 7), first: []int{0, 3, 3, 5}}
	var got []int
	for n := range c.ids {
		got = append(got, c.batch(n))
	}
	if diff := cmp.Diff([]int{0, 0, 0, 2, 2, 3, 3}, got); diff != "" {
		t.Error(diff)
	}
	for i, want := range []int{3, 0, 2, 2} {
		if c.size(i) != want {
			t.Errorf("batch %d has %d documents, want %d", i, c.size(i), want)
		}
	}
}

func TestParseID(t *testing.T) {
	const good = "00112233445566778899aabbccddeeff"
	if got, ok := parseID(good); !ok || got.String() != good {
		t.Errorf("%s: %s, %t", good, got, ok)
	}
	for _, s := range []string{"", good[1:], good + "0", "00112233445566778899AABBCCDDEEFF", "zz112233445566778899aabbccddeeff"} {
		if _, ok := parseID(s); ok {
			t.Errorf("%q is taken for a doc_id", s)
		}
	}
}
