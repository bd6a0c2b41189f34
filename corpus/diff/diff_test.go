package diff

import (
	"math/rand/v2"
	"slices"
	"testing"
	"testing/quick"

	"github.com/google/go-cmp/cmp"
)

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name  string
		a, b  []string
		hunks []Hunk
	}{
		{"nothing", nil, nil, nil},
		{"the same", []string{"设", "检查站"}, []string{"设", "检查站"}, nil},
		{"a number", []string{"设", "检查站", "12", "处"}, []string{"设", "检查站", "17", "处"}, []Hunk{{Range{2, 3}, Range{2, 3}}}},
		{"all", []string{"雨"}, []string{"雪"}, []Hunk{{Range{0, 1}, Range{0, 1}}}},
		{"only there", nil, []string{"雪", "大"}, []Hunk{{Range{0, 0}, Range{0, 2}}}},
		{"gone", []string{"大", "雨", "连日"}, []string{"连日"}, []Hunk{{Range{0, 2}, Range{0, 0}}}},
		{"two", []string{"a", "x", "b", "y", "c"}, []string{"a", "b", "z", "c"}, []Hunk{{Range{1, 2}, Range{1, 1}}, {Range{3, 4}, Range{2, 3}}}},
	} {
		if diff := cmp.Diff(c.hunks, Compare(c.a, c.b, 100)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// pair is two random sequences that have much in common.
func pair(seed uint64) (a, b []byte) {
	r := rand.New(rand.NewPCG(seed, 1))
	letters := 1 + r.IntN(4)
	for range r.IntN(40) {
		c := byte('a' + r.IntN(letters))
		if r.IntN(4) > 0 {
			a = append(a, c)
		}
		if r.IntN(4) > 0 {
			b = append(b, c)
		}
	}
	return a, b
}

// Whatever the bound, the hunks turn a into b; they are in order and apart, and
// none of them is empty.
func TestApply(t *testing.T) {
	property := func(seed uint64, bound uint8) bool {
		a, b := pair(seed)
		hunks := Compare(a, b, int(bound)%50)
		if got := Apply(a, b, hunks); !slices.Equal(got, b) {
			t.Logf("%q to %q within %d: %v gives %q", a, b, bound%50, hunks, got)
			return false
		}
		last := Hunk{Range{-1, -1}, Range{-1, -1}}
		for _, h := range hunks {
			if h.A.Len()+h.B.Len() == 0 || h.A.From <= last.A.To && h.B.From <= last.B.To || h.A.From-last.A.To != h.B.From-last.B.To {
				t.Logf("%q to %q within %d: %v", a, b, bound%50, hunks)
				return false
			}
			last = h
		}
		return true
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 20000}); err != nil {
		t.Error(err)
	}
}

// Within the bound nothing is replaced that could have stayed.
func TestShortest(t *testing.T) {
	property := func(seed uint64) bool {
		a, b := pair(seed)
		edits := 0
		for _, h := range Compare(a, b, 100) {
			edits += h.A.Len() + h.B.Len()
		}
		if want := len(a) + len(b) - 2*common(a, b); edits != want {
			t.Logf("%q to %q: %d edits, not %d", a, b, edits, want)
			return false
		}
		return true
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

// common is the length of the longest common subsequence, by the book.
func common(a, b []byte) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// What differs in everything takes no more memory than the bound allows, and
// what was equal before is still found.
func TestBound(t *testing.T) {
	a, b := make([]int, 200_000), make([]int, 200_000)
	for i := range a {
		a[i], b[i] = i, -i
	}
	hunks := Compare(a, b, 50)
	if got := Apply(a, b, hunks); !slices.Equal(got, b) {
		t.Error("the hunks do not turn a into b")
	}
	if len(hunks) != 1 || hunks[0].A.From != 1 {
		t.Errorf("%d hunks, the first at %d", len(hunks), hunks[0].A.From)
	}
}
