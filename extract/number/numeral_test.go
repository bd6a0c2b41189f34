package number

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The short way to a numeral gives what the long one does.
func TestReadSimple(t *testing.T) {
	simple := 0
	for _, e := range examples(t) {
		for i := range e.text {
			got, ok := readSimple(e.text, i)
			if !ok {
				continue
			}
			simple++
			want, ok := readBuilt(e.text, i, false)
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(numeral{})); !ok || diff != "" {
				t.Errorf("%s at %d (-long +short)\n%s", e.text, i, diff)
			}
		}
	}
	if simple == 0 {
		t.Error("no numeral was simple")
	}
}
